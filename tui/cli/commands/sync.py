"""`broadsheet sync`: fetch what is due, with articles and names."""

import asyncio
import signal
from argparse import Namespace
from typing import TYPE_CHECKING

from tui.cli import compose, reports
from tui.domain.errors import Offline
from tui.domain.events import SyncFinished

if TYPE_CHECKING:
    from tui.library.store import SqliteLibrary


def run(args: Namespace) -> int:
    """One round; returns 0, or 1 if a feed failed, 5 without a network, 130 when interrupted.

    Raises SyncRunning, SourceError for a feed that does not exist, and LibraryError.
    """
    if args.offline:
        raise Offline("--offline and sync exclude each other: nothing was fetched")
    at = compose.home(quiet=args.json)
    with (
        compose.library(at) as shelf,
        reports.choose(json=args.json, quiet=args.quiet) as report,
    ):
        finished = asyncio.run(_sync(at, shelf, args, report))
        report.close(summary(finished))
    if finished.cancelled:
        return 130
    if report.offline:
        return 5
    return 1 if finished.failed else 0


async def _sync(
    at: compose.Home, shelf: "SqliteLibrary", args: Namespace, report: reports.Report
) -> SyncFinished:
    from tui.sync.choosing import find_feed
    from tui.sync.pictures import Pictures
    from tui.sync.round import Wish
    from tui.sync.runner import Runner

    feeds = shelf.feeds() if args.feed else ()
    wish = Wish(
        tuple(find_feed(feeds, name).id for name in args.feed),
        force=args.all,
        articles=not args.no_articles,
    )
    async with compose.rooms(at, shelf) as pipeline, compose.sharing(at, shelf) as sharing:
        pictures = Pictures(pipeline.fetcher, shelf, shelf)
        runner = Runner(
            pipeline,
            at.settings.sync,
            lock=at.paths.sync_lock,
            emit=report.tell,
            pictures=pictures,
            sharing=sharing,
        )
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, runner.cancel)
        try:
            return await runner.run(wish)
        finally:
            await pictures.close()


def summary(finished: SyncFinished) -> str:
    """One line: what came, what failed, how long it took."""
    feeds, articles = _count(finished.feeds, "feed"), _count(finished.articles, "article")
    parts = [feeds, f"{finished.new} new", articles]
    if finished.failed:
        parts.append(f"{finished.failed} failed (`broadsheet feeds` lists them)")
    if finished.cancelled:
        parts.append("interrupted, what was done is kept")
    return f"{', '.join(parts)}, {finished.milliseconds / 1000:.1f} s"


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
