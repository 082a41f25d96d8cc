"""Editions as walks along an index: a window costs its own rows, and those that the walk passes.

Where few entries of the library are in the edition, the walk would pass too many others: then the
few are taken and put in order, which is as quick.
"""

from array import array
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import field
from typing import Any

from tui.domain.records import dataclass
from tui.library.database import Connection
from tui.library.orders import Keys, Place
from tui.library.plan import Condition, Plan

_MOST_ANCHORS = 1000
_FAR = 5000
"""Rows that are walked over, in an order that has to look at each of them."""
_FEW = 5000
"""Entries that are put in order at once. A walk past a million others for a page of so many takes
about as long."""
_ANYWHERE: Condition = ("1", [])


@dataclass
class Known:
    """What is known of an edition until the library changes: places by row, from windows that were
    asked for before, and for far jumps the first column of all rows."""

    anchors: dict[int, Place] = field(default_factory=dict)
    firsts: "array[int] | None" = None


@dataclass(frozen=True, slots=True)
class Walk:
    """One edition in one snapshot."""

    c: Connection
    made: Plan
    keys: Keys
    total: Callable[[], int]
    known: Known

    def rows(self, start: int, limit: int) -> list[int]:
        """Ids of rows `start` to `start + limit`, from the nearest anchor or the nearer end."""
        total = self.total()
        end = min(start + limit, total)
        if start >= end:
            return []
        anchors, count = self.known.anchors, end - start
        near = max((row for row in anchors if row <= start), default=0)
        if self.keys.details and min(start - near, total - end) > _FAR:
            found = self._jump(start, count)
        elif total - end < start - near:
            found = self._along(_ANYWHERE, total - end, count, backwards=True)[::-1]
        else:
            after = self.keys.after(anchors[near], here=True) if near in anchors else _ANYWHERE
            found = self._along(after, start - near, count)
        if found:
            if len(anchors) > _MOST_ANCHORS:
                anchors.clear()
            anchors[start], anchors[start + len(found) - 1] = found[0], found[-1]
        return [place[-1] for place in found]

    def _jump(self, start: int, count: int) -> list[Place]:
        """Places far from all that are known: of the rows before them only the first column is
        looked at, in no order."""
        first = self.keys.columns[0].sql
        if self.known.firsts is None:
            rows = self._ask(first, _ANYWHERE, walks=False, details=False)
            self.known.firsts = array("q", sorted(row[0] for row in rows))
        if start >= len(self.known.firsts):
            return []  # another process has just taken some away
        value = self.known.firsts[start]
        before = bisect_left(self.known.firsts, value)
        return self._along((f"{first} >= ?", [value]), start - before, count)

    def _along(
        self, after: Condition, skip: int, count: int, *, backwards: bool = False
    ) -> list[Place]:
        rows = self._ask(
            self.keys.select(),
            after,
            f"ORDER BY {self.keys.by(backwards=backwards)} LIMIT ? OFFSET ?",
            count,
            skip,
        )
        return [tuple(row) for row in rows]

    def row(self, entry: int) -> int | None:
        """The row of `entry`, or None."""
        here = self._ask(self.keys.select(), ("e.id = ?", [entry]), walks=False)
        if not here:
            return None
        # Those before it in the first column are counted without a look at the others, and without
        # the order's index, beside which every entry would have to be looked up.
        place, first = tuple(here[0]), self.keys.columns[0]
        column = f"+{first.sql}" if self.keys.details else first.sql
        before = f"{column} {first.sign(backwards=True)} ?"
        sql, values = self.keys.after(place, backwards=True)
        beside = (f"{first.sql} = ? AND {sql}", [place[0], *values])
        return self._count((before, [place[0]]), walks=False) + self._count(beside)

    def unread(self, entry: int | None, step: int) -> int | None:
        """The next unread entry from the place of `entry`, in the edition or not."""
        backwards = step < 0
        after = _ANYWHERE
        if entry is not None:
            here = self.c.execute(
                f"SELECT {self.keys.select()} FROM entries e JOIN details d ON d.id = e.id "
                "WHERE e.id = ?",
                (entry,),
            ).fetchone()
            if here is None:
                return None
            after = self.keys.after(tuple(here), backwards=backwards)
        sql, values = after
        by = f"ORDER BY {self.keys.by(backwards=backwards)} LIMIT 1"
        found = self._ask("e.id", (f"e.read = 0 AND {sql}", values), by)
        return int(found[0][0]) if found else None

    def _count(self, also: Condition, *, walks: bool = True) -> int:
        rows = self._ask("count(*)", also, walks=walks, details=walks and self.keys.details)
        return int(rows[0][0])

    def _ask(
        self,
        select: str,
        also: Condition,
        rest: str = "",
        *values: Any,
        walks: bool = True,
        details: bool | None = None,
    ) -> list[Any]:
        """`select` over the edition where `also` holds; `walks` along the order's index."""
        joined = self.keys.details if details is None else details
        index = self.keys.index if walks and self.total() > _FEW else ""
        where, bound = self.made.where
        rows = self.c.execute(
            f"SELECT {select} FROM {self.made.tables(details=joined, index=index)} "
            f"WHERE {where} AND {also[0]} {rest}",
            (*bound, *also[1], *values),
        )
        return rows.fetchall()
