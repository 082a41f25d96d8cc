"""The parser in processes of its own: a feed made to hurt costs one feed, never the session."""

import json
from collections.abc import Iterable

from tui.domain.errors import NotAFeed, ParseError
from tui.domain.feeds import Feed, Page, ParsedFeed
from tui.fetching.feeds.codec import from_value
from tui.workers import Pool

SECONDS, MEGABYTES = 10.0, 400


class WorkerFeedParser:
    """`ports.FeedParser` over `size` worker processes. Raises ParseError and WorkerError.

    `tracking` are names of parameters to strip from links, beside our own list; with None links
    stay as the feed has them.
    """

    def __init__(self, *, size: int = 1, tracking: Iterable[str] | None = None) -> None:
        self._tracking = None if tracking is None else list(tracking)
        self._pool = Pool(
            "tui.fetching.feeds.jobs:parse_feed", size=size, seconds=SECONDS, megabytes=MEGABYTES
        )

    async def parse(self, page: Page, feed: Feed) -> ParsedFeed:
        """Read `page` as the document of `feed`."""
        request = {
            "url": page.url,
            "headers": dict(page.headers),
            "feed": feed.url,
            "options": dict(feed.options),
            "tracking": self._tracking,
        }
        reply, body = await self._pool.call(request, page.body)
        if "alternates" in reply:
            raise NotAFeed(reply["refused"], alternates=reply["alternates"])
        if "refused" in reply:
            raise ParseError(reply["refused"])
        return from_value(json.loads(body))

    @property
    def pids(self) -> list[int]:
        """The processes that run now."""
        return self._pool.pids

    async def warm(self) -> None:
        """Start a process now, so that the first feed does not wait for its imports."""
        await self._pool.warm()

    async def close(self) -> None:
        """End the processes."""
        await self._pool.close()
