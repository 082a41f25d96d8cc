"""The chain in a process of its own."""

from collections.abc import AsyncIterator

import pytest

from tests.fetching.feeds.documents import PODCAST, rss
from tui.domain.errors import NotAFeed, ParseError
from tui.domain.feeds import Feed, Page
from tui.fetching.feeds.parse import parse
from tui.fetching.feeds.worker import WorkerFeedParser

FEED = Feed(1, "https://paper.example/feed.xml")


@pytest.fixture
async def parser() -> AsyncIterator[WorkerFeedParser]:
    parser = WorkerFeedParser()
    yield parser
    await parser.close()


async def test_a_worker_reads_what_the_chain_reads(parser: WorkerFeedParser) -> None:
    page = Page(FEED.url, PODCAST.encode(), headers={"content-type": "application/rss+xml"})
    assert await parser.parse(page, FEED) == parse(page, FEED)


async def test_refusals_keep_their_class_and_what_they_found(parser: WorkerFeedParser) -> None:
    html = b'<html><head><link rel="alternate" type="application/rss+xml" href="/f.xml"></head>'
    with pytest.raises(NotAFeed) as refused:
        await parser.parse(Page(FEED.url, html), FEED)
    assert refused.value.alternates == ("https://paper.example/f.xml",)
    with pytest.raises(ParseError, match="empty"):
        await parser.parse(Page(FEED.url, b" \n"), FEED)


async def test_a_worker_goes_on_after_a_refusal(parser: WorkerFeedParser) -> None:
    with pytest.raises(ParseError):
        await parser.parse(Page(FEED.url, b"no feed at all"), FEED)
    parsed = await parser.parse(Page(FEED.url, rss("<item><title>A</title></item>")), FEED)
    assert [entry.title for entry in parsed.entries] == ["A"]


async def test_links_are_stripped_where_that_is_wanted(parser: WorkerFeedParser) -> None:
    link = "https://paper.example/1?a=1&amp;utm_source=feed&amp;ours=2"
    page = Page(FEED.url, rss(f"<item><link>{link}</link></item>"))
    as_it_is = await parser.parse(page, FEED)
    stripping = WorkerFeedParser(tracking=["ours"])
    stripped = await stripping.parse(page, FEED)
    await stripping.close()
    assert as_it_is.entries[0].link == "https://paper.example/1?a=1&utm_source=feed&ours=2"
    assert stripped.entries[0].link == "https://paper.example/1?a=1"
    assert stripped.entries[0].id == as_it_is.entries[0].id
