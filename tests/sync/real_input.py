"""The pages and feeds of ../shared behind a loopback server, through the whole of a sync.

Pages are listed by feeds made for them, a hundred a feed. Real feeds link to the open network, so
of their entries only the feed's own text is read.
"""

import gzip
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from html import escape
from pathlib import Path

from tests.loopback import Loopback, Reply, Seen, serve
from tui.cli import compose
from tui.domain.blocks import Article, Source
from tui.domain.editions import Edition, Order
from tui.domain.events import ArticleFailed, ArticleReady, Event, FeedDone, Trouble
from tui.paths import find
from tui.settings import CleaningSettings, Duration, EntitySettings, Loaded, Settings, SyncSettings
from tui.sync.reading import read
from tui.sync.round import Wish
from tui.sync.runner import Runner

_A_FEED = 100


@dataclass
class Input:
    """What is served. `feeds` and `pages` are files."""

    server: Loopback
    pages: list[Path]
    feeds: list[Path]

    def addresses(self) -> list[str]:
        """The addresses of all feeds: those made for the pages, then the real ones."""
        made = range((len(self.pages) + _A_FEED - 1) // _A_FEED)
        return [f"{self.server.base}/made/{n}" for n in made] + self.real()

    def real(self) -> list[str]:
        """The addresses of the real feeds."""
        return [f"{self.server.base}/real/{number}" for number in range(len(self.feeds))]


@dataclass
class Outcome:
    """What became of it all. Anything in `wrong` is a fault of ours."""

    pages: int
    feeds: int
    feeds_read: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    failures: dict[str, str] = field(default_factory=dict)
    texts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def real_pages(shared: Path, every: int = 1) -> list[Path]:
    """Every so many of the pages, in the order of their names."""
    return sorted((shared / "bench" / "extraction").glob("*/*/page.html.gz"))[::every]


def real_feeds(shared: Path, every: int = 1) -> list[Path]:
    """Every so many of the feeds."""
    folder = shared / "bench" / "feeds" / "real"
    return sorted(file for file in folder.iterdir() if file.name != "expect.json")[::every]


@contextmanager
def served(pages: list[Path], feeds: list[Path]) -> Iterator[Input]:
    """Serve them on a loopback port."""

    def answer(seen: Seen) -> Reply:
        kind, _, number = seen.path.strip("/").partition("/")
        place = int(number)
        if kind == "page":
            return Reply(
                gzip.decompress(pages[place].read_bytes()), headers={"Content-Type": "text/html"}
            )
        return Reply(made(place) if kind == "made" else feeds[place].read_bytes())

    def made(number: int) -> bytes:
        first = number * _A_FEED
        items = "".join(
            f"<item><title>{escape(page.parent.name)}</title><guid>{place}</guid>"
            f"<link>{server.base}/page/{place}</link></item>"
            for place, page in enumerate(pages[first : first + _A_FEED], first)
        )
        head = f"<title>Pages {number}</title>"
        return f"<rss version='2.0'><channel>{head}{items}</channel></rss>".encode()

    with serve(answer) as server:
        yield Input(server, pages, feeds)


async def sync_all(given: Input, *, names: bool) -> Outcome:
    """Subscribe to everything, sync, and read the feeds' own text of each real feed's newest."""
    settings = Settings(
        sync=SyncSettings(articles=_A_FEED),
        cleaning=CleaningSettings(seconds=Duration(10)),
        entities=EntitySettings(enabled=names),
        feeds={url: {"articles": "0"} for url in given.real()},
    )
    home = compose.Home(find(), Loaded(settings))
    outcome = Outcome(len(given.pages), len(given.feeds))
    heard: list[Event] = []
    with compose.library(home) as shelf:
        for url in given.addresses():
            shelf.subscribe(url)
        async with compose.rooms(home, shelf) as pipeline:
            runner = Runner(pipeline, settings.sync, lock=home.paths.sync_lock, emit=heard.append)
            await runner.run(Wish())
            count(outcome, heard)
            for feed in shelf.feeds():
                if feed.url in given.real():
                    newest = shelf.window(Edition(f"feed:{feed.id}", Order.NEWEST), 0, 1)
                    for headline in newest.headlines:
                        entry = shelf.entry(headline.id)
                        assert entry is not None
                        entry = replace(entry, url="")
                        article = await read(pipeline, entry, heard.append, Source.FEED)
                        kept = isinstance(article, Article) and shelf.reading(entry.id)
                        outcome.texts["read" if kept else "no text"] += 1
    return outcome


def count(outcome: Outcome, heard: list[Event]) -> None:
    """Sum up what was told; whatever is no clear outcome goes into `wrong`."""
    told: Counter[int] = Counter()
    for event in heard:
        match event:
            case FeedDone(title=title, error=error):
                outcome.feeds_read += not error
                if error:
                    outcome.failures[title] = error
                if not error.isprintable():
                    outcome.wrong.append(f"not one clear line: {error!r}")
            case ArticleReady(entry=entry, status=status):
                told[entry] += 1
                outcome.statuses[status] += 1
            case ArticleFailed(entry=entry, reason=reason, error=error):
                told[entry] += 1
                outcome.statuses[f"failed: {reason}"] += 1
                if not (reason and error and error.isprintable()):
                    outcome.wrong.append(f"not one clear line: {error!r}")
            case Trouble(what=what):
                outcome.wrong.append(what)
    if len(told) != outcome.pages or set(told.values()) - {1}:
        outcome.wrong.append(f"{len(told)} of {outcome.pages} pages were told")
