"""`broadsheet engine`: the process that fetches for a reader. Commands on standard input, events on
standard output, one JSON object a line; see `tui.sync.engine`.
"""

import asyncio
import os
import sys
from argparse import Namespace
from collections.abc import AsyncIterator, Callable
from typing import TYPE_CHECKING

from tui.cli import compose
from tui.domain.events import Event, to_json
from tui.domain.feeds import Feed

if TYPE_CHECKING:
    from tui.library.store import SqliteLibrary
    from tui.pipeline import Pipeline
    from tui.sync.engine import Office
    from tui.sync.servers import Sharing

_LONGEST_LINE = 1 << 20


def run(args: Namespace) -> int:
    """Serve until the input ends."""
    # What a library prints must not get between the events.
    events = os.fdopen(os.dup(1), "w", encoding="utf-8", newline="\n")
    os.dup2(2, 1)

    def emit(event: Event) -> None:
        events.write(to_json(event) + "\n")
        events.flush()

    at = compose.home(quiet=True)
    with compose.library(at) as shelf:
        asyncio.run(_serve(at, shelf, emit, offline=args.offline))
    return 0


async def _serve(
    at: compose.Home, shelf: "SqliteLibrary", emit: Callable[[Event], None], *, offline: bool
) -> None:
    from tui.sync.engine import serve

    async with (
        compose.rooms(at, shelf, offline=offline) as pipeline,
        compose.sharing(at, shelf) as sharing,
    ):
        await serve(_office(at, shelf, pipeline, sharing), _lines(), emit)


def _office(
    at: compose.Home,
    shelf: "SqliteLibrary",
    pipeline: "Pipeline",
    sharing: "Sharing | None",
) -> "Office":
    from tui.entities.worker import WorkerRecogniser
    from tui.fetching.discovery.subscribe import subscribe
    from tui.fetching.http.client import HttpFetcher
    from tui.sync.engine import Office

    assert isinstance(pipeline.fetcher, HttpFetcher)
    assert isinstance(pipeline.recogniser, WorkerRecogniser)

    async def subscribe_to(url: str, folder: str) -> Feed:
        done = await subscribe(url, shelf, pipeline.fetcher, pipeline.parser, folder=folder)
        return done.feed

    return Office(
        pipeline=pipeline,
        library=shelf,
        network=pipeline.fetcher,
        settings=at.settings,
        paths=at.paths,
        subscribe=subscribe_to,
        warm=pipeline.recogniser.warm,
        sharing=sharing,
    )


async def _lines() -> AsyncIterator[str]:
    """Lines of standard input, for as long as the reader lives."""
    reader = asyncio.StreamReader(limit=_LONGEST_LINE)
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), sys.stdin
    )
    while line := await reader.readline():
        yield line.decode("utf-8", "replace")
