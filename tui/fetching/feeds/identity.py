"""What makes an entry itself: its feed's id, or else its link, or else its title and date.

The same id twice in one feed is two entries if the links or the titles differ, and one if nothing
does.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import replace

from tui.domain.feeds import ParsedEntry
from tui.domain.text import clean_line
from tui.domain.urls import canonical_url

_LONGEST = 1000


def entry_id(own: str, link: str, title: str, date: str, text: str = "") -> str:
    """An id that is the same every time the feed is read; never empty.

    `own` is the feed's id, `date` what the feed writes as date, `text` the beginning of the entry.
    """
    own = clean_line(own)
    if own:
        return own if len(own) <= _LONGEST else _digest(own)
    if link:
        return _canonical(link)
    return _digest(title, date) if title or date else _digest(text)


def _canonical(link: str) -> str:
    """`link` as a key; what it has in percent signs may be control characters."""
    return clean_line(canonical_url(link))


def _digest(*parts: str) -> str:
    return "sha256:" + hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()[:32]


def distinct(entries: Iterable[ParsedEntry]) -> tuple[ParsedEntry, ...]:
    """`entries` with ids that differ; the first of several keeps the feed's id."""
    seen: dict[str, ParsedEntry] = {}
    for entry in entries:
        key = entry.id
        if (first := seen.get(key)) is not None:
            if _facts(first) == _facts(entry):
                continue
            key = _other_id(entry, first)
        seen.setdefault(key, entry if key == entry.id else replace(entry, id=key))
    return tuple(seen.values())


def _facts(entry: ParsedEntry) -> tuple[object, ...]:
    return entry.link, entry.title, entry.published


def _other_id(entry: ParsedEntry, first: ParsedEntry) -> str:
    own = _canonical(entry.link) if entry.link != first.link else ""
    return f"{entry.id}#{own or _digest(entry.title, entry.summary)}"
