"""`HttpFetcher`: bytes from the network, politely and within limits.

    feed(feed)   robots? | turn at the host | conditional request | redirects | body | decoded
    page(url)    the same without conditions

Each request waits for its host's one connection (`hosts`), follows redirects by our own rules
(`origins`), reads at most `http.limit` bytes within `http.timeout` seconds in all, and undoes
encodings in bounded steps (`bodies`). What fails says why (`failures`, `answers`).
"""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime

from tui import __version__
from tui.domain.errors import FetchError, RobotsRefused, Unreachable
from tui.domain.feeds import Feed, Page, Unchanged
from tui.domain.ports import Clock, HostMemory
from tui.domain.urls import host_key
from tui.fetching.http import local
from tui.fetching.http.connection import Connections
from tui.fetching.http.credentials import Credentials
from tui.fetching.http.exchange import Answer, Chain, Exchange
from tui.fetching.http.hosts import Hosts, Sleep
from tui.fetching.http.origins import MOST_REDIRECTS, PERMANENT, REDIRECTS, start, target, too_many
from tui.fetching.http.sections import Sections
from tui.settings import HttpSettings

_FEED = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, text/html;q=0.7, */*;q=0.5"
)
_PAGE = "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.5"
_IMAGE = "image/webp, image/png, image/jpeg, image/gif, image/*;q=0.8, */*;q=0.3"


def _now() -> datetime:
    return datetime.now(UTC)


def user_agent(settings: HttpSettings, subscribers: int) -> str:
    """What we call ourselves, with how many people read here by us."""
    people = "1 subscriber" if subscribers == 1 else f"{subscribers} subscribers"
    return settings.user_agent or f"Broadsheet/{__version__} ({people})"


class HttpFetcher:
    """Implements ports.Fetcher over httpx.

    `feeds` are the options of single feeds by URL (cookies, passwords, headers, proxies). `subscribers` is how many
    subscribe here, for the User-Agent. `offline` can be set at any time: then nothing is sent, and
    every call raises Unreachable with reason "offline".
    """

    def __init__(
        self,
        settings: HttpSettings,
        feeds: Mapping[str, Mapping[str, str]],
        memory: HostMemory,
        *,
        subscribers: int,
        offline: bool = False,
        clock: Clock = _now,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self.offline = offline
        self.user_agent = user_agent(settings, subscribers)
        self._settings, self._clock = settings, clock
        self._connections = Connections(settings, self.user_agent, feeds)
        hosts = Hosts(memory, clock, sleep)
        credentials = Credentials(settings.cookies, feeds)
        self._exchange = Exchange(settings, self._connections, hosts, credentials, clock)
        self._sections = Sections(hosts, clock, self.page)

    async def feed(self, feed: Feed) -> Page | Unchanged:
        """The feed's document by a conditional request; `file:` and `exec:` sources too."""
        if local.is_local(feed.url):
            return await local.read(
                feed,
                limit=self._settings.limit,
                seconds=self._settings.timeout,
                clock=self._clock,
            )
        if self._sections.known(feed.url):
            await self._require(feed.url)
        conditions = {
            "if-none-match": feed.validators.etag,
            "if-modified-since": feed.validators.last_modified,
        }
        page = await self._follow(
            feed.url, {"accept": _FEED, **{k: v for k, v in conditions.items() if v}}
        )
        if isinstance(page, Page) and self._sections.learn(feed.url, page):
            await self._require(feed.url)
        return page

    async def page(self, url: str) -> Page:
        """The page at `url`."""
        return await self._document(url, _PAGE)

    async def image(self, url: str) -> Page:
        """The picture at `url`."""
        return await self._document(url, _IMAGE)

    async def close(self) -> None:
        """End all connections."""
        await self._connections.close()

    async def _require(self, url: str) -> None:
        if not await self._sections.allowed(url):
            raise RobotsRefused(
                f"robots.txt of {host_key(url)} asks programs to stay away from this page.",
                reason="robots",
            )

    async def _document(self, url: str, accept: str) -> Page:
        page = await self._follow(url, {"accept": accept})
        assert isinstance(page, Page)  # without conditions there is no 304
        return page

    async def _follow(self, first: str, headers: dict[str, str]) -> Page | Unchanged:
        """The document at the end of the redirects that begin at `first`."""
        start(first)
        chain = Chain(first, headers, float(self._settings.timeout))
        url, permanent, only_permanent = first, "", True
        seen: set[tuple[str, str]] = set()
        for _ in range(MOST_REDIRECTS + 1):
            if self.offline:
                raise Unreachable("We are offline; this is not in the cache.", reason="offline")
            answer = await self._exchange.step(url, chain)
            if answer.status not in REDIRECTS:
                return self._document_of(answer, permanent)
            # Some sites set a cookie and send back to the same address: that is no loop yet.
            state = (url, str(sorted(chain.cookies.items())))
            if state in seen:
                raise FetchError("The redirects go round in a circle.", reason="redirect loop")
            seen.add(state)
            url = target(url, answer.location)
            only_permanent = only_permanent and answer.status in PERMANENT
            permanent = url if only_permanent else permanent
        raise too_many()

    def _document_of(self, answer: Answer, permanent: str) -> Page | Unchanged:
        if answer.status == 304:
            return Unchanged(answer.url, answer.headers, permanent)
        return Page(
            answer.url, answer.body, answer.status, answer.headers, self._clock(), permanent
        )
