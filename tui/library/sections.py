"""Editions by feed or folder: sections in the order of their names, each a walk from newest to oldest.
How many entries a section has is counted once until the library changes, so that a window anywhere
costs its own rows.
"""

import json
from dataclasses import field, replace

from tui.domain.editions import Order
from tui.domain.records import dataclass
from tui.library import orders
from tui.library.database import Connection
from tui.library.plan import Plan
from tui.library.rows import feed_title
from tui.library.walks import Known, Walk


def places(c: Connection, order: Order) -> dict[int, int]:
    """The place of each feed in the order of feeds or folders; feeds of one name share one."""
    rows = c.execute("SELECT id, folder, title, feed_title, url FROM feeds").fetchall()
    by_name: dict[str, list[int]] = {}
    for row in rows:
        title = feed_title(row["title"], row["feed_title"], row["url"])
        name = row["folder"] if order is Order.FOLDER else title
        by_name.setdefault(name.casefold(), []).append(row["id"])
    return {feed: n for n, name in enumerate(sorted(by_name)) for feed in by_name[name]}


@dataclass
class Section:
    """The entries of `feeds` are rows `first` to `first + total` of an edition."""

    feeds: tuple[int, ...]
    first: int
    total: int
    known: Known = field(default_factory=Known)


def divide(c: Connection, order: Order, counts: dict[int, int]) -> list[Section]:
    """All sections, empty ones too; `counts` are the entries by feed."""
    by_place: dict[int, list[int]] = {}
    for feed, place in places(c, order).items():
        by_place.setdefault(place, []).append(feed)
    found: list[Section] = []
    first = 0
    for place in sorted(by_place):
        total = sum(counts.get(feed, 0) for feed in by_place[place])
        found.append(Section(tuple(by_place[place]), first, total))
        first += total
    return found


@dataclass(frozen=True, slots=True)
class Sections:
    """One edition in one snapshot."""

    c: Connection
    made: Plan
    sections: list[Section]

    def rows(self, start: int, limit: int) -> list[int]:
        """Ids of rows `start` to `start + limit`."""
        found: list[int] = []
        for section in self.sections:
            low = max(start, section.first)
            high = min(start + limit, section.first + section.total)
            if low < high:
                found += self._walk(section).rows(low - section.first, high - low)
        return found

    def row(self, entry: int) -> int | None:
        """The row of `entry`, or None."""
        place = self._place(entry)
        if place is None:
            return None
        row = self._walk(self.sections[place]).row(entry)
        return None if row is None else self.sections[place].first + row

    def unread(self, entry: int | None, step: int) -> int | None:
        """The next unread entry from the place of `entry`, in the edition or not."""
        here = None if entry is None else self._place(entry)
        if here is None:
            rest = self.sections if step > 0 else self.sections[::-1]
        else:
            if found := self._walk(self.sections[here]).unread(entry, step):
                return found
            rest = self.sections[here + 1 :] if step > 0 else self.sections[:here][::-1]
        walks = (self._walk(section) for section in rest if section.total)
        return next(filter(None, (walk.unread(None, step) for walk in walks)), None)

    def _place(self, entry: int) -> int | None:
        row = self.c.execute("SELECT feed FROM entries WHERE id = ?", (entry,)).fetchone()
        sections = enumerate(self.sections if row is not None else ())
        return next((place for place, section in sections if row[0] in section.feeds), None)

    def _walk(self, section: Section) -> Walk:
        sql, values = self.made.where
        if len(section.feeds) == 1:
            within = (f"{sql} AND e.feed = ?", [*values, *section.feeds])
        else:
            feeds = json.dumps(section.feeds)
            within = (f"{sql} AND e.feed IN (SELECT value FROM json_each(?))", [*values, feeds])
        made = replace(self.made, where=within)
        keys = orders.keys(Order.NEWEST)
        return Walk(self.c, made, keys, lambda: section.total, section.known)
