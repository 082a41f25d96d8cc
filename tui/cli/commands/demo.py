"""`broadsheet demo`: the reader on the sample edition, in a home that goes away again."""

import asyncio
import os
import shutil
import signal
import sys
import tempfile
from argparse import Namespace
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tui.cli import compose, sample_server
from tui.cli.statuses import UsageError
from tui.domain.errors import BroadsheetError
from tui.domain.events import Event, Progress, SyncFinished
from tui.paths import make

if TYPE_CHECKING:
    from tui.domain.feeds import Feed

_HOME = "BROADSHEET_HOME"


def run(args: Namespace) -> int:
    """Prepare the sample edition, and read it unless --prepare is given.

    The reader opens when the headlines are there and fetches the articles as it always does; where
    it can't (--prepare, --offline) everything is made ready before.
    """
    if args.prepare and not args.keep:
        raise UsageError("--prepare needs --keep FOLDER: a throw-away home would be gone at once")
    with ExitStack() as open_things:
        open_things.enter_context(_home(args.keep))
        at = compose.home()
        base = open_things.enter_context(sample_server.serve(compose.clock, _last_port(at)))
        finished = asyncio.run(_prepare(at, base, articles=args.prepare or args.offline))
        if finished.failed:
            raise BroadsheetError(f"{finished.failed} feeds of the sample edition failed")
        if args.prepare:
            print(f"{finished.articles} articles; `broadsheet demo --keep {args.keep}` opens them")
            return 0
        from tui.cli.commands import open as reader

        return reader.read(at, offline=args.offline, linear=args.linear, query=args.query)


@contextmanager
def _home(keep: str | None) -> Iterator[None]:
    """Move everything of ours, here and in the processes we start, into another folder."""
    folder = _folder(keep)
    before = os.environ.get(_HOME)
    os.environ[_HOME] = str(folder)
    # Told to end before the reader is open, when it would see to it: tidy up all the same.
    for number in (signal.SIGHUP, signal.SIGTERM):
        signal.signal(number, _end)
    try:
        yield
    finally:
        if before is None:
            del os.environ[_HOME]
        else:
            os.environ[_HOME] = before
        if not keep:
            # A process of ours may still be closing its files there.
            shutil.rmtree(folder, ignore_errors=True)


def _end(number: int, _: object) -> None:
    sys.exit(128 + number)


def _folder(keep: str | None) -> Path:
    try:
        if keep:
            return make(Path(keep).expanduser().absolute())
        return Path(tempfile.mkdtemp(prefix="broadsheet-demo-"))
    except OSError as error:
        what = keep or "a throw-away home"
        raise BroadsheetError(
            f"{what} can't be made ({error.strerror}); --keep FOLDER names another place"
        ) from error


def _last_port(at: compose.Home) -> int:
    """The port that a kept home knows its feeds by; 0 for a new home."""
    if not at.paths.library.exists():
        return 0
    with compose.library(at) as shelf:
        ports = [urlsplit(feed.url).port for feed in shelf.feeds() if _is_sample(feed)]
    return next((port for port in ports if port), 0)


def _is_sample(feed: "Feed") -> bool:
    address = urlsplit(feed.url)
    return address.hostname == "127.0.0.1" and address.path in {
        sample.path for sample in sample_server.feeds()
    }


async def _prepare(at: compose.Home, base: str, *, articles: bool) -> SyncFinished:
    """Subscribe to the edition and fetch it by an ordinary round."""
    from tui.sync.round import Wish
    from tui.sync.runner import Runner

    with compose.library(at) as shelf:
        for sample in sample_server.feeds():
            shelf.subscribe(base + sample.path, folder=sample.folder)
        async with compose.rooms(at, shelf) as pipeline:
            runner = Runner(pipeline, at.settings.sync, lock=at.paths.sync_lock, emit=_tell)
            try:
                return await runner.run(Wish(force=True, articles=articles))
            finally:
                _say("")


def _tell(event: Event) -> None:
    if isinstance(event, Progress):
        _say(f"Printing the sample edition: {event.done} of {event.total}")


def _say(line: str) -> None:
    """One quiet line that the next one replaces; nothing where nobody looks."""
    if sys.stderr.isatty():
        print(f"\r\033[K{line}", end="", file=sys.stderr, flush=True)
