"""Connections to servers, through proxies where there are any, trusting whom the user trusts.

httpx's transports without its client: redirects, cookies and passwords are decided in
`tui.fetching.http.client`, on each request anew. (The client would follow a `Location` in its mind
before we see it, and keep what servers set.)
"""

import ssl
import urllib.request
from functools import cache
from pathlib import Path

import httpx

from tui.domain.errors import FetchError
from tui.fetching.http.bodies import ACCEPT_ENCODING
from tui.settings import HttpSettings

# A connection that was silent for this long is closed; a round comes back to a host sooner.
_KEEP_ALIVE = 15.0


class Connections:
    """HTTP/1.1 and HTTP/2 connections, kept for the next request to their host."""

    def __init__(self, settings: HttpSettings, user_agent: str) -> None:
        self._settings = settings
        self._headers = {"user-agent": user_agent, "accept-encoding": ACCEPT_ENCODING}
        self._timeout = httpx.Timeout(settings.timeout).as_dict()
        self._transports: dict[str, httpx.AsyncHTTPTransport] = {}

    async def send(
        self, url: str, headers: dict[str, str], *, method: str = "GET", body: bytes = b""
    ) -> httpx.Response:
        """Ask for `url`: the response, its body not read yet; the caller closes it.

        Raises httpx.HTTPError, httpx.InvalidURL, and FetchError where a setting can't be used.
        """
        # Header values are bytes: an ETag goes back exactly as it came.
        pairs = {**self._headers, **headers}.items()
        raw = [(name.encode(), value.encode("latin-1", "replace")) for name, value in pairs]
        request = httpx.Request(
            method, url, headers=raw, content=body, extensions={"timeout": self._timeout}
        )
        response = await self._transport(request.url).handle_async_request(request)
        response.request = request
        return response

    async def close(self) -> None:
        """End all connections."""
        transports, self._transports = self._transports, {}
        for transport in transports.values():
            await transport.aclose()

    def _transport(self, url: httpx.URL) -> httpx.AsyncHTTPTransport:
        proxy = self._settings.proxy or _proxy_of_environment(url)
        if proxy not in self._transports:
            self._transports[proxy] = httpx.AsyncHTTPTransport(
                http2=True,
                verify=_trust(self._settings.ca_file),
                proxy=_proxy(proxy),
                trust_env=False,
                limits=httpx.Limits(keepalive_expiry=_KEEP_ALIVE),
            )
        return self._transports[proxy]


def _proxy_of_environment(url: httpx.URL) -> str:
    """What HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY say for `url`; "" for no proxy."""
    proxies = urllib.request.getproxies()
    proxy = proxies.get(url.scheme) or proxies.get("all") or ""
    if not proxy or urllib.request.proxy_bypass(url.host):
        return ""
    return proxy if "://" in proxy else f"http://{proxy}"


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
            context.load_verify_locations(file)
        except (OSError, ssl.SSLError) as error:
            raise FetchError(
                f"http.ca_file {file} holds no certificate that can be read.", reason="settings"
            ) from error
    return context
