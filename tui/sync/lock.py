"""One sync at a time. A flock on a file ends with the process that holds it, however that ends."""

import contextlib
import errno
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from tui.domain.errors import LibraryReadOnly, SyncRunning
from tui.paths import make


@contextlib.contextmanager
def only_sync(file: Path) -> Iterator[None]:
    """Hold the lock in here. Raises SyncRunning with the holder's pid, or LibraryReadOnly."""
    descriptor = _open(file)
    try:
        _lock(descriptor)
        _say_who(descriptor, f"{os.getpid()}\n")
        try:
            yield
        finally:
            _say_who(descriptor, "")
    finally:
        os.close(descriptor)


def _say_who(descriptor: int, pid: str) -> None:
    """For the message of who comes second; the lock itself needs no content, nor space for it."""
    with contextlib.suppress(OSError):
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, pid.encode(), 0)


def _open(file: Path) -> int:
    try:
        make(file.parent)
        return os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise LibraryReadOnly(f"{file} can't be written: {error.strerror}; no sync") from error


def _lock(descriptor: int) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno not in (errno.EWOULDBLOCK, errno.EACCES):
            raise
        said = os.pread(descriptor, 32, 0).strip()
        pid = int(said) if said.isdigit() else None
        who = f"process {pid}" if pid else "another process"
        raise SyncRunning(f"{who} is syncing; its news will be in the library", pid=pid) from error
