"""Editions in the order of time, as walks along an index: a window costs its own rows."""

from typing import Any

from tui.domain.editions import Order
from tui.domain.records import dataclass
from tui.library import orders
from tui.library.database import Connection
from tui.library.plan import Plan

Place = tuple[int, int]
"""Where an entry stands: (at, id)."""
Anchors = dict[int, Place]
"""Places by row, from windows that were asked for before."""
_MOST_ANCHORS = 1000


@dataclass(frozen=True, slots=True)
class Walk:
    """One edition in one snapshot; `order` is newest or oldest first."""

    c: Connection
    made: Plan
    order: Order

    def rows(self, anchors: Anchors, start: int, limit: int, total: int) -> list[int]:
        """Ids of rows `start` to `start + limit`, from the nearest anchor or the nearer end."""
        end = min(start + limit, total)
        if start >= end:
            return []
        near = max((row for row in anchors if row <= start), default=0)
        if total - end < start - near:
            found = self._along(None, total - end, end - start, backwards=True)[::-1]
        else:
            found = self._along(anchors.get(near), start - near, end - start)
        if found:
            if len(anchors) > _MOST_ANCHORS:
                anchors.clear()
            anchors[start], anchors[start + len(found) - 1] = found[0], found[-1]
        return [entry for _, entry in found]

    def _along(
        self, anchor: Place | None, skip: int, count: int, *, backwards: bool = False
    ) -> list[Place]:
        newest = (self.order is not Order.OLDEST) != backwards
        sign, direction = ("<", " DESC") if newest else (">", "")
        values: list[Any] = list(self.made.values)
        after = ""
        if anchor is not None:
            # The time alone bounds the walk; the id then settles entries of one second.
            after = f"AND e.at {sign}= ? AND (e.at {sign} ? OR e.id {sign}= ?)"
            values += [anchor[0], *anchor]
        rows = self.c.execute(
            f"SELECT e.at, e.id FROM {orders.tables(self.made)} WHERE {self.made.where} {after} "
            f"ORDER BY e.at{direction}, e.id{direction} LIMIT ? OFFSET ?",
            (*values, count, skip),
        )
        return [(at, entry) for at, entry in rows]

    def row(self, entry: int) -> int | None:
        """The row of `entry`, or None."""
        source, where = orders.tables(self.made), self.made.where
        here = self.c.execute(
            f"SELECT e.at FROM {source} WHERE {where} AND e.id = ?", (*self.made.values, entry)
        ).fetchone()
        if here is None:
            return None
        sign = "<" if self.order is Order.OLDEST else ">"
        before = self.c.execute(
            f"SELECT count(*) FROM {source} WHERE {where} "
            f"AND e.at {sign}= ? AND (e.at {sign} ? OR e.id {sign} ?)",
            (*self.made.values, here[0], here[0], entry),
        ).fetchone()
        return int(before[0])

    def unread(self, entry: int | None, step: int) -> int | None:
        """The next unread entry from the place of `entry`, in the edition or not."""
        newest = (self.order is not Order.OLDEST) == (step > 0)
        sign, direction = ("<", " DESC") if newest else (">", "")
        values: list[Any] = list(self.made.values)
        after = ""
        if entry is not None:
            here = self.c.execute("SELECT at FROM entries WHERE id = ?", (entry,)).fetchone()
            if here is None:
                return None
            after = f"AND e.at {sign}= ? AND (e.at {sign} ? OR e.id {sign} ?)"
            values += [here[0], here[0], entry]
        found = self.c.execute(
            f"SELECT e.id FROM {orders.tables(self.made)} WHERE {self.made.where} AND e.read = 0 "
            f"{after} ORDER BY e.at{direction}, e.id{direction} LIMIT 1",
            values,
        ).fetchone()
        return None if found is None else int(found[0])
