"""Section pages: HTML that is read as a feed. Only these ask robots.txt first.

That an address holds HTML is known after its first fetch; then, and before every later one, the
site's robots.txt decides. Both are kept in the host's memory: {"sections", "robots"}.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from urllib.parse import urljoin

from tui.domain.errors import Refused
from tui.domain.feeds import Page
from tui.domain.ports import Clock
from tui.domain.urls import host_key
from tui.fetching.http.hosts import Hosts
from tui.fetching.http.robots import allows
from tui.turns import OneByOne

# RFC 9309, 2.4: not longer than a day.
_KEPT = timedelta(hours=24)
_LONGEST_KEPT = 64_000
_HTML = ("<!doctype html", "<html")

FetchPage = Callable[[str], Awaitable[Page]]


class Sections:
    """Which feeds are section pages, and which of them we may fetch."""

    def __init__(self, hosts: Hosts, clock: Clock, fetch: FetchPage) -> None:
        self._hosts, self._clock, self._fetch = hosts, clock, fetch
        self._asking = OneByOne()

    def known(self, url: str) -> bool:
        """True if `url` held HTML when it was fetched as a feed."""
        sections = self._hosts.recall(host_key(url)).get("sections")
        return isinstance(sections, list) and url in sections

    def learn(self, url: str, page: Page) -> bool:
        """Remember whether `page`, fetched as the feed `url`, is HTML; True if that is new."""
        known, is_html = self.known(url), _is_html(page)
        if known is is_html:
            return False
        memory = self._hosts.recall(host_key(url))
        sections = memory.get("sections")
        others = [one for one in sections if one != url] if isinstance(sections, list) else []
        self._hosts.remember(
            host_key(url), {**memory, "sections": [*others, url] if is_html else others}
        )
        return is_html

    async def allowed(self, url: str) -> bool:
        """True if the site's robots.txt lets us. Raises FetchError when it can't be asked."""
        host = host_key(url)
        # Two section pages of one host ask once.
        async with self._asking.turn(host):
            kept = self._hosts.recall(host).get("robots")
            text = self._fresh(kept) if isinstance(kept, dict) else None
            if text is None:
                text = await self._ask(url)
                robots = {"at": self._clock().isoformat(), "text": text}
                self._hosts.remember(host, {**self._hosts.recall(host), "robots": robots})
        return allows(text, url)

    def _fresh(self, kept: dict[str, object]) -> str | None:
        text, at = kept.get("text"), kept.get("at")
        if not isinstance(text, str) or not isinstance(at, str):
            return None
        age = self._clock() - datetime.fromisoformat(at)
        return text if timedelta() <= age < _KEPT else None

    async def _ask(self, url: str) -> str:
        try:
            page = await self._fetch(urljoin(url, "/robots.txt"))
        except Refused as error:
            # RFC 9309, 2.3.1.3: no robots.txt, no rules. A server in trouble is asked again.
            if 400 <= error.status < 500 and error.status != 429:
                return ""
            raise
        if _is_html(page):
            return ""  # the site's "not found" page, with the wrong status
        return page.body[:_LONGEST_KEPT].decode("utf-8", "replace")


def _is_html(page: Page) -> bool:
    head = page.body[:512].decode("latin-1").lstrip("\xef\xbb\xbf \t\r\n").lower()
    if head.startswith("<!--"):
        head = head.partition("-->")[2].lstrip()
    return head.startswith(_HTML)
