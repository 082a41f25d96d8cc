"""Links without what only follows their readers."""

from collections.abc import Iterable
from dataclasses import replace

from tui.domain.feeds import ParsedFeed
from tui.domain.urls import strip_tracking


def untracked(feed: ParsedFeed, extra: Iterable[str]) -> ParsedFeed:
    """`feed` with the links of its entries stripped, of `extra` parameters too.

    Files stay as they are: some hosts of podcasts refuse a stripped address.
    """
    more = tuple(extra)
    entries = (
        replace(
            entry,
            link=strip_tracking(entry.link, more),
            comments=strip_tracking(entry.comments, more),
        )
        for entry in feed.entries
    )
    return replace(feed, entries=tuple(entries), site_url=strip_tracking(feed.site_url, more))
