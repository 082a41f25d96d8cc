"""Section pages as feeds."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.domain.errors import NotAFeed, ParseError
from tui.domain.feeds import Feed, Page, ParsedFeed
from tui.fetching.feeds.parse import parse
from tui.fetching.sections.address import Section, section_of, section_url, story_id
from tui.fetching.sections.read import read_section

URL = "https://paper.example/world"
STORIES = [
    ("Harbour reopens after the long repair", "/2024/02/01/harbour-reopens-after-repair"),
    ("Ministers meet over the price of bread", "/2024/02/02/ministers-meet-bread-price"),
    ("A quiet night for the coast guard", "/story/a-quiet-night-coast-guard-44121"),
    ("Why the tide gates were never built", "/story/why-tide-gates-never-built-44120"),
]
FURNITURE = """
<nav><a href="/world">World</a><a href="/sport">Sport</a>
<a href="/about/how-we-work-and-who-pays-us">How we work and who pays for all of this</a></nav>
"""
FOOTER = """
<aside class="promo"><h3><a href="/shop/buy-our-calendar-for-the-year">Buy our calendar for the year</a></h3></aside>
<footer><a href="/privacy">Privacy</a><a href="/terms">Terms</a><a href="/contact">Contact</a>
<a href="/legal/terms-and-conditions-of-use">Terms and conditions of use apply to everything</a></footer>
"""


def page(inside: str, head: str = "") -> str:
    return (
        f"<html lang='en'><head><title>World | Paper</title>{head}</head><body>{FURNITURE}"
        f"<main>{inside}</main>{FOOTER}</body></html>"
    )


def cards(pattern: str) -> str:
    return "".join(pattern.format(title=title, url=url) for title, url in STORIES)


def titles(feed: ParsedFeed) -> list[str]:
    return [entry.title for entry in feed.entries]


@pytest.mark.parametrize(
    "pattern",
    [
        "<article><h2><a href='{url}'>{title}</a></h2><p>Some words about it.</p></article>",
        "<a class='card' href='{url}'><img src='/i.jpg'><h3>{title}</h3><p>Some words.</p></a>",
        "<ul><li class='teaser'><a href='{url}'>{title}</a></li></ul>",
        "<div class='item'><a href='{url}'><img alt='' src='/i.jpg'></a><a href='{url}'>{title}</a>"
        "<a href='{url}#comments'>12 comments</a><a href='{url}'>Read more</a></div>",
        "<dl><dt><a href='{url}'>{title}</a></dt><dd>Some words about it.</dd></dl>",
        "<table><tr><td><a href='{url}'>{title}</a></td></tr></table>",
    ],
)
def test_headlines_and_nothing_else(pattern: str) -> None:
    feed = read_section(page(cards(pattern)), URL)
    assert titles(feed) == [title for title, _ in STORIES]
    assert [entry.link for entry in feed.entries] == [
        f"https://paper.example{u}" for _, u in STORIES
    ]
    assert (feed.title, feed.kind, feed.lang) == ("World | Paper", "section", "en")


def test_what_stands_beside_a_headline_belongs_to_it() -> None:
    card = (
        "<div><h2><a href='{url}'>{title}</a></h2><time datetime='2024-03-04T05:06:07Z'>4 March</time>"
        "<img src='data:image/gif;base64,x'><img data-src='/pictures/1.jpg'>"
        "<p>{title}: a longer line.</p><p>Forty characters and more of a teaser, to be sure.</p></div>"
    )
    entry = read_section(page(cards(card)), URL).entries[2]
    assert entry.published == datetime(2024, 3, 4, 5, 6, 7, tzinfo=UTC)
    assert entry.summary == "Forty characters and more of a teaser, to be sure."
    assert entry.image == "https://paper.example/pictures/1.jpg"


def test_dates_in_addresses_count_only_when_they_are_days() -> None:
    links = [("/2024/02/01/a-story-of-a-day", 1), ("/2024/02/a-story-of-a-month", None)]
    inside = "".join(
        f"<h2><a href='{url}'>A story of some length here</a></h2>" for url, _ in links
    )
    entries = read_section(page(inside), URL).entries
    assert [e.published.day if e.published else None for e in entries] == [day for _, day in links]


def test_ids_are_the_same_when_the_page_changes_around_them() -> None:
    first = read_section(page(cards("<h2><a href='{url}?utm_source=front'>{title}</a></h2>")), URL)
    second = read_section(page(cards("<li><h3><a href='{url}/'>{title}!</a></h3></li>")), URL)
    assert [entry.id for entry in first.entries] == [entry.id for entry in second.entries]


def test_where_a_reader_clicked_is_no_part_of_the_id() -> None:
    assert story_id(f"{URL}/2024/02/01/a?hp=top1") == story_id(f"{URL}/2024/02/01/a?hp=top9#c")
    assert story_id(f"{URL}/a-story-of-words?x") == story_id(
        "https://www.paper.example/world/a-story-of-words/"
    )
    assert story_id(f"{URL}/story.php?id=1") != story_id(f"{URL}/story.php?id=2")


def test_a_date_beside_a_short_headline_tells_it_from_a_menu() -> None:
    item = "<li><a href='/n/{}'>Three short words</a><time>2024-02-0{}</time></li>"
    menu = "<li><a href='/m/{}'>Three short words</a></li>"
    dated = "".join(item.format(n, n) for n in range(1, 6))
    plain = "".join(menu.format(n) for n in range(1, 6))
    feed = read_section(page(f"<ul>{plain}</ul><ul class='list'>{dated}</ul>"), URL)
    assert {entry.link.split("/")[-2] for entry in feed.entries} == {"n"}
    assert all(entry.published for entry in feed.entries)


@pytest.mark.parametrize(
    "wrapper",
    [
        "<form id='aspnetForm'>{}</form>",
        "<div class='content-sidebar-wrap'>{}</div>",
        "<div id='has-nav menu'>{}</div>",
    ],
)
def test_what_holds_the_whole_page_says_nothing_of_its_links(wrapper: str) -> None:
    whole = page(cards("<div class='promo'><h3><a href='{url}'>{title}</a></h3></div>"))
    head, _, body = whole.partition("<body>")
    wrapped = f"{head}<body>{wrapper.format(body.partition('</body>')[0])}</body></html>"
    assert titles(read_section(wrapped, URL)) == [title for title, _ in STORIES]


class TestSelectors:
    """What the user says."""

    inside = (
        "<div class='box'><b><a href='/1'>One</a></b></div><div class='box'><p>no link</p></div>"
    )

    def test_links_or_what_is_around_them(self) -> None:
        for selector in (".box a", "div.box"):
            feed = read_section(page(self.inside), URL, selector)
            assert [(e.title, e.link) for e in feed.entries] == [("One", "https://paper.example/1")]

    def test_mistakes_are_said(self) -> None:
        with pytest.raises(ParseError, match="no CSS"):
            read_section(page(self.inside), URL, "a[")
        with pytest.raises(ParseError, match="nothing on this page matches"):
            read_section(page(self.inside), URL, "table a")


class TestJsonLd:
    """Pages that list their stories themselves."""

    def listed(self, value: Any) -> ParsedFeed:
        script = f'<script type="application/ld+json">{json.dumps(value)}</script>'
        return read_section(page("<p>Nothing</p>", script), URL)

    def test_an_item_list(self) -> None:
        items = [
            {"@type": "ListItem", "position": n, "url": url, "name": title}
            for n, (title, url) in enumerate(STORIES, 1)
        ]
        feed = self.listed({"@type": "ItemList", "itemListElement": items})
        assert titles(feed) == [title for title, _ in STORIES]

    def test_articles_in_a_graph(self) -> None:
        articles = [
            {
                "@type": ["NewsArticle"],
                "headline": title,
                "mainEntityOfPage": {"@id": url},
                "datePublished": "2024-02-01T10:20:30Z",
                "author": [{"name": "Ada"}, {"name": "Ben"}],
                "image": {"url": "/i.jpg"},
                "description": "Words",
            }
            for title, url in STORIES
        ]
        graph = [
            {"@type": "WebSite"},
            {
                "@type": "CollectionPage",
                "mainEntity": {
                    "@type": "ItemList",
                    "itemListElement": [{"@type": "ListItem", "item": a} for a in articles],
                },
            },
        ]
        entry = self.listed({"@graph": graph}).entries[0]
        assert entry.title == STORIES[0][0]
        assert (entry.author, entry.summary) == ("Ada, Ben", "Words")
        assert entry.image == "https://paper.example/i.jpg"
        assert entry.published == datetime(2024, 2, 1, 10, 20, 30, tzinfo=UTC)

    def test_breadcrumbs_are_no_stories(self) -> None:
        items = [{"@type": "ListItem", "name": f"Place {n}", "item": f"/{n}"} for n in "abcd"]
        crumbs = {"@type": "BreadcrumbList", "itemListElement": items}
        head = f'<script type="application/ld+json">{json.dumps(crumbs)}</script>'
        feed = read_section(page(cards("<h2><a href='{url}'>{title}</a></h2>"), head), URL)
        assert titles(feed) == [title for title, _ in STORIES]

    def test_a_list_of_two_is_less_than_the_page_shows(self) -> None:
        items = [{"@type": "ListItem", "url": f"/{n}", "name": f"Topic {n}"} for n in range(2)]
        script = json.dumps({"@type": "ItemList", "itemListElement": items})
        head = f'<script type="application/ld+json">{script}</script>'
        feed = read_section(page(cards("<h2><a href='{url}'>{title}</a></h2>"), head), URL)
        assert titles(feed) == [title for title, _ in STORIES]

    @given(
        st.recursive(
            st.none() | st.text(max_size=5) | st.integers(),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(
                        ("@type", "@graph", "itemListElement", "item", "url", "name", "image")
                    ),
                    inner | st.sampled_from(("ItemList", "ListItem", "Article")),
                )
            ),
            max_leaves=12,
        )
    )
    def test_no_value_raises(self, value: Any) -> None:
        with pytest.raises(ParseError):
            self.listed([value, {"@type": "Thing"}])
            raise ParseError("lists are fine too")


class TestSitemaps:
    """Sitemaps, with news and without."""

    news = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
      xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
      xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
      <url><loc>https://paper.example/old</loc><news:news><news:publication>
        <news:language>en</news:language></news:publication>
        <news:publication_date>2024-02-01</news:publication_date><news:title>Old &amp; good</news:title></news:news></url>
      <url><loc>https://paper.example/new</loc><image:image><image:loc>/i.jpg</image:loc></image:image>
        <news:news><news:publication_date>2024-02-02T10:00:00+01:00</news:publication_date>
        <news:title>New</news:title></news:news></url>
      <url><loc>https://paper.example/about</loc></url></urlset>"""

    def test_news_the_newest_first(self) -> None:
        feed = parse(Page(URL, self.news.encode()))
        assert titles(feed) == ["New", "Old & good"]
        assert feed.entries[0].image == "https://paper.example/i.jpg"
        assert feed.entries[1].lang == "en"

    def test_without_news_the_paths_speak(self) -> None:
        plain = (
            "<urlset><url><loc>https://paper.example/a/the-long-road.html</loc>"
            "<lastmod>2024-02-01</lastmod></url></urlset>"
        )
        assert titles(parse(Page(URL, plain.encode()))) == ["The long road"]
        with pytest.raises(ParseError):
            parse(Page(URL, b"<urlset></urlset>"))


class TestAddress:
    """How a subscription says that it is a section."""

    def test_there_and_back(self) -> None:
        assert section_of(Feed(0, section_url(URL))) == Section()
        assert section_of(Feed(0, section_url(URL + "#top", "h3 > a"))) == Section("h3 > a")
        assert section_of(Feed(0, URL)) is None
        assert section_of(Feed(0, URL + "#sections")) is None
        assert section_of(None) is None

    def test_the_users_settings_go_first(self) -> None:
        feed = Feed(0, section_url(URL, "h3 a"), options={"selector": "h2 a"})
        assert section_of(feed) == Section("h2 a")

    def test_a_page_is_a_section_only_if_it_is_meant(self) -> None:
        body = page(cards("<h2><a href='{url}'>{title}</a></h2>")).encode()
        assert len(parse(Page(URL, body), Feed(0, section_url(URL))).entries) == len(STORIES)
        with pytest.raises(NotAFeed):
            parse(Page(URL, body), Feed(0, URL))


def test_a_page_without_headlines_says_so() -> None:
    with pytest.raises(ParseError, match="no headlines"):
        read_section(page("<p>Nothing to see.</p>"), URL)


@given(st.text(alphabet="<>ah ref='/1\"h2div&;", max_size=200))
def test_no_page_raises_anything_but_a_refusal(text: str) -> None:
    with pytest.raises(ParseError):
        read_section(page(text), URL)
        raise ParseError("headlines are fine too")
