"""XML that is nearly XML."""

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.fetching.feeds.repair import repair

HEAD = '<rss version="2.0"><channel><title>'
TAIL = "</title></channel></rss>"


def title(text: str) -> str | None:
    """The title that an XML parser finds in what `repair` makes of `text`."""
    return ElementTree.fromstring(repair(text).xml).findtext("channel/title")


@pytest.mark.parametrize(
    ("inside", "wanted"),
    [
        ("A & B", "A & B"),
        ("AT&T and R&amp;D", "AT&T and R&D"),
        ("caf&eacute;&nbsp;&mdash; x", "café\u00a0— x"),
        ("&unknown; thing", "&unknown; thing"),
        ("1 < 2 and 3", "1 < 2 and 3"),
        ("x\x0by\x00z", "xyz"),
        ("x&#x1b;y&#0;z", "xyz"),
        ("<![CDATA[A & B &eacute; <b>]]>", "A & B &eacute; <b>"),
        ("<![CDATA[A & B]]> & C", "A & B & C"),
        ("&LT;b&GT;", "<b>"),
    ],
)
def test_texts(inside: str, wanted: str) -> None:
    assert title(HEAD + inside + TAIL) == wanted


def test_what_is_right_is_left_alone() -> None:
    text = HEAD + "Right &amp; proper" + TAIL
    assert repair(text).xml.decode() == text
    assert not repair(text).wrong


def test_the_document_begins_where_it_begins() -> None:
    for junk in ("\n\n  ", "<!-- x -->garbage\n", "Warning: mysql_connect() in line 1\n"):
        assert title(junk + '<?xml version="1.0"?>' + HEAD + "T" + TAIL) == "T"
    assert repair("garbage" + HEAD + "T" + TAIL).wrong


def test_a_truncated_document_ends_after_its_last_tag() -> None:
    text = HEAD + "T</title><item><title>One</title></item><item><title>Tw"
    root = ElementTree.fromstring(repair(text).xml)
    assert [element.text for element in root.iter("title")] == ["T", "One", None]


def test_prefixes_are_declared_as_they_are_meant() -> None:
    text = HEAD + "T</title><item><dc:creator>Ada</dc:creator><x:y z:w='1'/></item></channel></rss>"
    root = ElementTree.fromstring(repair(text).xml)
    assert root.findtext(".//{http://purl.org/dc/elements/1.1/}creator") == "Ada"


def test_tags_that_do_not_match_are_matched() -> None:
    text = HEAD + "T</title><item><description><p>One<br>Two</description></item></channel></rss>"
    assert ElementTree.fromstring(repair(text).xml).find(".//item") is not None


class TestEntities:
    """What a document defines for itself."""

    def test_short_ones_are_put_in(self) -> None:
        own = '<!DOCTYPE rss [<!ENTITY paper "The Paper"><!ENTITY c "&#169;">]>'
        assert title(own + HEAD + "&paper; &c;" + TAIL) == "The Paper ©"

    def test_files_are_never_read(self) -> None:
        own = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
        assert title(own + HEAD + "a&x;b" + TAIL) == "ab"

    def test_nothing_expands_without_bounds(self) -> None:
        levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))
        own = f'<!DOCTYPE rss [<!ENTITY a0 "lol">{levels}]>'
        assert len(repair(own + HEAD + "&a8;" + TAIL).xml) < 1000
        own = f'<!DOCTYPE rss [<!ENTITY a "{"x" * 100}">]>'
        assert len(repair(own + HEAD + "&a;" * 20_000 + TAIL).xml) < 400_000


@given(st.text(alphabet="<>&;![]CDATA-x\"'/#1 \n", max_size=80))
def test_no_text_raises_and_the_result_is_bounded(text: str) -> None:
    assert len(repair(HEAD + text + TAIL).xml) < 2000


def test_values_get_their_quotes_and_texts_keep_theirs() -> None:
    text = (
        "<rss version=2.0><channel><title>a=b</title><item><guid isPermaLink=false>x</guid>"
        "<link href=/a?b=c /><x y='z=1 w=2'/></item></channel></rss>"
    )
    root = ElementTree.fromstring(repair(text).xml)
    guid, link, other = root.find(".//guid"), root.find(".//link"), root.find(".//x")
    assert guid is not None
    assert link is not None
    assert other is not None
    assert (guid.attrib, link.attrib) == ({"isPermaLink": "false"}, {"href": "/a?b=c"})
    assert other.attrib == {"y": "z=1 w=2"}
    assert root.findtext("channel/title") == "a=b"


def test_html_that_nobody_escaped_ends_with_its_element() -> None:
    items = (
        "<item><title>One</title><description><p>a<br>b &amp; c</description></item>"
        "<item><title>Two</title><description><p>fine</p></description></item>"
        '<item><title>Three</title><content type="xhtml"><img src="x"></content></item>'
    )
    root = ElementTree.fromstring(repair(HEAD + "T</title>" + items + "</channel></rss>").xml)
    assert [title.text for title in root.iter("title")] == ["T", "One", "Two", "Three"]
    first, second = root.iter("description")
    assert first.text == "<p>a<br>b &amp; c"
    assert second.findtext("p") == "fine"
    content = root.find(".//content")
    assert content is not None
    assert (content.get("type"), content.text) == ("html", '<img src="x">')
