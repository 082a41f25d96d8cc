"""The network: can the hosts of some feeds be reached? Nothing is sent to them but a greeting."""

import socket
import time
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit
from urllib.request import getproxies

from tui.cli.checks import Check, bad, good, note
from tui.domain.feeds import Feed

_HOSTS = 3
_SECONDS = 5.0


def look(feeds: Sequence[Feed], proxy: str) -> Iterator[Check]:
    """Connect to the hosts of the first feeds, or say which proxy stands before them."""
    if proxy or (found := getproxies()):
        said = proxy or ", ".join(f"{kind}: {url}" for kind, url in found.items() if kind != "no")
        yield note("network", f"through a proxy ({said})")
    hosts = list(dict.fromkeys(_address(feed.url) for feed in feeds))
    hosts = [address for address in hosts if address[0]][:_HOSTS]
    if not hosts:
        yield note("network", "no feeds yet, so nobody to ask", "broadsheet add URL")
    for host, port in hosts:
        yield _connect(host, port)


def _address(url: str) -> tuple[str, int]:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https"):
        return "", 0
    return parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)


def _connect(host: str, port: int) -> Check:
    begun = time.monotonic()
    try:
        with socket.create_connection((host, port), timeout=_SECONDS):
            pass
    except OSError as error:
        reason = error.strerror or str(error)
        return bad("network", f"{host}: {reason}", "reading goes on from the cache")
    return good("network", f"{host} answers in {(time.monotonic() - begun) * 1000:.0f} ms")
