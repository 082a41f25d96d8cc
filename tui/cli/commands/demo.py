"""`broadsheet demo`: the reader on the sample edition, in a home that goes away again."""

import asyncio
import os
import shutil
import sys
import tempfile
from argparse import Namespace
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tui.cli import compose, sample_server
from tui.domain.errors import BroadsheetError, SourceError

if TYPE_CHECKING:
    from tui.domain.feeds import Feed
    from tui.library.store import SqliteLibrary
    from tui.pipeline import Pipeline

_HOME = "BROADSHEET_HOME"


def run(args: Namespace) -> int:
    """Prepare the sample edition, and read it unless --prepare is given."""
    if args.prepare and not args.keep:
        raise SourceError("--prepare needs --keep FOLDER: a throw-away home would be gone at once")
    with ExitStack() as open_things:
        open_things.enter_context(_home(args.keep))
        at = compose.home()
        base = open_things.enter_context(sample_server.serve(compose.clock, _last_port(at)))
        prepared = asyncio.run(_prepare(at, base))
        if args.prepare:
            print(f"{prepared} articles in {args.keep}; read them with `broadsheet demo --keep`")
            return 0
        from tui.cli.commands import open as reader

        return reader.read(at, offline=args.offline, linear=args.linear, query=args.query)


@contextmanager
def _home(keep: str | None) -> Iterator[None]:
    """Move everything of ours, here and in the processes we start, into another folder."""
    folder = Path(keep).expanduser().absolute() if keep else _temporary_folder()
    before = os.environ.get(_HOME)
    os.environ[_HOME] = str(folder)
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


def _temporary_folder() -> Path:
    try:
        return Path(tempfile.mkdtemp(prefix="broadsheet-demo-"))
    except OSError as error:
        raise BroadsheetError(
            f"no room for a throw-away home ({error.strerror}); --keep FOLDER names another place"
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


async def _prepare(at: compose.Home, base: str) -> int:
    """Subscribe, fetch, clean and recognise all of the edition; returns the number of articles."""
    with compose.library(at) as shelf:
        for sample in sample_server.feeds():
            shelf.subscribe(base + sample.path, folder=sample.folder)
        async with compose.rooms(at, shelf) as pipeline:
            return await _read_all(pipeline, shelf)


async def _read_all(pipeline: "Pipeline", shelf: "SqliteLibrary") -> int:
    feeds = [feed for feed in shelf.feeds() if _is_sample(feed)]
    await asyncio.gather(*(pipeline.update(feed) for feed in feeds))
    entries = shelf.to_fetch(100)
    done = 0
    _say(f"Printing the sample edition: {len(entries)} articles")
    for next_one in asyncio.as_completed([pipeline.read(entry) for entry in entries]):
        await next_one
        done += 1
        _say(f"Printing the sample edition: {done} of {len(entries)} articles")
    _say("")
    return done


def _say(line: str) -> None:
    """One quiet line that the next one replaces; nothing where nobody looks."""
    if sys.stderr.isatty():
        print(f"\r\033[K{line}", end="", file=sys.stderr, flush=True)
