"""JSON Feed, and RSS in JSON."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.domain.errors import ParseError
from tui.domain.feeds import Enclosure, Page, ParsedFeed
from tui.fetching.feeds.parse import parse

VERSION = "https://jsonfeed.org/version/1.1"
JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=10,
)
NAMES = st.sampled_from(
    "id url external_url title content_html content_text summary image date_published "
    "date_modified author authors tags attachments language".split()
)


def read(value: Any, url: str = "https://paper.example/feed.json") -> ParsedFeed:
    return parse(Page(url, json.dumps(value).encode()))


def test_everything_that_the_specification_has() -> None:
    feed = read(
        {
            "version": VERSION,
            "title": "Paper &amp; Ink",
            "home_page_url": "https://paper.example/",
            "language": "en",
            "next_url": "?page=2",
            "hubs": [{"type": "WebSub", "url": "https://hub.example/"}],
            "authors": [{"name": "The Desk"}],
            "items": [
                {
                    "id": 7,
                    "external_url": "https://other.example/",
                    "url": "/7",
                    "title": "Seven",
                    "content_html": '<p><a href="x">x</a></p>',
                    "summary": "In <short>",
                    "image": "7.jpg",
                    "date_published": "2024-02-01T10:20:30+01:00",
                    "tags": ["a", "a", 3],
                    "attachments": [
                        {"url": "7.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 9.0}
                    ],
                },
                {"id": "8", "content_text": "One.\n\nTwo & three.", "author": {"name": "Ada"}},
            ],
        }
    )
    assert (feed.title, feed.kind, feed.site_url) == (
        "Paper & Ink",
        "jsonfeed",
        "https://paper.example/",
    )
    assert feed.next_url == "https://paper.example/feed.json?page=2"
    assert feed.hub == "https://hub.example/"
    seven, eight = feed.entries
    assert (seven.id, seven.link, seven.author) == ("7", "https://paper.example/7", "The Desk")
    assert seven.published == datetime(2024, 2, 1, 9, 20, 30, tzinfo=UTC)
    assert seven.content == '<p><a href="https://paper.example/x">x</a></p>'
    assert seven.summary == "In <short>"
    assert seven.tags == ("a",)
    assert seven.enclosures == (Enclosure("https://paper.example/7.mp3", "audio/mpeg", 9),)
    assert (eight.author, eight.content) == ("Ada", "<p>One.</p><p>Two &amp; three.</p>")
    assert eight.title == "One. Two & three"


def test_rss_in_json() -> None:
    item = {"title": "A", "link": "/a", "guid": {"#value": "g", "isPermaLink": "false"}}
    feed = read({"rss": {"version": "2.0", "channel": {"title": "Paper", "ttl": 60, "item": item}}})
    assert (feed.title, feed.kind, feed.ttl) == ("Paper", "rss2.0", 3600)
    assert [(e.id, e.link) for e in feed.entries] == [("g", "https://paper.example/a")]


@pytest.mark.parametrize("value", [[], {}, {"items": 3}, {"version": 1}, [{"id": 1}]])
def test_other_json_is_refused(value: Any) -> None:
    with pytest.raises(ParseError):
        read(value)


@given(st.lists(st.dictionaries(NAMES, JSON), max_size=3), st.dictionaries(NAMES, JSON))
def test_wrong_types_count_as_absent(items: list[Any], more: dict[str, Any]) -> None:
    feed = read({**more, "version": VERSION, "items": items})
    assert all(entry.id for entry in feed.entries)
    assert len(feed.entries) <= len(items)


def test_numbers_where_text_should_be() -> None:
    items = [{"id": 7.0, "title": 1984, "url": 1.2, "date_published": 1706782830, "author": "Ada"}]
    (entry,) = read({"version": VERSION, "items": items}).entries
    assert (entry.id, entry.title, entry.link, entry.author) == ("7", "1984", "", "Ada")
    assert entry.published == datetime(2024, 2, 1, 10, 20, 30, tzinfo=UTC)
