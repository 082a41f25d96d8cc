"""Connections to the library: one that writes, one a thread that reads, one that watches.

Every change goes through `Database.write`: BEGIN IMMEDIATE, so that two processes wait for each
other instead of failing half way, and one commit. What the user did is durable (the disk has it
when the call returns); what can be fetched again only has to be whole.
"""

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

from tui.domain.errors import DiskFull, LibraryCorrupt, LibraryError, LibraryReadOnly
from tui.library.folding import fold

T = TypeVar("T")
Connection = sqlite3.Connection

BUSY_SECONDS = 30.0
_ASK_AGAIN = 0.003  # seconds between two tries to begin to write
_READER_CACHE_KIB = 16_000

# Extended codes that mean "no room", beside SQLITE_FULL: the shared memory or the journal of a full
# disk can't grow (SHMSIZE, SHMMAP), and a file size limit refuses a write (WRITE, TRUNCATE).
_NO_ROOM = frozenset(
    {
        sqlite3.SQLITE_IOERR_SHMSIZE,
        sqlite3.SQLITE_IOERR_SHMMAP,
        sqlite3.SQLITE_IOERR_WRITE,
        sqlite3.SQLITE_IOERR_TRUNCATE,
        sqlite3.SQLITE_IOERR_FSYNC,
    }
)


def translate(error: sqlite3.Error) -> LibraryError:
    """The error of our tree that says what `error` means to a person."""
    code = getattr(error, "sqlite_errorcode", 0) or 0
    if "decode to UTF-8" in str(error):  # noise where a text was; the module gives it no code
        code = sqlite3.SQLITE_CORRUPT
    match code & 0xFF:
        case sqlite3.SQLITE_FULL:
            return DiskFull("no space left on the disk; make room, then try again")
        case sqlite3.SQLITE_IOERR if code in _NO_ROOM:
            return DiskFull("the disk takes no more; make room, then try again")
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return LibraryReadOnly("the library can't be written; check who owns its folder")
        case sqlite3.SQLITE_CANTOPEN:
            return LibraryError("the library can't be opened; check who owns its folder and files")
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_TOOBIG:
            return LibraryCorrupt("the library is damaged; start again to have it repaired")
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return LibraryError("another Broadsheet has kept the library busy; try again")
    return LibraryError(f"the library can't do that: {error}")


def connect(file: Path, mode: str = "rwc", *, immutable: bool = False) -> Connection:
    """A connection in autocommit, usable from any thread (one at a time). Raises sqlite3.Error."""
    uri = f"file:{quote(str(file))}?mode={mode}" + ("&immutable=1" if immutable else "")
    connection = sqlite3.connect(
        uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    connection.row_factory = sqlite3.Row
    connection.create_function("folded", 1, fold, deterministic=True)
    return connection


def _begin(writer: Connection) -> None:
    """BEGIN IMMEDIATE, asking often: SQLite itself sleeps for up to 100 ms between two tries, and
    would miss every gap between the transactions of an import. Raises sqlite3.OperationalError."""
    writer.execute("PRAGMA busy_timeout = 0")
    try:
        end = time.monotonic() + BUSY_SECONDS
        while True:
            try:
                writer.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                    raise
                time.sleep(_ASK_AGAIN)
            else:
                return
    finally:
        writer.execute(f"PRAGMA busy_timeout = {round(1000 * BUSY_SECONDS)}")


class Database:
    """The file, and this process's ways to it. Safe to use from many threads."""

    def __init__(
        self,
        file: Path,
        *,
        read_only: bool = False,
        why: str = "the library is read only here",
        immutable: bool = False,
        relieve: Callable[[bool], bool] = lambda _durable: False,
        damaged: Callable[[], None] = lambda: None,
    ) -> None:
        """`why` a library that is read only is. `relieve` frees space when the disk is full (told
        whether for the user's own change) and says whether a second try makes sense. `damaged` is
        told when SQLite finds damage, so that the next start repairs it.
        """
        self.file, self.read_only, self._immutable = file, read_only, immutable
        self._refusal = f"{why}; this change was not kept"
        self.relieve, self.damaged = relieve, damaged
        self._lock = threading.RLock()
        self._local = threading.local()
        self._open: list[Connection] = []
        self._writer: Connection | None = None
        self._watch_lock = threading.Lock()
        self._watcher: Connection | None = None
        self._idle = threading.Condition()
        self._busy = 0
        self._closed = False

    @contextmanager
    def _working(self) -> Iterator[None]:
        """Work that `close` must wait for: SQLite crashes when a connection goes under its user.

        Raises LibraryError after `close`; what is nested in running work goes on.
        """
        if getattr(self._local, "working", False):
            yield
            return
        with self._idle:
            if self._closed:
                raise LibraryError("the library is closed")
            self._busy += 1
        local = self._local
        local.working = True
        try:
            yield
        finally:
            local.working = False
            with self._idle:
                self._busy -= 1
                self._idle.notify_all()

    def _connect(self) -> Connection:
        mode = "ro" if self.read_only else "rw"
        connection = connect(self.file, mode, immutable=self._immutable)
        try:
            connection.execute(f"PRAGMA cache_size = -{_READER_CACHE_KIB}")
            connection.execute("PRAGMA temp_store = MEMORY")
        except sqlite3.Error:
            connection.close()
            raise
        with self._watch_lock:
            self._open.append(connection)
        return connection

    @property
    def writing(self) -> bool:
        """True inside a transaction of this thread."""
        return bool(getattr(self._local, "writing", False))

    def reader(self) -> Connection:
        """This thread's connection for reading; inside `write`, the one that writes."""
        if self.writing:
            assert self._writer is not None
            return self._writer
        found: Connection | None = getattr(self._local, "reader", None)
        if found is None:
            found = self._local.reader = self._guarded(self._connect)
        return found

    def read(self, work: Callable[[Connection], T]) -> T:
        """`work` in one snapshot: all its SELECTs see the same state."""
        with self._working():
            connection = self.reader()
            if connection.in_transaction:
                return self._guarded(lambda: work(connection))
            return self._guarded(lambda: self._snapshot(connection, work))

    def alone(self, work: Callable[[Connection], T]) -> T:
        """`work` outside of any transaction, which some statements want. Raises sqlite3.Error."""
        with self._working():
            return work(self.reader())

    def _snapshot(self, connection: Connection, work: Callable[[Connection], T]) -> T:
        connection.execute("BEGIN")
        try:
            return work(connection)
        finally:
            connection.execute("COMMIT")

    def write(self, work: Callable[[Connection], T], *, durable: bool = False) -> T:
        """`work` in one transaction; all of it is written, or nothing when it raises.

        `durable`: it survives the loss of power, too. A call inside another joins its transaction.
        On a full disk space is made and `work` runs once more. Raises LibraryError.
        """
        if self.read_only:
            raise LibraryReadOnly(self._refusal)
        if self.writing:
            assert self._writer is not None
            return work(self._writer)
        try:
            return self._guarded(lambda: self._once(work, durable))
        except DiskFull:
            if not self.relieve(durable):
                raise
            return self._guarded(lambda: self._once(work, durable))

    def _once(self, work: Callable[[Connection], T], durable: bool) -> T:
        with self.transaction(durable=durable) as connection:
            return work(connection)

    @contextmanager
    def transaction(self, *, durable: bool = False) -> Iterator[Connection]:
        """The bare transaction of `write`, without its second try. Raises sqlite3.Error."""
        with self._working(), self._lock:
            if self._writer is None:
                self._writer = self._connect()
                self._writer.execute("PRAGMA foreign_keys = ON")
            writer = self._writer
            writer.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
            _begin(writer)
            self._local.writing = True
            try:
                yield writer
                writer.execute("COMMIT")
            except BaseException:
                if writer.in_transaction:
                    writer.execute("ROLLBACK")
                raise
            finally:
                self._local.writing = False

    @contextmanager
    def together(self) -> Iterator[None]:
        """One durable transaction around all that this thread does in the block."""
        if self.writing:
            yield
            return
        if self.read_only:
            raise LibraryReadOnly(self._refusal)
        try:
            with self.transaction(durable=True):
                yield
        except sqlite3.Error as error:
            raise self._translated(error) from error

    def _guarded(self, work: Callable[[], T]) -> T:
        try:
            return work()
        except sqlite3.Error as error:
            raise self._translated(error) from error

    def _translated(self, error: sqlite3.Error) -> LibraryError:
        ours = translate(error)
        if isinstance(ours, LibraryCorrupt):
            self.damaged()
        return ours

    def changes(self) -> int:
        """A number that is another one after a commit of any other connection or process."""
        with self._working():
            if self._watcher is None:
                self._watcher = self._guarded(self._connect)
            watcher = self._watcher
            assert watcher is not None
            with self._watch_lock:
                found = self._guarded(lambda: watcher.execute("PRAGMA data_version").fetchone())
            return int(found[0])

    def close(self) -> None:
        """Close every connection, after the work that other threads have begun.

        Work that takes longer than `BUSY_SECONDS` keeps its connection: the process's end closes it.
        """
        with self._idle:
            self._closed = True
            if not self._idle.wait_for(lambda: not self._busy, BUSY_SECONDS):
                return
        with self._lock, self._watch_lock:
            for connection in self._open:
                connection.close()
            self._open.clear()
            self._writer = self._watcher = None
            self._local = threading.local()
