"""What a cleaning worker runs: bytes in, an article as JSON out (see `tui.workers`)."""

from datetime import datetime
from pathlib import Path
from typing import Any

from tui.cleaning import feed
from tui.cleaning.decode import decode
from tui.cleaning.extract import Options, complex_article, extract_page
from tui.domain import codec
from tui.domain.blocks import Article, Source

Request = dict[str, Any]

_TEXT_ONLY_BYTES = 3_000_000


def clean_page(request: Request, body: bytes) -> tuple[Request, bytes]:
    """Clean one page. `worker.WorkerCleaner` makes the request; see there for its keys."""
    article = _clean(request, body)
    return {}, codec.dump(codec.article_to_value(article))


def _clean(request: Request, body: bytes) -> Article:
    source = Source(request["source"]) if request.get("source") else None
    entry = _entry(request.get("entry"))
    page = _page(request, body, source) if request.get("page") else None
    if entry is None or (source not in (None, Source.FEED) and page is not None):
        return page if page is not None else Article("")
    theirs = feed.extract_feed(entry)
    if source is Source.FEED or feed.better(page, theirs):
        return feed.with_facts(theirs, page)
    assert page is not None
    return page


def _page(request: Request, body: bytes, source: Source | None) -> Article:
    url, content_type = request.get("url", ""), request.get("content_type", "")
    if why := request.get("text_only"):
        markup, _ = decode(body[:_TEXT_ONLY_BYTES], content_type)
        return complex_article(markup, url, why)
    options = Options(
        second_opinion=request.get("second", True),
        source=None if source is Source.FEED else source,
        http_status=request.get("status", 200),
        fetched=_time(request.get("fetched")),
        rules=Path(request["rules"]) if request.get("rules") else None,
    )
    return extract_page(body, url, content_type, options)


def _entry(value: Request | None) -> feed.FeedText | None:
    if value is None:
        return None
    return feed.FeedText(**{**value, "published": _time(value.get("published"))})


def _time(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None
