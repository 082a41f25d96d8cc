"""Sources that are no server: `file:` URLs and `exec:` commands. A command is the user's own."""

import asyncio
import contextlib
import os
import signal
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tui.domain.errors import FetchError
from tui.domain.feeds import Feed, Page, Unchanged
from tui.domain.ports import Clock
from tui.domain.text import clean_line
from tui.fetching.http.bodies import too_large
from tui.workers import ended

_CHUNK = 1 << 16


def is_local(url: str) -> bool:
    """True for the addresses that this module reads."""
    return url.startswith(("file:", "exec:"))


async def read(feed: Feed, *, limit: int, seconds: float, clock: Clock) -> Page | Unchanged:
    """The document of a feed with a `file:` or `exec:` address. Raises FetchError.

    A file that is as it was at the last round is Unchanged.
    """
    if feed.url.startswith("exec:"):
        command = feed.url.removeprefix("exec:")
        done = await run(["/bin/sh", "-c", command], limit=limit, seconds=seconds)
        if done.status:
            said = clean_line(done.errors.decode("utf-8", "replace"), 160) or "it said nothing"
            raise FetchError(f"The command ended with status {done.status}: {said}", reason="exec")
        return Page(feed.url, done.output, fetched=clock())
    return await asyncio.to_thread(_read_file, feed, limit, clock)


def _read_file(feed: Feed, limit: int, clock: Clock) -> Page | Unchanged:
    path = Path(unquote(urlsplit(feed.url).path))
    try:
        if path.exists() and not path.is_file():
            raise FetchError(f"{path} is no file that can be read as a feed.", reason="file")
        stamp = str(path.stat().st_mtime_ns)
        if stamp == feed.validators.last_modified:
            return Unchanged(feed.url)
        with path.open("rb") as file:
            body = file.read(limit + 1)
    except OSError as error:
        raise FetchError(f"{path} can't be read: {error.strerror}.", reason="file") from error
    if len(body) > limit:
        raise too_large(limit)
    return Page(feed.url, body, headers={"last-modified": stamp}, fetched=clock())


@dataclass(frozen=True, slots=True)
class Done:
    """What a command left: its exit status, its output, and the beginning of its error output."""

    status: int
    output: bytes
    errors: bytes


async def run(command: Sequence[str], *, limit: int, seconds: float) -> Done:
    """Run `command`, for `seconds` and up to `limit` bytes of output. Raises FetchError.

    It runs in a session of its own, so that what it started ends with it, and never reads from
    the terminal.
    """
    try:
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            start_new_session=True,
        )
    except OSError as error:
        raise FetchError(f"{command[0]} can't be run: {error.strerror}.", reason="exec") from error
    assert process.stdout is not None
    assert process.stderr is not None
    try:
        async with asyncio.timeout(seconds):
            output, errors = await asyncio.gather(
                _read_up_to(process.stdout, limit), _read_up_to(process.stderr, _CHUNK, cut=True)
            )
            status = await process.wait()
    except TimeoutError as error:
        raise FetchError(
            f"The command took longer than {seconds:g} s.", reason="timeout"
        ) from error
    finally:
        await _end(process)
    return Done(status, output, errors)


async def _read_up_to(stream: asyncio.StreamReader, limit: int, *, cut: bool = False) -> bytes:
    parts: list[bytes] = []
    size = 0
    while chunk := await stream.read(_CHUNK):
        size += len(chunk)
        if size <= limit:
            parts.append(chunk)
        elif not cut:
            raise too_large(limit)
    return b"".join(parts)


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    await ended(process)
