"""Connections to servers, through proxies where there are any, trusting whom the user trusts.

httpx's transports without its client: redirects, cookies and passwords are decided in
`tui.fetching.http.client`, on each request anew. (The client would follow a `Location` in its mind
before we see it, and keep what servers set.)
"""

import ssl
import urllib.request
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import httpx

from tui.domain.errors import FetchError
from tui.fetching.http.bodies import ACCEPT_ENCODING
from tui.fetching.http.origins import Options, by_origin, origin
from tui.settings import HttpSettings

# A connection that was silent for this long is closed; a round comes back to a host sooner.
_KEEP_ALIVE = 15.0
# Connections that wait for the next request to their host; a process has 1,024 files at most.
_MOST_IDLE = 32


class Connections:
    """HTTP/1.1 and HTTP/2 connections, kept for the next request to their host.

    One transport a host: httpcore's pool looks at all its connections whenever one of them moves,
    which for a thousand hosts is most of the work.
    """

    def __init__(
        self,
        settings: HttpSettings,
        user_agent: str,
        feeds: Mapping[str, Options] | None = None,
    ) -> None:
        self._settings = settings
        self._own = by_origin(feeds or {}, "proxy")
        self._headers = {"user-agent": user_agent, "accept-encoding": ACCEPT_ENCODING}
        self._timeout = httpx.Timeout(settings.timeout).as_dict()
        # By host, the one used last at the end.
        self._transports: dict[str, _Transport] = {}
        self._proxies = urllib.request.getproxies()

    async def send(
        self, url: str, headers: dict[str, str], *, method: str = "GET", body: bytes = b""
    ) -> httpx.Response:
        """Send a request: the response, its body not read yet; the caller closes it.

        Raises httpx.HTTPError, httpx.InvalidURL, and FetchError where a setting can't be used.
        """
        # Header values are bytes: an ETag goes back exactly as it came.
        pairs = {**self._headers, **headers}.items()
        raw = [(name.encode(), value.encode("latin-1", "replace")) for name, value in pairs]
        request = httpx.Request(
            method, url, headers=raw, content=body or None, extensions={"timeout": self._timeout}
        )
        transport = self._transport(request.url)
        transport.busy += 1
        try:
            await self._close_idle()
            response = await self._handle(transport, request)
        except BaseException:
            transport.busy -= 1
            raise
        response.request = request
        assert isinstance(response.stream, httpx.AsyncByteStream)
        response.stream = _Body(response.stream, transport)
        return response

    async def _handle(self, transport: "_Transport", request: httpx.Request) -> httpx.Response:
        kept, transport.used = transport.used, True
        try:
            return await transport.http.handle_async_request(request)
        except (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError):
            # A server may end a kept connection at the very moment that we use it again.
            if not kept or request.method != "GET":
                raise
            return await transport.http.handle_async_request(request)

    async def close(self) -> None:
        """End all connections."""
        transports, self._transports = self._transports, {}
        for transport in transports.values():
            await transport.http.aclose()

    def _transport(self, url: httpx.URL) -> "_Transport":
        place = f"{url.scheme}://{url.netloc.decode()}"
        transport = self._transports.pop(place, None) or self._connect(url)
        self._transports[place] = transport
        return transport

    async def _close_idle(self) -> None:
        idle = [place for place, one in self._transports.items() if not one.busy]
        oldest = [self._transports.pop(place) for place in idle[:-_MOST_IDLE]]
        for transport in oldest:
            await transport.http.aclose()

    def _connect(self, url: httpx.URL) -> "_Transport":
        return _Transport(
            httpx.AsyncHTTPTransport(
                http2=True,
                verify=_trust(self._settings.ca_file),
                proxy=_proxy(self._proxy_for(url)),
                trust_env=False,
                limits=httpx.Limits(keepalive_expiry=_KEEP_ALIVE),
            )
        )

    def _proxy_for(self, url: httpx.URL) -> str:
        """Its feed's own, "none" for no proxy; else that of the settings, else the environment's."""
        own = self._own.get(origin(str(url)), {}).get("proxy", "")
        if own == "none":
            return ""
        return own or self._settings.proxy or self._proxy_of_environment(url)

    def _proxy_of_environment(self, url: httpx.URL) -> str:
        """What HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY say for `url`; "" for no proxy."""
        proxy = self._proxies.get(url.scheme) or self._proxies.get("all") or ""
        if not proxy or urllib.request.proxy_bypass(url.host):
            return ""
        return proxy if "://" in proxy else f"http://{proxy}"


@dataclass(slots=True)
class _Transport:
    """One host's connection, how many of its answers are still being read, and whether it is new."""

    http: httpx.AsyncHTTPTransport
    busy: int = 0
    used: bool = False


class _Body(httpx.AsyncByteStream):
    """A body that tells when it is done with."""

    def __init__(self, stream: httpx.AsyncByteStream, transport: _Transport) -> None:
        self._stream, self._transport, self._open = stream, transport, True

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self._stream.__aiter__()

    async def aclose(self) -> None:
        if self._open:
            self._open = False
            self._transport.busy -= 1
        await self._stream.aclose()


def _proxy(url: str) -> httpx.Proxy | None:
    if not url:
        return None
    try:
        # "socks5h" leaves looking up names to the proxy, as httpx always does.
        return httpx.Proxy(url.replace("socks5h://", "socks5://", 1))
    except (ValueError, httpx.InvalidURL) as error:
        raise FetchError(
            f"The proxy {url} must begin with http://, https:// or socks5://.", reason="settings"
        ) from error


@cache
def _trust(ca_file: str) -> ssl.SSLContext:
    """Reading a system's certificates takes 20 ms and more: once a process is enough."""
    context = ssl.create_default_context()
    places = ssl.get_default_verify_paths()
    if not any(place and Path(place).exists() for place in (places.cafile, places.capath)):
        # A system without certificates of its own (a bare container).
        import certifi

        context.load_verify_locations(certifi.where())
    if ca_file:
        file = Path(ca_file).expanduser()
        try:
            # A device or a pipe would be read without an end.
            context.load_verify_locations(file if file.is_file() else Path(file, "no file"))
        except (OSError, ssl.SSLError) as error:
            raise FetchError(
                f"http.ca_file {file} holds no certificate that can be read.", reason="settings"
            ) from error
    return context
