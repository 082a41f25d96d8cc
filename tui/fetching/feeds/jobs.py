"""What the worker process runs."""

import json

from tui.domain.errors import NotAFeed, ParseError
from tui.domain.feeds import Feed, Page
from tui.fetching.feeds.codec import to_value
from tui.fetching.feeds.parse import parse
from tui.fetching.feeds.tracking import untracked
from tui.workers import Request


def parse_feed(request: Request, body: bytes) -> tuple[Request, bytes]:
    """Parse `body`; `request` has "url" and "headers" of the page, "feed" and "options" of the
    feed, and "tracking": parameters to strip beside our own, or null to strip nothing.

    The reply's body is the feed as JSON. A refusal is a reply with "refused" and "alternates".
    """
    page = Page(request["url"], body, headers=request["headers"])
    feed = Feed(0, request["feed"], options=request["options"])
    try:
        parsed = parse(page, feed)
    except NotAFeed as error:
        return {"refused": str(error), "alternates": list(error.alternates)}, b""
    except ParseError as error:
        return {"refused": str(error)}, b""
    if request["tracking"] is not None:
        parsed = untracked(parsed, request["tracking"])
    return {}, json.dumps(to_value(parsed), ensure_ascii=False).encode("utf-8", "replace")
