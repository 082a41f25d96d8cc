"""The rooms for tests of sync: the real library, fetcher and parser, with a clock of our own.

Parsing runs in this process, cleaning is the least that makes an article, and no model is loaded:
what is tested here is what sync makes of their results.
"""

import contextlib
import itertools
from collections.abc import AsyncIterator, Iterator
from datetime import datetime, timedelta

import pytest

from tests.clock import Clock
from tui.domain.blocks import Article, Figure, Paragraph, Source, Span, Status
from tui.domain.errors import CleanError, RecogniseError
from tui.domain.events import Event
from tui.domain.feeds import Entry, Feed, Page, ParsedFeed
from tui.domain.naming import Recognition
from tui.fetching.feeds.parse import parse
from tui.fetching.http.client import HttpFetcher
from tui.library.store import SqliteLibrary, open_library
from tui.paths import Paths, find
from tui.pipeline import Pipeline
from tui.settings import Duration, HttpSettings, Settings


class Parser:
    """The feeds room without its worker."""

    async def parse(self, page: Page, feed: Feed) -> ParsedFeed:
        return parse(page, feed)


class Cleaner:
    """A page's text as one paragraph.

    "paywall" in it makes it one, <img> two figures, <a> a link to "linked" and one to itself.
    """

    async def clean(
        self, page: Page | None, entry: Entry | None = None, source: Source | None = None
    ) -> Article:
        text = page.body.decode() if page else entry.content if entry else ""
        url = page.url if page else entry.url if entry else ""
        if not text:
            raise CleanError("The page is empty.")
        status = Status.PAYWALL if "paywall" in text else Status.FULL
        figures = tuple(Figure(url + name) for name in ("/a.png", "/b.png") if "<img" in text)
        beside = url.rpartition("/")[0] + "/linked?utm_source=x"
        links = (Span("see this", href=beside), Span("itself", href=url)) if "<a>" in text else ()
        paragraph = Paragraph((Span(text), *links))
        reading = Source.PAGE if page else Source.FEED
        return Article(url, blocks=(paragraph, *figures), status=status, source=reading)


class Recogniser:
    """No model: articles go without names."""

    async def recognise(self, article: Article) -> Recognition:
        raise RecogniseError("no model here")


class Heard(list[Event]):
    """What was told."""

    def of(self, kind: type) -> list[Event]:
        """The events of one kind."""
        return [event for event in self if isinstance(event, kind)]


async def no_sleep(_: float) -> None:
    """Time that need not pass."""


QUICK = Settings(http=HttpSettings(timeout=Duration(5)))


@contextlib.contextmanager
def library(clock: Clock, settings: Settings = QUICK) -> Iterator[tuple[SqliteLibrary, Paths]]:
    """The library of the test's home."""
    paths = find()
    shelf = open_library(paths, settings, clock=clock)
    try:
        yield shelf, paths
    finally:
        shelf.close()


@contextlib.asynccontextmanager
async def rooms(
    shelf: SqliteLibrary, clock: Clock, settings: Settings = QUICK
) -> AsyncIterator[Pipeline]:
    """A pipeline over `shelf`; a new one is what a restart makes."""
    fetcher = HttpFetcher(
        settings.http, settings.feeds, shelf, subscribers=1, clock=clock, sleep=no_sleep
    )
    try:
        yield Pipeline(fetcher, Parser(), Cleaner(), Recogniser(), shelf)
    finally:
        await fetcher.close()


def rss(*entries: tuple[str, datetime | None], more: str = "", base: str = "") -> bytes:
    """A feed with (name, date) entries that link to /name."""
    items = []
    for name, date in entries:
        when = f"<pubDate>{date:%a, %d %b %Y %H:%M:%S} GMT</pubDate>" if date else ""
        items.append(
            f"<item><title>{name}</title><link>{base}/{name}</link><guid>{name}</guid>{when}</item>"
        )
    return (
        f"<rss version='2.0' xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'><channel>"
        f"<title>News</title><link>{base}/</link>{more}{''.join(items)}</channel></rss>"
    ).encode()


def fresh(clock: Clock, *, every: float, count: int = 10) -> list[tuple[str, datetime | None]]:
    """Entries of a feed that has one each `every` hours, the newest now."""
    hours = itertools.islice(itertools.count(0, every), count)
    return [(f"e{n}", clock() - timedelta(hours=h)) for n, h in enumerate(hours)]


@pytest.fixture
def clock() -> Clock:
    return Clock()
