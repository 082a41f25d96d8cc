"""`broadsheet add`: subscribe to whatever is behind an address, and fetch it."""

import asyncio
from argparse import Namespace
from typing import TYPE_CHECKING

from tui.cli import compose
from tui.cli.complaints import complain
from tui.cli.statuses import status_of, worst
from tui.domain.errors import BroadsheetError, LibraryError, SyncRunning
from tui.domain.text import clean_line

if TYPE_CHECKING:
    from tui.fetching.discovery.subscribe import Subscription
    from tui.library.store import SqliteLibrary
    from tui.pipeline import Pipeline

_MOST_OTHERS = 8


def run(args: Namespace) -> int:
    """Subscribe to every address; 1 if one of them leads to no feed, or can't be fetched."""
    at = compose.home()
    with compose.library(at) as shelf:
        return asyncio.run(_run(at, shelf, args))


async def _run(at: compose.Home, shelf: "SqliteLibrary", args: Namespace) -> int:
    from tui.fetching.discovery.subscribe import subscribe

    statuses: set[int] = set()
    added: list[int] = []
    async with compose.rooms(at, shelf, offline=args.offline) as pipeline:
        for url in args.url:
            try:
                done = await subscribe(
                    url,
                    shelf,
                    pipeline.fetcher,
                    pipeline.parser,
                    folder=args.folder,
                    title=args.title,
                    selector=args.selector or _own_selector(at, url),
                )
            except LibraryError:
                raise
            except BroadsheetError as error:
                complain(_about(clean_line(url), str(error)))
                statuses.add(status_of(error))
                continue
            _tell(done)
            added += [done.feed.id] if done.new else []
        if added and not args.no_sync:
            statuses.add(await _sync(at, pipeline, added))
    return worst(statuses)


def _own_selector(at: compose.Home, url: str) -> str:
    """What the settings say of the entries of this page."""
    return at.settings.feeds.get(url, {}).get("selector", "")


def _about(url: str, message: str) -> str:
    return message if url in message else f"{url}: {message}"


def _tell(done: "Subscription") -> None:
    verb = "subscribed to" if done.new else "already subscribed to"
    print(f"{verb} {done.title} <{done.feed.url}>")
    for other in done.others[:_MOST_OTHERS]:
        print(f"  also there: {other.url}" + (f"  {other.title}" if other.title else ""))


async def _sync(at: compose.Home, pipeline: "Pipeline", feeds: list[int]) -> int:
    from tui.cli import reports
    from tui.sync.round import Wish
    from tui.sync.runner import Runner

    with reports.choose(json=False, quiet=True) as report:
        runner = Runner(pipeline, at.settings.sync, lock=at.paths.sync_lock, emit=report.tell)
        try:
            finished = await runner.run(Wish(tuple(feeds)))
        except SyncRunning:
            print("another Broadsheet is syncing; this comes with its next round")
            return 0
        report.close("")
    entries = "1 entry" if finished.new == 1 else f"{finished.new} entries"
    articles = "1 article" if finished.articles == 1 else f"{finished.articles} articles"
    print(f"{entries}, {articles}")
    return 1 if finished.failed else 0
