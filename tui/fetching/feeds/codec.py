"""A `ParsedFeed` as JSON values, for the pipe to the worker."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from tui.domain.feeds import Enclosure, ParsedEntry, ParsedFeed

Json = dict[str, Any]


def to_value(feed: ParsedFeed) -> Json:
    """`feed` as a JSON object; dates are ISO 8601 in UTC."""
    value = asdict(feed)
    for entry in value["entries"]:
        for key in ("published", "updated"):
            entry[key] = entry[key].isoformat() if entry[key] else None
    return value


def from_value(value: Json) -> ParsedFeed:
    """The feed in `value`."""
    entries = tuple(_entry(entry) for entry in value["entries"])
    return ParsedFeed(**{**value, "entries": entries, "skip_hours": tuple(value["skip_hours"])})


def _entry(value: Json) -> ParsedEntry:
    return ParsedEntry(
        **{
            **value,
            "published": _date(value["published"]),
            "updated": _date(value["updated"]),
            "tags": tuple(value["tags"]),
            "enclosures": tuple(Enclosure(**file) for file in value["enclosures"]),
        }
    )


def _date(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
