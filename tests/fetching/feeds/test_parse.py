"""The chain: what is read by what, what is refused, and what is cut."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bench import feed_files, feedparser_suite, hostile
from tests.fetching.feeds.documents import atom, rss
from tui.domain.errors import NotAFeed, ParseError
from tui.domain.feeds import Page
from tui.fetching.feeds import bounds
from tui.fetching.feeds.codec import from_value, to_value
from tui.fetching.feeds.parse import parse, root_of
from tui.fetching.feeds.timing import least_seconds, skipped_hours

URL = "https://paper.example/feed"


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"Forbidden", "no feed"),
        (b"<opml version='2.0'><body/></opml>", "OPML"),
        (b"<sitemapindex><sitemap/></sitemapindex>", "sitemaps"),
        (b"{", "can't be read"),
        (b"<?xml version='1.0'?><note><to>x</to></note>", "no RSS or Atom"),
    ],
)
def test_refusals_say_what_it_is(body: bytes, message: str) -> None:
    with pytest.raises(ParseError, match=message):
        parse(Page(URL, body))


def test_a_page_is_refused_with_its_feeds() -> None:
    html = (
        b"<!doctype html><html><head><link rel=alternate type=application/atom+xml href=/a.atom>"
        b"</head><body><rss></body></html>"
    )
    with pytest.raises(NotAFeed, match=r"it links to https://paper\.example/a\.atom") as refused:
        parse(Page(URL, html, headers={"content-type": "application/rss+xml"}))
    assert refused.value.alternates == ("https://paper.example/a.atom",)


def test_a_feed_is_a_feed_whatever_its_server_calls_it() -> None:
    body = rss("<item><description>&lt;html>&lt;body></description></item>")
    feed = parse(Page(URL, body, headers={"content-type": "text/html; charset=utf-8"}))
    assert len(feed.entries) == 1
    assert root_of("<!-- <html> is coming --><feed>") == "html"  # looks, does not parse
    assert root_of("<atom:feed>") == "feed"


def test_the_server_says_the_language_where_the_feed_does_not() -> None:
    headers = {"content-language": "fr, en"}
    assert parse(Page(URL, atom("<entry><id>1</id></entry>"), headers=headers)).lang == "fr"
    own = atom("<entry><id>1</id></entry>", root=' xml:lang="de"')
    assert parse(Page(URL, own, headers=headers)).lang == "de"


def test_a_damaged_feed_says_so() -> None:
    assert parse(Page(URL, rss("<item><title>A & B</title></item>"))).warning
    assert not parse(Page(URL, rss("<item><title>A</title></item>"))).warning


class TestBounds:
    """Long documents."""

    def test_a_long_feed_is_cut_after_a_whole_entry(self) -> None:
        body = hostile.many_items(bounds.BYTES + 1)
        feed = parse(Page(URL, body))
        assert len(feed.entries) == bounds.ENTRIES
        assert feed.entries[-1].title == f"A story with a headline {bounds.ENTRIES - 1}"
        assert "3,000" in feed.warning

    def test_a_short_one_is_not(self) -> None:
        body = hostile.many_items(200_000)
        feed = parse(Page(URL, body))
        assert len(feed.entries) == body.count(b"<item>")
        assert not feed.warning

    def test_one_entry_of_endless_tags_is_refused(self) -> None:
        with pytest.raises(ParseError, match="too complex"):
            parse(Page(URL, rss("<item><description>" + "<b>" * 400_000)))


class TestTiming:
    """What a feed asks for."""

    def test_the_longest_wish_counts(self) -> None:
        assert least_seconds({}) == 0
        assert least_seconds({"ttl": "60"}) == 3600
        assert least_seconds({"ttl": "60", "sy_updateperiod": "daily"}) == 86400
        assert least_seconds({"sy_updateperiod": "hourly", "sy_updatefrequency": "2"}) == 1800
        assert least_seconds({"ttl": "soon", "sy_updatefrequency": "x"}) == 0
        assert least_seconds({"ttl": "999999"}) == 7 * 86400

    def test_hours_to_skip(self) -> None:
        def hours(*numbers: int) -> tuple[int, ...]:
            inside = "".join(f"<hour>{number}</hour>" for number in numbers)
            return skipped_hours(f"<rss><channel><skipHours>{inside}</skipHours>")

        assert hours(3, 2, 24, 99) == (0, 2, 3)
        assert hours(*range(24)) == ()
        assert skipped_hours("<rss>") == ()


@given(st.text(alphabet="<>/itemrsfdhanl &;:=\"'!?-[]{}0", max_size=120))
def test_no_text_raises_anything_but_a_refusal(text: str) -> None:
    for body in (text.encode(), rss(text)):
        try:
            feed = parse(Page(URL, body))
        except ParseError:
            continue
        assert from_value(to_value(feed)) == feed


@pytest.mark.shared
class TestFiles:
    """Folders of feeds that know what is right (the benchmark prints the same as figures)."""

    def test_real_feeds(self, shared: Path) -> None:
        assert list(feed_files.real(shared / "bench/feeds/real")) == []

    def test_difficult_documents(self, shared: Path) -> None:
        assert list(feed_files.edge(shared / "bench/feeds/edge")) == []
        assert list(feed_files.dates(shared / "bench/feeds/edge/dates.json")) == []

    def test_other_projects_files(self, shared: Path) -> None:
        feeds = shared / "bench/feeds"
        assert list(feed_files.feedvalidator(feeds / "feedvalidator")) == []
        assert list(feed_files.lemon24(feeds / "lemon24_reader")) == []
        for name in ("lemon24_reader", "miniflux_encoding", "miniflux_xml"):
            assert list(feed_files.no_raise(feeds / name)) == []

    def test_feedparsers_suite(self, shared: Path) -> None:
        cases = list(feedparser_suite.run(shared / "bench/feeds/feedparser"))
        assert sum(case.right for case in cases) >= 1713
