"""From an address to its feed, on a real server; and subscribing, in a real library."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.fetching.feeds.documents import atom, rss
from tests.loopback import Answer, Reply, Seen, serve
from tui.domain.errors import FetchError, ParseError
from tui.fetching.discovery import discover
from tui.fetching.discovery.find import may_follow
from tui.fetching.discovery.subscribe import subscribe
from tui.fetching.feeds.worker import WorkerFeedParser
from tui.fetching.http.client import HttpFetcher
from tui.fetching.http.origins import target
from tui.library.store import SqliteLibrary

FEED = rss("<item><title>One</title><link>/1</link></item>", "<title>The Paper</title>")
OTHER = atom("<entry><id>1</id><title>Two</title></entry>", "<title>The Other</title>")


def html(head: str = "", body: str = "<p>Hello</p>") -> Reply:
    page = f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"
    return Reply(page.encode(), headers={"Content-Type": "text/html"})


def link(href: str, kind: str = "rss", title: str = "") -> str:
    return f'<link rel="alternate" type="application/{kind}+xml" href="{href}" title="{title}">'


def site(pages: Mapping[str, bytes | Reply]) -> Answer:
    """Answers with `pages` by path; 404 for the rest."""

    def answer(seen: Seen) -> Reply:
        page = pages.get(seen.path.partition("?")[0])
        if page is None:
            return Reply(b"nothing here", 404)
        return page if isinstance(page, Reply) else Reply(page)

    return answer


HEADLINES = "".join(
    f'<h2><a href="/2024/02/0{n}/a-story-about-{n}">A story about the number {n} and its friends</a></h2>'
    for n in range(1, 6)
)


async def test_a_feed_is_itself(fetcher: HttpFetcher, parser: WorkerFeedParser) -> None:
    with serve(site({"/feed.xml": FEED})) as server:
        found = await discover(f"{server.base}/feed.xml", fetcher, parser)
    assert (found.best.url, found.best.title) == (f"{server.base}/feed.xml", "The Paper")
    assert server.paths() == ["/feed.xml"]


async def test_a_page_names_its_feeds(fetcher: HttpFetcher, parser: WorkerFeedParser) -> None:
    named = link("/gone.xml") + link("/f.xml", title="All") + link("/g.xml", "atom", "Other")
    with serve(site({"/": html(named), "/f.xml": FEED, "/g.xml": OTHER})) as server:
        found = await discover(server.base, fetcher, parser)
    assert found.best.url == f"{server.base}/f.xml"
    others = [candidate.url.removeprefix(server.base) for candidate in found.others]
    assert others == ["/gone.xml", "/g.xml"]


async def test_a_feed_may_be_where_feeds_are(
    fetcher: HttpFetcher, parser: WorkerFeedParser
) -> None:
    with serve(site({"/blog/": html(), "/blog/atom.xml": OTHER, "/rss": FEED})) as server:
        found = await discover(f"{server.base}/blog/", fetcher, parser)
    assert found.best.url == f"{server.base}/blog/atom.xml"
    assert server.most_open == 1


async def test_a_page_that_is_everywhere_is_no_feed(
    fetcher: HttpFetcher, parser: WorkerFeedParser
) -> None:
    with serve(lambda seen: html(body=HEADLINES)) as server:
        found = await discover(f"{server.base}/world", fetcher, parser)
    assert found.best.url == f"{server.base}/world#section"
    assert found.best.kind == "section"


async def test_guessing_ends_when_the_host_has_had_enough(
    fetcher: HttpFetcher, parser: WorkerFeedParser
) -> None:
    def answer(seen: Seen) -> Reply:
        return html(body=HEADLINES) if seen.path == "/" else Reply(b"slow down", 429)

    with serve(answer) as server:
        found = await discover(server.base + "/", fetcher, parser)
    assert found.best.kind == "section"
    assert len(server.paths()) == 2


async def test_a_front_page_may_have_a_sitemap_of_news(
    fetcher: HttpFetcher, parser: WorkerFeedParser
) -> None:
    places = "".join(
        f"<url><loc>/{n}</loc><n:news><n:title>Story {n}</n:title></n:news></url>" for n in range(4)
    )
    sitemap = f'<urlset xmlns:n="urn:news">{places}</urlset>'.encode()
    robots = b"User-agent: *\nDisallow:\nSitemap: /all.xml\nSitemap: /news.xml\n"
    pages: dict[str, bytes | Reply] = {
        "/": html(body=HEADLINES),
        "/robots.txt": robots,
        "/news.xml": sitemap,
    }
    with serve(site({**pages, "/world": html(body=HEADLINES)})) as server:
        front = await discover(server.base + "/", fetcher, parser)
        world = await discover(server.base + "/world", fetcher, parser)
    assert front.best.url == f"{server.base}/news.xml"
    assert world.best.url == f"{server.base}/world#section"


def test_an_open_page_leads_to_no_private_address() -> None:
    assert may_follow("https://paper.example/", "https://feeds.example/f")
    assert not may_follow("https://paper.example/", "http://192.168.1.1/f")
    assert not may_follow("https://paper.example/", "http://localhost/f")
    assert may_follow("http://127.0.0.1/", "http://127.0.0.1:81/f")


async def test_a_fediverse_account(fetcher: HttpFetcher, parser: WorkerFeedParser) -> None:
    with serve(site({"/@ada": html(), "/@ada.rss": FEED})) as server:
        found = await discover(f"{server.base}/@ada", fetcher, parser)
    assert found.best.url == f"{server.base}/@ada.rss"


async def test_a_selector_says_what_the_entries_are(
    fetcher: HttpFetcher, parser: WorkerFeedParser
) -> None:
    body = '<ul class="news"><li><a href="/a">A</a></li><li><a href="/b">B</a></li></ul>'
    with serve(site({"/": html(link("/f.xml"), body), "/f.xml": FEED})) as server:
        found = await discover(server.base + "/", fetcher, parser, selector=".news a")
        assert found.best.url == f"{server.base}/#section=.news%20a"
        with pytest.raises(ParseError, match="matches"):
            await discover(server.base + "/", fetcher, parser, selector=".none a")


async def test_files_and_commands(
    fetcher: HttpFetcher, parser: WorkerFeedParser, tmp_path: Path
) -> None:
    file = tmp_path / "feed.xml"
    file.write_bytes(FEED)
    found = await discover(str(file), fetcher, parser)
    assert (found.best.url, found.best.title) == (file.as_uri(), "The Paper")
    command = f"exec:cat '{file}'"
    assert (await discover(command, fetcher, parser)).best.url == command


async def test_nothing_to_find_is_said(fetcher: HttpFetcher, parser: WorkerFeedParser) -> None:
    with serve(site({"/": html()})) as server:
        with pytest.raises(ParseError, match="no feed was found"):
            await discover(server.base, fetcher, parser)
        with pytest.raises(FetchError):
            await discover(f"{server.base}/none", fetcher, parser)
    with pytest.raises(ParseError, match="no address"):
        await discover("nonsense", fetcher, parser)


async def test_subscribing_twice_changes_nothing(
    fetcher: HttpFetcher, parser: WorkerFeedParser, library: SqliteLibrary
) -> None:
    with serve(site({"/": html(link("/f.xml")), "/f.xml": FEED})) as server:
        first = await subscribe(server.base, library, fetcher, parser, folder="World")
        second = await subscribe(server.base + "/", library, fetcher, parser)
        third = await subscribe(f"{server.base}/f.xml", library, fetcher, parser)
    assert (first.new, first.title, first.feed.folder) == (True, "The Paper", "World")
    assert (second.new, third.new) == (False, False)
    assert first.feed.id == second.feed.id == third.feed.id
    assert len(library.feeds()) == 1


async def test_a_page_can_be_subscribed_to_beside_its_feed(
    fetcher: HttpFetcher, parser: WorkerFeedParser, library: SqliteLibrary
) -> None:
    body = '<main><h2><a href="/a">A</a></h2></main>'
    with serve(site({"/": html(link("/"), body)})) as server:
        page = await subscribe(server.base + "/", library, fetcher, parser, selector="main a")
        again = await subscribe(server.base + "/", library, fetcher, parser, selector="main a")
    assert page.new
    assert not again.new


def test_a_section_that_moves_stays_a_section() -> None:
    moved = target("https://paper.example/world#section", "https://www.paper.example/world")
    assert moved == "https://www.paper.example/world#section"
