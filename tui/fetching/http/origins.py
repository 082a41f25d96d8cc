"""Who may be told what: origins, and where a redirect may lead.

An origin is (scheme, host, port). Credentials belong to one origin and never leave it; a redirect
leads to http(s) only, and never from the open network into a private one.
"""

import ipaddress
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import urlsplit

from tui.domain.errors import BrokenBody, FetchError, Unreachable
from tui.domain.text import clean_line
from tui.domain.urls import host_key, safe_url

# RFC 9110 asks for an end to loops; browsers stop at 20, no honest feed needs more than a few.
MOST_REDIRECTS = 8
REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT = frozenset({301, 308})

Origin = tuple[str, str, int]
Options = Mapping[str, str]


@lru_cache(maxsize=64)
def origin(url: str) -> Origin:
    """The origin of the http(s) `url`."""
    parts = urlsplit(url)
    return parts.scheme, parts.hostname or "", parts.port or _default_port(parts.scheme)


def by_origin(feeds: Mapping[str, Options], *names: str) -> dict[Origin, Options]:
    """The options of those `feeds` (by URL) that have one of `names`, by the feed's origin."""
    return {
        origin(url): options
        for url, options in feeds.items()
        if safe_url(url) and any(options.get(name) for name in names)
    }


def start(url: str) -> str:
    """`url` as it may be asked for. Raises Unreachable for what is no web address."""
    if not (safe := safe_url(url)):
        said = clean_line(url, 120)
        raise Unreachable(f"{said} is no address that can be fetched.", reason="address")
    return safe


def too_many() -> FetchError:
    """The error after MOST_REDIRECTS of them."""
    return FetchError(
        f"More than {MOST_REDIRECTS} redirects in a row; given up.", reason="redirect loop"
    )


def target(url: str, location: str) -> str:
    """Where a redirect from `url` leads. Raises FetchError where it may not lead."""
    if not location.strip():
        raise BrokenBody(f"{host_key(url)} redirects without saying where to.", reason="redirect")
    joined = safe_url(location, url)
    if not joined:
        raise _refuse(f"to {clean_line(location, 80)}, which is no web address")
    if _private(joined) and not _private(url):
        raise _refuse("from the open network into a private one")
    if _link_local(joined):
        raise _refuse("to an address that only machines ask")
    # RFC 9110, 10.2.2: a target without a fragment inherits it. Section pages are known by theirs.
    fragment = urlsplit(url).fragment
    return f"{joined}#{fragment}" if fragment and "#" not in joined else joined


def same_site(first: str, url: str) -> bool:
    """True where cookies of the user's for `url` may go, in a chain that began at `first`.

    Another port is another server; http and https on their own ports are the same site.
    """
    if origin(first) == origin(url):
        return True
    return all(port == _default_port(scheme) for scheme, _, port in (origin(first), origin(url)))


def _refuse(where: str) -> FetchError:
    return FetchError(f"A redirect led {where}; it was not followed.", reason="redirect")


def _default_port(scheme: str) -> int:
    return 443 if scheme == "https" else 80


def _address(url: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    host = urlsplit(url).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return ipaddress.IPv4Address("127.0.0.1")
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _private(url: str) -> bool:
    address = _address(url)
    return address is not None and not address.is_global


def _link_local(url: str) -> bool:
    address = _address(url)
    return address is not None and address.is_link_local
