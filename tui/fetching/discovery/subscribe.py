"""Subscribing to whatever is behind an address: for the command line and for the reader."""

from dataclasses import dataclass

from tui.domain.feeds import Feed
from tui.domain.ports import FeedParser, Fetcher, Library
from tui.domain.urls import canonical_url
from tui.fetching.discovery.find import discover
from tui.fetching.discovery.guesses import address
from tui.fetching.discovery.html import Candidate


@dataclass(frozen=True, slots=True)
class Subscription:
    """What came of it: the feed, whether it is new here, and what else could have been taken.

    `title` is the feed's own, or the user's.
    """

    feed: Feed
    title: str
    new: bool = True
    others: tuple[Candidate, ...] = ()


async def subscribe(
    typed: str,
    library: Library,
    fetcher: Fetcher,
    parser: FeedParser,
    *,
    folder: str = "",
    title: str = "",
    selector: str = "",
) -> Subscription:
    """Find the feed that `typed` leads to and add it; doing so again changes nothing.

    Raises ParseError when there is no feed, FetchError when the site can't be reached.
    """
    known = {feed.url: feed for feed in library.feeds()}
    if (asked := address(typed)) in known and not selector:
        return Subscription(known[asked], known[asked].title, new=False)
    found = await discover(typed, fetcher, parser, selector=selector)
    same = {_key(url): feed for url, feed in known.items()}
    if feed := same.get(_key(found.best.url)):
        return Subscription(feed, feed.title, new=False, others=found.others)
    feed = library.subscribe(found.best.url, title, folder)
    return Subscription(feed, title or found.best.title or feed.title, others=found.others)


def _key(url: str) -> str:
    """Equal for addresses of one feed: http and https, with and without "www."."""
    page, _, fragment = url.partition("#")
    return f"{canonical_url(page)}#{fragment}" if page.startswith("http") else url
