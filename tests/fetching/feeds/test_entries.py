"""RSS, RDF and Atom in our words."""

import io
from datetime import UTC, datetime

import feedparser
import pytest

from tests.fetching.feeds.documents import PODCAST, atom, rss
from tui.domain.feeds import Enclosure, Page, ParsedEntry, ParsedFeed
from tui.fetching.feeds.parse import parse

URL = "https://paper.example/news/feed.xml"


def read(body: bytes, url: str = URL) -> ParsedFeed:
    return parse(Page(url, body))


def only(body: bytes, url: str = URL) -> ParsedEntry:
    (entry,) = read(body, url).entries
    return entry


def test_a_podcast_with_all_its_modules() -> None:
    feed = read(PODCAST.encode(), "https://radio.example/feed.xml")
    assert (feed.title, feed.site_url, feed.kind) == (
        "Harbour Radio",
        "https://radio.example/",
        "rss2.0",
    )
    assert (feed.lang, feed.ttl, feed.skip_hours) == ("en-GB", 21600, (0, 1))
    assert feed.next_url == "https://radio.example/feed.xml?page=2"
    assert feed.hub == "https://hub.example/"
    (entry,) = feed.entries
    assert entry.id == "show-1"
    assert entry.title == "The tide & the clock"
    assert entry.link == "https://radio.example/shows/1"
    assert entry.published == datetime(2024, 1, 2, 2, 4, 5, tzinfo=UTC)
    assert entry.author == "Ada Marsh"
    assert entry.summary == "A short word on tides."
    assert "https://radio.example/shows/tides.html" in entry.content
    assert entry.tags == ("Sea", "Time")
    assert entry.comments == "https://radio.example/shows/1#talk"
    assert entry.image == "https://radio.example/1.jpg"
    assert entry.enclosures == (
        Enclosure("https://radio.example/1.mp3", "audio/mpeg", 1234),
        Enclosure("https://radio.example/1.mp4", "video/mp4", 99),
    )


def test_rdf() -> None:
    body = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
        xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
        <channel rdf:about="https://paper.example/"><title>Paper</title></channel>
        <item rdf:about="https://paper.example/1"><title>One</title>
        <link>https://paper.example/1</link><dc:date>2024-02-01T10:20:30Z</dc:date></item></rdf:RDF>"""
    feed = read(body)
    assert feed.kind == "rdf1.0"
    assert feed.entries[0].id == "https://paper.example/1"
    assert feed.entries[0].published == datetime(2024, 2, 1, 10, 20, 30, tzinfo=UTC)


def test_the_author_of_an_atom_feed_is_that_of_its_entries() -> None:
    head = "<title>Paper</title><author><name>The Desk</name></author>"
    own = "<author><name>Ada</name></author>"
    assert only(atom("<entry><id>1</id></entry>", head)).author == "The Desk"
    assert only(atom(f"<entry><id>1</id>{own}</entry>", head)).author == "Ada"
    source = f"<source><title>Other</title>{own}</source>"
    assert only(atom(f"<entry><id>1</id>{source}</entry>", head)).author == "Ada"


def test_a_name_is_text() -> None:
    creator = "<dc:creator><![CDATA[Ada &amp; Bob]]></dc:creator>"
    assert only(rss(f"<item><title>One</title>{creator}</item>")).author == "Ada & Bob"


@pytest.mark.parametrize(
    "other",
    [
        '<media:content url="u"><media:description>Other</media:description></media:content>',
        "<itunes:summary>Other</itunes:summary>",
    ],
)
def test_the_description_is_the_entrys_own(other: str) -> None:
    own = "<description>&lt;p&gt;Own&lt;/p&gt;</description>"
    for item in (own + other, other + own):
        assert only(rss(f"<item>{item}</item>")).summary == "Own"
    assert only(rss(f"<item>{other}</item>")).summary == "Other"


@pytest.mark.parametrize(
    ("item", "title"),
    [
        ("<itunes:title>One</itunes:title>", "One"),
        ("<description>Some words.</description>", "Some words."),
        ('<enclosure url="https://e.example/part%201.mp3"/>', "part 1.mp3"),
        ("<link>https://paper.example/2024/harbour/</link>", "harbour"),
        ("<link>https://paper.example/</link>", "paper.example/"),
    ],
)
def test_whatever_has_no_title_gets_one(item: str, title: str) -> None:
    assert only(rss(f"<item>{item}</item>")).title == title


class TestLinks:
    """Which link is the story, and where it leads."""

    @pytest.mark.parametrize(
        ("guid", "link"),
        [
            ("<link/><guid>https://paper.example/1</guid>", "https://paper.example/1"),
            ('<guid isPermaLink="true">/1</guid>', "https://paper.example/1"),
            ("<guid>/1</guid>", ""),
            ('<guid isPermaLink=" False ">https://paper.example/1</guid>', ""),
            ("<guid>tag:paper.example,2024:1</guid>", ""),
        ],
    )
    def test_an_id_is_a_link_where_the_feed_has_none(self, guid: str, link: str) -> None:
        assert only(rss(f"<item><title>One</title>{guid}</item>")).link == link

    @pytest.mark.parametrize(
        "rel", ["ALTERNATE", "http://www.iana.org/assignments/relation/alternate"]
    )
    def test_a_relation_may_be_written_in_full(self, rel: str) -> None:
        link = f'<link rel="{rel}" href="https://paper.example/1"/>'
        assert only(atom(f"<entry><id>1</id>{link}</entry>")).link == "https://paper.example/1"

    def test_what_rdf_is_about_is_a_link_where_there_is_none(self) -> None:
        body = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
            xmlns="http://purl.org/rss/1.0/"><channel><title>Paper</title></channel>
            <item rdf:about="https://paper.example/1"><title>One</title></item></rdf:RDF>"""
        assert only(body).link == "https://paper.example/1"

    def test_a_link_inside_somebody_elses_element_is_not_the_entrys(self) -> None:
        foreign = (
            '<x:see xmlns:x="urn:x"><link href="https://other.example/"/><link>z</link></x:see>'
        )
        own = "<link>https://paper.example/1</link>"
        for items in (f"<item>{own}{foreign}</item>", f"<item>{foreign}{own}</item>"):
            assert only(rss(items)).link == "https://paper.example/1"

    def test_atom_prefers_the_page_among_alternates(self) -> None:
        links = (
            '<link rel="self" href="/self"/><link type="application/json" href="/json"/>'
            '<link rel="alternate" type="text/html" href="/page"/><link rel="edit" href="/edit"/>'
        )
        assert only(atom(f"<entry><id>1</id>{links}</entry>")).link == "https://paper.example/page"

    def test_bases_are_joined_in_their_order(self) -> None:
        body = atom(
            '<entry xml:base="deep/"><id>1</id><link href="b.html"/>'
            '<content type="html">&lt;a href="c.html"&gt;c&lt;/a&gt;</content></entry>',
            root=' xml:base="https://cdn.example/a/"',
        )
        entry = only(body)
        assert entry.link == "https://cdn.example/a/deep/b.html"
        assert entry.content == '<a href="https://cdn.example/a/deep/c.html">c</a>'

    @pytest.mark.parametrize(
        "link", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "http://"]
    )
    def test_what_may_not_be_opened_is_no_link(self, link: str) -> None:
        assert only(rss(f"<item><title>A</title><link>{link}</link></item>")).link == ""

    def test_a_guid_is_a_link_unless_it_says_not(self) -> None:
        guid = "https://paper.example/1"
        assert only(rss(f"<item><guid>{guid}</guid></item>")).link == guid
        not_link = f'<item><title>A</title><guid isPermaLink="false">{guid}</guid></item>'
        assert only(rss(not_link)).link == ""

    @pytest.mark.parametrize("guid", ["12345", "tag:paper.example,2024:1", "/1", "paper.example/1"])
    def test_a_guid_that_is_no_address_is_no_link(self, guid: str) -> None:
        entry = only(rss(f"<item><title>A</title><guid>{guid}</guid></item>"))
        assert (entry.id, entry.link) == (guid, "")

    def test_the_site_is_the_base_where_the_address_is_none(self) -> None:
        body = rss("<item><link>/1</link></item>", "<link>https://paper.example/</link>")
        assert only(body, "exec:make-feed").link == "https://paper.example/1"


class TestTexts:
    """Titles and contents."""

    def test_atom_says_what_its_title_is(self) -> None:
        html = '<title type="html">&lt;b>R&amp;amp;D&lt;/b> &amp;lt;now&amp;gt;</title>'
        xhtml = '<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">A <i>b</i> c</div></title>'
        text = '<title type="text">Vec&lt;T> in C++</title>'
        titles = [only(atom(f"<entry><id>1</id>{t}</entry>")).title for t in (html, xhtml, text)]
        assert titles == ["R&D <now>", "A b c", "Vec<T> in C++"]

    def test_the_media_title_is_not_the_title(self) -> None:
        media = (
            '<media:content xmlns:media="http://search.yahoo.com/mrss/" url="/v.mp4">'
            "<media:title>Wrong</media:title></media:content>"
        )
        assert only(rss(f"<item><title>Right</title>{media}</item>")).title == "Right"
        assert only(rss(f"<item>{media}<title>Right</title></item>")).title == "Right"

    def test_first_words_stand_in_for_a_title(self) -> None:
        entry = only(
            rss("<item><description>Only a body, as microblogs send.</description></item>")
        )
        assert entry.title == "Only a body, as microblogs send"

    def test_plain_text_becomes_html_with_its_paragraphs(self) -> None:
        body = atom("<entry><id>1</id><content>One &lt; two\n\nThree</content></entry>")
        assert only(body).content == "<p>One &lt; two</p><p>Three</p>"

    def test_blank_lines_end_paragraphs_where_nothing_else_does(self) -> None:
        text = "<media:description>One &amp;amp; two\n\nThree</media:description>"
        assert (
            only(rss(f"<item><title>A</title>{text}</item>")).content
            == "<p>One &amp; two</p><p>Three</p>"
        )
        html = "<description>&lt;p>One&lt;/p>\n\n&lt;p>Two&lt;/p></description>"
        assert only(rss(f"<item>{html}</item>")).content == "<p>One</p>\n\n<p>Two</p>"

    def test_content_of_another_type(self) -> None:
        content = '<content type="{}">{}</content>'
        markdown = content.format("text/markdown", "*a* &lt; b")
        picture = content.format("image/png", "aGVsbG8=")
        entries = [only(atom(f"<entry><id>1</id>{c}</entry>")) for c in (markdown, picture)]
        assert [entry.content for entry in entries] == ["*a* &lt; b", ""]

    def test_text_is_clean_but_html_is_as_it_is(self) -> None:
        entry = only(
            rss(
                "<item><title>a\u202eb\x07</title><description>&lt;p onclick='x'></description></item>"
            )
        )
        assert entry.title == "ab"
        assert entry.content == "<p onclick='x'>"


class TestIdentity:
    """Ids: never empty, never changing by themselves, never taken twice."""

    def test_the_same_document_from_another_address_has_the_same_ids(self) -> None:
        body = atom(
            "<entry><id>tag:1</id></entry><entry><id>relative</id></entry>"
            '<entry><title>t</title><link href="/3"/></entry><entry><title>u</title></entry>',
            root=' xml:base="/x/"',
        )
        first = [entry.id for entry in read(body, "http://paper.example/feed").entries]
        second = [entry.id for entry in read(body, "https://www.paper.example/feed").entries]
        assert first == second
        assert all(first)
        assert first[:2] == ["tag:1", "relative"]

    def test_the_same_guid_twice_is_two_entries(self) -> None:
        items = "".join(
            f"<item><title>{n}</title><link>/{n}</link><guid>g</guid></item>" for n in "ab"
        )
        entries = read(rss(items)).entries
        assert [entry.title for entry in entries] == ["a", "b"]
        assert len({entry.id for entry in entries}) == 2
        assert entries[0].id == "g"

    def test_what_stands_there_twice_is_one_entry(self) -> None:
        item = "<item><title>a</title><link>/a</link><guid>g</guid></item>"
        assert len(read(rss(item + item)).entries) == 1
        bare = "<item><title>a</title></item>"
        assert len(read(rss(bare + bare)).entries) == 1

    def test_an_id_made_from_a_link_is_clean(self) -> None:
        assert (
            only(rss("<item><link>/1?x=%00%1b[2Jy</link></item>")).id == "//paper.example/1?x=[2Jy"
        )

    def test_entries_without_anything_have_ids_too(self) -> None:
        assert only(rss("<item></item>")).id


@pytest.mark.parametrize(
    ("element", "name"),
    [
        ("<author>ada@paper.example (Ada Marsh)</author>", "Ada Marsh"),
        ("<author>Ada Marsh &lt;ada@paper.example&gt;</author>", "Ada Marsh"),
        ("<author>ada@paper.example</author>", "ada@paper.example"),
        ("<author>Ada Marsh (London)</author>", "Ada Marsh (London)"),
        ("<dc:creator>Ada</dc:creator><dc:creator>Ben</dc:creator>", "Ada, Ben"),
        ("<dc:creator>Ada</dc:creator><itunes:author>The Show</itunes:author>", "Ada"),
        ("<itunes:author>The Show</itunes:author>", "The Show"),
    ],
)
def test_authors(element: str, name: str) -> None:
    assert only(rss(f"<item><title>A</title>{element}</item>")).author == name


def test_atom_authors_have_names() -> None:
    people = "<author><name>Ada</name><email>a@b.example</email></author><author><name>Ben</name></author>"
    assert only(atom(f"<entry><id>1</id>{people}</entry>")).author == "Ada, Ben"


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<title>A<cc:license>x</cc:license></title>", ""),
        ("<title>A</title><description>B <width>1</width></description>", "B 1"),
        ("<title>A</title><height><title>x</height>", ""),
    ],
)
def test_where_feedparser_stumbles_the_rest_is_read(inside: str, text: str) -> None:
    root = ' xmlns:cc="http://backend.userland.com/creativeCommonsRssModule"'
    body = rss(f"<item>{inside}<link>/1</link></item>", root=root)
    with pytest.raises((KeyError, TypeError)):
        feedparser.parse(io.BytesIO(body))
    entry = only(body)
    assert (entry.link, entry.summary) == ("https://paper.example/1", text)
    assert entry.title.startswith("A")
