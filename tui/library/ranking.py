"""Editions that the search index drives: what it finds is put in order once, as an array of ids that
holds until the library changes. By relevance the newest of them; else as the order says.
"""

import json
from array import array
from collections.abc import Sequence

from tui.domain.editions import Order
from tui.domain.records import dataclass
from tui.library import orders
from tui.library.database import Connection
from tui.library.plan import MATCH, Plan
from tui.library.sections import places

HEAD = 2000
"""Rows that are put in order at first; the rest only when someone goes there. Of a word that more
articles have, the newest so many are ranked; older ones follow by time."""

# The newest first: what comes later is then seldom among the first HEAD by time, and let go at once.
# The limit keeps SQLite from leaving out an order that it takes for idle.
_FOUND = """(SELECT rowid AS id FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT -1) s
CROSS JOIN entries e ON e.id = s.id"""
_DETAILS = " JOIN details d ON d.id = e.id"
# bm25's weights of body, title, author, note, tags, lang.
_WEIGHTS = "1.0, 8.0, 2.0, 4.0, 2.0, 0.0"
_ALL = -1


@dataclass
class Found:
    """What is known of an edition's order so far."""

    ids: "array[int] | None" = None


@dataclass(frozen=True, slots=True)
class Ranking:
    """One edition in one snapshot."""

    c: Connection
    made: Plan
    order: Order
    found: Found

    def rows(self, start: int, limit: int) -> list[int]:
        """Ids of rows `start` to `start + limit`."""
        return self._first(start + limit)[start : start + limit].tolist()

    def _first(self, wanted: int) -> "array[int]":
        """At least the first `wanted` ids; all of them where that is more than HEAD."""
        found = self.found.ids
        # Fewer than HEAD are all of them, as are more.
        if found is None or len(found) == HEAD < wanted:
            found = self.found.ids = self._ids(HEAD if wanted <= HEAD else _ALL)
        return found

    def row(self, entry: int) -> int | None:
        """The row of `entry`, or None."""
        every = self._first(HEAD + 1)
        return every.index(entry) if entry in every else None

    def unread(self, entry: int | None, step: int) -> int | None:
        """The next unread entry from the place of `entry`, in the edition or not."""
        every = list(self._ids(_ALL, also=entry))
        unread = _unread(self.c, every)
        if step < 0:
            every.reverse()
        place = every.index(entry) + 1 if entry in every else 0
        return next((i for i in every[place:] if i in unread and i != entry), None)

    def _ids(self, most: int, also: int | None = None) -> "array[int]":
        """The first `most` ids; `also` one more entry, in its place."""
        sql, (match, *values) = self.made.where
        condition, keys = sql.removeprefix(f"{MATCH} AND "), orders.keys(self.order)
        by, bound = keys.by(), [match]
        source = _FOUND + (_DETAILS if keys.details or self.made.details else "")
        if also is not None:
            condition = f"e.id IN (SELECT e.id FROM {source} WHERE {condition} UNION SELECT ?)"
            source, bound, values = f"entries e{_DETAILS}", [], [match, *values, also]
        if self.order in (Order.FEED, Order.FOLDER):
            source += " JOIN json_each(?) places ON places.key = e.feed"
            by = f"places.value, {by}"
            bound.append(json.dumps(places(self.c, self.order)))
        rows = self.c.execute(
            f"SELECT e.id FROM {source} WHERE {condition} ORDER BY {by} LIMIT ?",
            [*bound, *values, most],
        )
        rows.row_factory = None
        found = array("q", (row[0] for row in rows))
        return self._ranked(found) if self.order is Order.BEST else found

    def _ranked(self, found: "array[int]") -> "array[int]":
        """The newest HEAD of `found` by relevance, the others after them."""
        newest = found[:HEAD].tolist()
        if not newest:
            return found
        scores = self.c.execute(
            f"SELECT s.rowid, bm25(search, {_WEIGHTS}) FROM search s "
            "WHERE search MATCH ? AND s.rowid BETWEEN ? AND ?",
            (self.made.match, min(newest), max(newest)),
        )
        scores.row_factory = None
        by_id: dict[int, float] = dict(scores.fetchall())
        best = sorted(newest, key=lambda entry: by_id.get(entry, 0.0))
        return array("q", best) + found[HEAD:]


def _unread(c: Connection, every: Sequence[int]) -> set[int]:
    wanted = "SELECT id FROM entries WHERE read = 0 AND id IN (SELECT value FROM json_each(?))"
    return {row[0] for row in c.execute(wanted, (str(list(every)),))}
