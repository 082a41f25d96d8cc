"""What the pipeline does with one feed and one entry, step by step."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from tui.domain.blocks import Article, Source
from tui.domain.feeds import Entry, Feed, Page, ParsedFeed, Unchanged
from tui.domain.naming import Recognition

Clock = Callable[[], datetime]


class Fetcher(Protocol):
    """Bytes from the network. Raises FetchError."""

    async def feed(self, feed: Feed) -> Page | Unchanged:
        """The feed's document by a conditional request."""
        ...

    async def page(self, url: str) -> Page:
        """The page at `url`."""
        ...

    async def image(self, url: str) -> Page:
        """The picture at `url`."""
        ...

    async def close(self) -> None:
        """End all connections."""
        ...


class FeedParser(Protocol):
    """Bytes to entries. Raises ParseError (NotAFeed with alternates for HTML)."""

    async def parse(self, page: Page, feed: Feed) -> ParsedFeed:
        """Read `page` as the document of `feed`."""
        ...


class Cleaner(Protocol):
    """Bytes to an article. Raises CleanError; a page with text never comes back empty."""

    async def clean(
        self, page: Page | None, entry: Entry | None = None, source: Source | None = None
    ) -> Article:
        """The article in `page`, or in the feed's text of `entry` where that is better.

        Without `page` the feed's text is all there is. `source` asks for one reading.
        """
        ...


class Recogniser(Protocol):
    """Names in an article. Raises RecogniseError."""

    async def recognise(self, article: Article) -> Recognition:
        """Who and what `article` is about; `Recognition.missing` says why there is nothing."""
        ...


class HostMemory(Protocol):
    """What politeness must remember of a host across restarts; a JSON object each."""

    def host(self, name: str) -> dict[str, object]:
        """What is known of host `name`; empty at first."""
        ...

    def save_host(self, name: str, known: dict[str, object]) -> None:
        """Replace what is known of host `name`."""
        ...
