"""Feeds that a page names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.domain.urls import safe_url
from tui.fetching.discovery.html import feeds_in

URL = "https://paper.example/world/"


def urls(page: str, url: str = URL) -> list[str]:
    return [candidate.url for candidate in feeds_in(page, url)]


@pytest.mark.parametrize(
    "link",
    [
        '<link rel="alternate" type="application/rss+xml" href="/f" title="Paper">',
        "<LINK HREF=/f TYPE=application/atom+xml REL='ALTERNATE home' TITLE=Paper />",
        '<link rel="alternate" type="application/feed+json" title="Paper" href="//paper.example/f">',
        '<base href="https://paper.example/x/"><link rel=alternate type=text/rss title=Paper href=../f>',
        '<link rel="feed" title="Paper" href="/f">',
        '<link type="application/rss+xml; charset=utf-8" rel=alternate title="P&#97;per" href="/f">',
    ],
)
def test_forms_of_a_link(link: str) -> None:
    (found,) = feeds_in(link, URL)
    assert (found.url, found.title) == ("https://paper.example/f", "Paper")


@pytest.mark.parametrize(
    "link",
    [
        '<link rel="stylesheet" type="application/rss+xml" href="/f">',
        '<link rel="alternate" hreflang="de" href="/de" type="text/html">',
        '<link rel="alternate" type="application/json" href="/wp-json/wp/v2/posts/1">',
        '<link rel="alternate" type="application/json+oembed" href="/oembed?x">',
        '<!-- <link rel="alternate" type="application/rss+xml" href="/f"> -->',
        '<link rel="alternate" type="application/rss+xml" href="javascript:x">',
        '<link rel="alternate" type="application/rss+xml">',
    ],
)
def test_what_is_no_feed(link: str) -> None:
    assert urls(link) == []


def test_the_feed_of_the_page_comes_before_that_of_its_comments() -> None:
    page = "".join(
        f'<link rel="alternate" type="application/{kind}+xml" title="{title}" href="{href}">'
        for kind, title, href in [
            ("rss", "Paper » Comments", "/comments/feed"),
            ("rss", "Paper", "/feed"),
            ("atom", "Paper Atom", "/atom"),
            ("rss", "Paper again", "/feed"),
        ]
    )
    assert urls(page) == [
        "https://paper.example/feed",
        "https://paper.example/atom",
        "https://paper.example/comments/feed",
    ]


def test_links_in_the_text_count_when_the_head_names_none() -> None:
    page = (
        '<a href="/feeds/">Our feeds</a><a href="https://other.example/rss.xml">RSS</a>'
        '<a href="/feedback">Write to us</a><a href="/atom-bomb/history">History</a>'
    )
    assert urls(page) == ["https://paper.example/feeds/", "https://other.example/rss.xml"]


@given(st.text(alphabet="<>link rel=alternate'\"/ah!-", max_size=200))
def test_no_page_raises(page: str) -> None:
    assert all(safe_url(url) == url for url in urls(page))
