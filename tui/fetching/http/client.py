"""`HttpFetcher`: bytes from the network, politely and within limits.

    feed(feed)   robots? | turn at the host | conditional request | redirects | body | decoded
    page(url)    the same without conditions

Each request waits for its host's one connection (`hosts`), follows redirects by our own rules
(`origins`), reads at most `http.limit` bytes within `http.timeout` seconds in all, and undoes
encodings in bounded steps (`bodies`). What fails says why (`failures`, `answers`).
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import httpx

from tui import __version__
from tui.domain.errors import FetchError, Refused, RobotsRefused, TooMany, Unreachable
from tui.domain.feeds import Feed, Page, Unchanged
from tui.domain.ports import Clock, HostMemory
from tui.domain.urls import host_key
from tui.fetching.http import local
from tui.fetching.http.answers import failure
from tui.fetching.http.bodies import decode, too_large
from tui.fetching.http.connection import Connections
from tui.fetching.http.credentials import Credentials, cookie_header
from tui.fetching.http.failures import explain
from tui.fetching.http.hosts import Hosts, Sleep
from tui.fetching.http.origins import MOST_REDIRECTS, PERMANENT, REDIRECTS, target
from tui.fetching.http.sections import Sections
from tui.settings import HttpSettings

_FEED = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, text/html;q=0.7, */*;q=0.5"
)
_PAGE = "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.5"
_IMAGE = "image/webp, image/png, image/jpeg, image/gif, image/*;q=0.8, */*;q=0.3"
# The body of a redirect or an error is read up to here, so that the connection can be kept.
_SMALL = 1 << 15


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class _Answer:
    """One response, read; `location` and `cookies` matter for redirects."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    cookies: httpx.Cookies


class HttpFetcher:
    """Implements ports.Fetcher over httpx.

    `feeds` are the options of single feeds by URL (cookies, passwords). `subscribers` is how many
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
        self.user_agent = settings.user_agent or (
            f"Broadsheet/{__version__} ({subscribers} subscribers)"
        )
        self._settings, self._clock = settings, clock
        self._credentials = Credentials(settings.cookies, feeds)
        self._hosts = Hosts(memory, clock, sleep)
        self._sections = Sections(self._hosts, clock, self.page)
        self._connections = Connections(settings, self.user_agent)

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
        url, permanent, only_permanent = first, "", True
        cookies = httpx.Cookies()
        seen: set[tuple[str, str]] = set()
        left = float(self._settings.timeout)
        for _ in range(MOST_REDIRECTS + 1):
            answer, seconds = await self._step(url, first, headers, cookies, left)
            left -= seconds
            if answer.status not in REDIRECTS:
                return self._document_of(answer, permanent)
            # Some sites set a cookie and send back to the same address: that is no loop yet.
            state = (url, str(sorted(answer.cookies.items())))
            if state in seen:
                raise FetchError("The redirects go round in a circle.", reason="redirect loop")
            seen.add(state)
            url = target(url, answer.headers.get("location", ""))
            only_permanent = only_permanent and answer.status in PERMANENT
            permanent = url if only_permanent else permanent
        raise FetchError(
            f"More than {MOST_REDIRECTS} redirects in a row; given up.", reason="redirect loop"
        )

    def _document_of(self, answer: _Answer, permanent: str) -> Page | Unchanged:
        if answer.status == 304:
            return Unchanged(answer.url, answer.headers, permanent)
        return Page(
            answer.url, answer.body, answer.status, answer.headers, self._clock(), permanent
        )

    async def _step(
        self,
        url: str,
        first: str,
        headers: dict[str, str],
        cookies: httpx.Cookies,
        left: float,
    ) -> tuple[_Answer, float]:
        """One request and its answer, and the seconds that it took. Raises FetchError."""
        if self.offline:
            raise Unreachable("We are offline; this is not in the cache.", reason="offline")
        host = host_key(url)
        headers = {**headers, **await self._credentials.headers(url, first)}
        loop = asyncio.get_running_loop()
        async with self._hosts.turn(host):
            begun = loop.time()
            try:
                async with asyncio.timeout(left):
                    answer = await self._exchange(url, host, headers, cookies)
            except TooMany as error:
                self._hosts.refused(host, error)
                raise
            except (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError) as error:
                raise explain(error, host, self._settings.timeout) from error
        return answer, loop.time() - begun

    async def _exchange(
        self, url: str, host: str, headers: dict[str, str], cookies: httpx.Cookies
    ) -> _Answer:
        if "cookie" not in headers and (cookie := cookie_header(cookies, url)):
            headers = {**headers, "cookie": cookie}
        conditional = "if-none-match" in headers or "if-modified-since" in headers
        response = await self._connections.send(url, headers)
        try:
            cookies.extract_cookies(response)
            return await self._read(response, url, host, conditional, cookies)
        finally:
            await response.aclose()

    async def _read(
        self,
        response: httpx.Response,
        url: str,
        host: str,
        conditional: bool,
        cookies: httpx.Cookies,
    ) -> _Answer:
        answer = _Answer(url, response.status_code, _headers(response), b"", cookies)
        if answer.status in REDIRECTS or (answer.status == 304 and conditional):
            await _skip_body(response)
            return answer
        if error := failure(response, host, self._clock()):
            await _skip_body(response)
            if isinstance(error, Refused) and error.status == 401 and self._credentials.forget(url):
                raise Refused(f"{host} did not accept the name or the password (401).", status=401)
            raise error
        body = await read_raw(response, self._settings.limit)
        encoding = answer.headers.get("content-encoding", "")
        return replace(answer, body=decode(body, encoding, self._settings.limit))


async def read_raw(response: httpx.Response, limit: int) -> bytes:
    """The body as it came over the line, at most `limit` bytes. Raises TooLarge."""
    length = response.headers.get("content-length", "")
    if length.isdigit() and int(length) > limit:
        raise too_large(limit)
    parts: list[bytes] = []
    size = 0
    async for chunk in response.aiter_raw():
        size += len(chunk)
        if size > limit:
            raise too_large(limit)
        parts.append(chunk)
    return b"".join(parts)


async def _skip_body(response: httpx.Response) -> None:
    size = 0
    async for chunk in response.aiter_raw():
        size += len(chunk)
        if size > _SMALL:
            return


def _headers(response: httpx.Response) -> dict[str, str]:
    headers = dict(response.headers)
    headers.pop("set-cookie", None)
    for name, value in response.headers.raw:
        if name.lower() in (b"etag", b"last-modified"):
            headers[name.lower().decode()] = value.decode("latin-1")
    return headers
