"""`broadsheet sync`: fetch what is due, with articles and names."""

import asyncio
import signal
from argparse import Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.cli import compose, reports
from tui.cli.complaints import complain
from tui.domain.editions import Headline
from tui.domain.errors import Offline
from tui.domain.events import SyncFinished
from tui.domain.rules import told

if TYPE_CHECKING:
    from tui.library.store import SqliteLibrary

# A program that shows a line is quick; one that hangs must not hold up the next sync.
_NOTIFY_SECONDS = 30.0


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
        if command := at.settings.commands.notify:
            _notify(command, shelf.notices())
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


def _notify(command: str, notices: Sequence[tuple[str, Headline]]) -> None:
    """Let the user's program tell what rules found; what goes wrong is said, and costs nothing."""
    from tui.ui.programs import Ended, program, run_beside

    def say(ended: Ended) -> None:
        if not ended.well:
            complain(f"commands.notify: {ended.said}")

    if notices:
        started = program(command, {"t": told(notices), "n": str(len(notices))}, last="t")
        run_beside(started, "", say, seconds=_NOTIFY_SECONDS)


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
