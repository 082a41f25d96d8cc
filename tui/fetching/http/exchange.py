"""One request and its answer: the step of which fetching is made.

A step waits for its host's turn, sends what this origin may know, reads within the limits of bytes
and time, and turns whatever goes wrong into a FetchError.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

import httpx

from tui.domain.errors import FetchError, Refused, TooMany
from tui.domain.ports import Clock
from tui.domain.urls import host_key
from tui.fetching.http.answers import failure
from tui.fetching.http.bodies import decode, too_large
from tui.fetching.http.connection import Connections
from tui.fetching.http.credentials import Credentials, cookie_header
from tui.fetching.http.failures import explain
from tui.fetching.http.hosts import Hosts
from tui.fetching.http.origins import REDIRECTS, same_site
from tui.settings import HttpSettings

# The body of a redirect or an error is read up to here, so that the connection can be kept.
_SMALL = 1 << 15


@dataclass(slots=True)
class Chain:
    """A request and the redirects that it leads through.

    `cookies` are those set on the way; `left` is how many seconds the whole may still take.
    """

    first: str
    headers: Mapping[str, str]
    left: float
    cookies: httpx.Cookies = field(default_factory=httpx.Cookies)

    @property
    def conditional(self) -> bool:
        """True if a 304 is an answer."""
        return "if-none-match" in self.headers or "if-modified-since" in self.headers


@dataclass(frozen=True, slots=True)
class Answer:
    """One response, read and decoded: a document, 304, or a redirect with `location`."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes = b""

    @property
    def location(self) -> str:
        """Where a redirect leads, as the server wrote it; "" for a document."""
        return self.headers.get("location", "") if self.status in REDIRECTS else ""


class Exchange:
    """Steps over shared connections, hosts and credentials."""

    def __init__(
        self,
        settings: HttpSettings,
        connections: Connections,
        hosts: Hosts,
        credentials: Credentials,
        clock: Clock,
    ) -> None:
        self._settings, self._connections = settings, connections
        self._hosts, self._credentials, self._clock = hosts, credentials, clock

    async def step(self, url: str, chain: Chain) -> Answer:
        """GET `url` as the next step of `chain`. Raises FetchError."""
        host = host_key(url)
        headers = {**chain.headers, **await self._known_to(url, chain)}
        loop = asyncio.get_running_loop()
        async with self._hosts.turn(host):
            # Waiting for the turn is not the server's time.
            begun = loop.time()
            try:
                async with asyncio.timeout(chain.left):
                    return await self._exchange(url, host, headers, chain)
            except TooMany as error:
                self._hosts.refused(host, error)
                raise
            except (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError) as error:
                raise explain(error, host, self._settings.timeout) from error
            finally:
                chain.left -= loop.time() - begun

    async def _known_to(self, url: str, chain: Chain) -> dict[str, str]:
        """Headers that only this origin may see."""
        headers = {}
        if same_site(chain.first, url) and (cookies := cookie_header(chain.cookies, url)):
            headers["cookie"] = cookies
        return {**headers, **await self._credentials.headers(url, chain.first)}

    async def _exchange(self, url: str, host: str, headers: dict[str, str], chain: Chain) -> Answer:
        response = await self._connections.send(url, headers)
        try:
            if "set-cookie" in response.headers:
                chain.cookies.extract_cookies(response)
            return await self._read(response, url, host, chain)
        finally:
            await response.aclose()

    async def _read(self, response: httpx.Response, url: str, host: str, chain: Chain) -> Answer:
        status, headers = response.status_code, _headers(response)
        if status in REDIRECTS or (status == 304 and chain.conditional):
            await _skip_body(response)
            return Answer(url, status, headers)
        if error := failure(response, host, self._clock()):
            await _skip_body(response)
            raise self._with_advice(error, url, host)
        body = await read_raw(response, self._settings.limit)
        encoding = headers.get("content-encoding", "")
        return Answer(url, status, headers, decode(body, encoding, self._settings.limit))

    def _with_advice(self, error: FetchError, url: str, host: str) -> FetchError:
        if isinstance(error, Refused) and error.status == 401 and self._credentials.forget(url):
            return Refused(f"{host} did not accept the name or the password (401).", status=401)
        return error


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
    assert isinstance(response.stream, httpx.AsyncByteStream)
    size = 0
    async for chunk in response.stream:
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
