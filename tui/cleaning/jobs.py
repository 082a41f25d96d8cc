"""What a cleaning worker runs: bytes in, an article as JSON out (see `tui.workers`)."""

from datetime import datetime
from typing import Any

from tui.cleaning.decode import decode
from tui.cleaning.extract import Options, complex_article, extract_page
from tui.domain import codec
from tui.domain.blocks import Source

Request = dict[str, Any]


def clean_page(request: Request, body: bytes) -> tuple[Request, bytes]:
    """Clean one page. Keys: url, content_type, status, source, second, fetched, text_only."""
    url, content_type = request.get("url", ""), request.get("content_type", "")
    if why := request.get("text_only"):
        text, _ = decode(body[:3_000_000], content_type)
        article = complex_article(text, url, why)
    else:
        fetched = request.get("fetched")
        options = Options(
            second_opinion=request.get("second", True),
            source=Source(request["source"]) if request.get("source") else None,
            http_status=request.get("status", 200),
            fetched=datetime.fromisoformat(fetched) if fetched else None,
        )
        article = extract_page(body, url, content_type, options)
    return {}, codec.dump(codec.article_to_value(article))
