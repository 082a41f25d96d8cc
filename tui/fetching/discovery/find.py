"""The order in which feeds are looked for: the surest and the cheapest first.

what the site is known for | the address itself | what its page names | common addresses
| the page as a section
"""

from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from tui.domain.errors import FetchError, NotAFeed, ParseError, TooMany, WorkerError
from tui.domain.feeds import Feed, Page, ParsedFeed, Unchanged
from tui.domain.ports import FeedParser, Fetcher
from tui.fetching.discovery.guesses import address, guesses, news_sitemaps
from tui.fetching.discovery.html import Candidate, feeds_in
from tui.fetching.discovery.sites import feeds_in_page, known_feeds
from tui.fetching.feeds.decode import decode
from tui.fetching.http.origins import target
from tui.fetching.sections.address import section_of, section_url
from tui.fetching.sections.read import FEWEST

_MOST_TRIED = 5  # of the feeds that a page names
_LOOKED_AT = 1_000_000  # bytes of a page


@dataclass(frozen=True, slots=True)
class Discovery:
    """What was found at `asked`: the feed to take, and what else there was."""

    asked: str
    best: Candidate
    others: tuple[Candidate, ...] = ()


async def discover(
    typed: str, fetcher: Fetcher, parser: FeedParser, *, selector: str = ""
) -> Discovery:
    """The feed that `typed` leads to. The best one has been fetched and parsed once.

    With `selector` (CSS) the page itself is read as a section. Raises ParseError when there is
    none, FetchError when the page can't be had.
    """
    asked = address(typed)
    if not asked:
        raise ParseError(f"{typed} is no address; it should look like https://example.org/news")
    search = _Search(asked, fetcher, parser)
    if selector or section_of(Feed(0, asked)):
        return Discovery(asked, await search.section(selector))
    if asked.startswith(("file:", "exec:")):
        parsed = await search.parsed(asked)
        return Discovery(asked, Candidate(asked, parsed.title, parsed.kind))
    return await search.run()


class _Search:
    """One search, which remembers what it has fetched."""

    def __init__(self, asked: str, fetcher: Fetcher, parser: FeedParser) -> None:
        self._asked, self._fetcher, self._parser = asked, fetcher, parser

    async def run(self) -> Discovery:
        known = known_feeds(self._asked)
        if found := await self._first(known):
            return self._discovery(found, known)
        page = await self._fetcher.page(self._asked)
        try:
            parsed = await self._parser.parse(page, Feed(0, page.url))
        except NotAFeed:
            return await self._from_page(page)
        url = page.permanent or self._asked
        return Discovery(self._asked, Candidate(url, parsed.title, parsed.kind))

    async def _from_page(self, page: Page) -> Discovery:
        text = decode(page.body[:_LOOKED_AT], page.headers.get("content-type", "")).text
        named = [*feeds_in(text, page.url), *feeds_in_page(page.url, text)]
        if page.url != self._asked:
            named += known_feeds(page.url)
        named = [candidate for candidate in named if may_follow(page.url, candidate.url)]
        if found := await self._first(named[:_MOST_TRIED]):
            return self._discovery(found, named)
        tried = {candidate.url for candidate in named}
        common = [Candidate(url) for url in guesses(page.url) if url not in tried]
        if found := await self._first(common):
            return Discovery(self._asked, found)
        section = await self._news_sitemap(page) or await self._as_section(page)
        return Discovery(self._asked, section)

    def _discovery(self, found: Candidate, among: list[Candidate]) -> Discovery:
        others = tuple(c for c in among if c.url != found.url)
        return Discovery(self._asked, found, others)

    async def section(self, selector: str) -> Candidate:
        """The page itself as a section. Raises ParseError."""
        url = self._asked if section_of(Feed(0, self._asked)) else section_url(self._asked)
        url = section_url(url, selector) if selector else url
        page = await self._fetcher.page(url.partition("#")[0])
        parsed = await self._parser.parse(page, Feed(0, url))
        return Candidate(url, parsed.title, "section")

    async def _news_sitemap(self, page: Page) -> Candidate | None:
        """What robots.txt names as the sitemap of news; for the front page only."""
        if urlsplit(page.url).path not in ("", "/"):
            return None
        try:
            robots = await self._fetcher.page(urljoin(page.url, "/robots.txt"))
            for url in news_sitemaps(decode(robots.body[:_LOOKED_AT]).text, page.url)[:2]:
                parsed = await self.parsed(url)
                if parsed.kind == "section" and len(parsed.entries) >= FEWEST:
                    return Candidate(url, parsed.title, "section")
        except (ParseError, WorkerError, FetchError):
            pass
        return None

    async def _as_section(self, page: Page) -> Candidate:
        url = section_url(page.permanent or self._asked)
        try:
            parsed = await self._parser.parse(page, Feed(0, url))
        except (ParseError, WorkerError):
            parsed = None
        if parsed is None or len(parsed.entries) < FEWEST:
            raise ParseError(
                f"no feed was found at {self._asked}, and no headlines; "
                "--selector can say where its links are"
            )
        return Candidate(url, parsed.title, "section")

    async def _first(self, candidates: list[Candidate]) -> Candidate | None:
        """The first of `candidates` that is a feed, one with entries if there is any (a project on
        GitHub without releases has a feed of them all the same); one request at a time."""
        empty = None
        for candidate in candidates:
            try:
                parsed = await self.parsed(candidate.url)
            except TooMany:
                break  # the host has had enough of our questions
            except (ParseError, WorkerError, FetchError):
                continue
            if parsed.kind == "section":
                continue
            found = Candidate(candidate.url, parsed.title or candidate.title, parsed.kind)
            if parsed.entries:
                return found
            empty = empty or found
        return empty

    async def parsed(self, url: str) -> ParsedFeed:
        """The feed at `url`. Raises FetchError, ParseError and WorkerError."""
        feed = Feed(0, url)
        if url.startswith(("file:", "exec:")):
            answer = await self._fetcher.feed(feed)
            page = Page(url, b"") if isinstance(answer, Unchanged) else answer
        else:
            page = await self._fetcher.page(url)
        return await self._parser.parse(page, feed)


def may_follow(page: str, url: str) -> bool:
    """False for what a page of the open network must not make us ask for: private addresses."""
    try:
        return bool(target(page, url))
    except FetchError:
        return False
