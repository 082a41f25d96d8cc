"""Rows of the library as the types of the domain."""

import sqlite3
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from tui.domain.editions import Headline
from tui.domain.feeds import Enclosure, Entry, Feed, FeedState, ParsedEntry, Validators
from tui.domain.urls import site_name
from tui.library.packing import pack_value, unpack_value
from tui.library.times import certain, moment

Row = sqlite3.Row

HEADLINE_COLUMNS = """
    e.id, e.feed, d.title, e.at, d.url, e.read, e.starred, e.queued, e.text_here, e.images_here,
    e.status, e.story, d.author, f.title AS own_title, f.feed_title, f.url AS feed_url, f.folder
"""
HEADLINE_TABLES = "entries e JOIN details d ON d.id = e.id JOIN feeds f ON f.id = e.feed"


def feed_title(own: str, feeds: str, url: str) -> str:
    """What a feed is called: by the user, by itself, or by its host."""
    return own or feeds or site_name(url) or url


def to_feed(row: Row, options: Mapping[str, Mapping[str, str]]) -> Feed:
    """A row of `feeds`; `options` are the settings' tables by URL."""
    own = options.get(row["url"], {})
    return Feed(
        id=row["id"],
        url=row["url"],
        title=feed_title(row["title"] or own.get("title", ""), row["feed_title"], row["url"]),
        site_url=row["site_url"],
        folder=row["folder"],
        state=FeedState.PAUSED if row["paused"] else FeedState(row["state"]),
        error=row["error"],
        error_since=moment(row["error_since"]),
        errors=row["errors"],
        last_try=moment(row["last_try"]),
        last_ok=moment(row["last_ok"]),
        next_try=moment(row["next_try"]),
        interval=row["interval"],
        validators=Validators(row["etag"], row["last_modified"]),
        moved_to=row["moved_to"],
        ttl=row["ttl"],
        skip_hours=tuple(int(hour) for hour in row["skip_hours"].split()),
        reading=row["reading"],
        options=own,
    )


def pack_content(entry: ParsedEntry) -> bytes:
    """All of an entry that no list shows."""
    value = {
        "summary": entry.summary,
        "content": entry.content,
        "comments": entry.comments,
        "image": entry.image,
        "tags": list(entry.tags),
        "enclosures": [asdict(enclosure) for enclosure in entry.enclosures],
    }
    return pack_value({name: found for name, found in value.items() if found})


def to_content(packed: bytes | None) -> dict[str, Any]:
    """The fields of `Entry` in what `pack_content` made; damage gives none."""
    try:
        value = unpack_value(packed) if packed else {}
    except ValueError:
        return {}
    found = {name: value.get(name, "") for name in ("summary", "content", "comments", "image")}
    return {
        **found,
        "tags": tuple(value.get("tags", ())),
        "enclosures": tuple(Enclosure(**e) for e in value.get("enclosures", ())),
    }


def to_entry(row: Row, labels: tuple[str, ...]) -> Entry:
    """A row of entries, details, contents and notes together."""
    return Entry(
        id=row["id"],
        feed=row["feed"],
        key=row["key"],
        url=row["url"],
        title=row["title"],
        author=row["author"],
        published=moment(row["published"]),
        updated=moment(row["updated"]),
        first_seen=moment(row["first_seen"]),
        read=bool(row["read"]),
        starred=bool(row["starred"]),
        queued=bool(row["queued"]),
        hidden=bool(row["hidden"]),
        note=row["note"] or "",
        labels=labels,
        **to_content(row["packed"]),
    )


def to_headline(row: Row, story_size: int = 1, snippet: str = "") -> Headline:
    """A row of HEADLINE_COLUMNS."""
    return Headline(
        id=row["id"],
        feed=row["feed"],
        feed_title=feed_title(row["own_title"], row["feed_title"], row["feed_url"]),
        title=row["title"],
        published=certain(row["at"]),
        url=row["url"],
        read=bool(row["read"]),
        starred=bool(row["starred"]),
        queued=bool(row["queued"]),
        text_here=bool(row["text_here"]),
        images_here=bool(row["images_here"]),
        status=row["status"],
        story=row["story"],
        story_size=story_size,
        snippet=snippet,
        author=row["author"],
        folder=row["folder"],
    )
