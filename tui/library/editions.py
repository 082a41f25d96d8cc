"""What is on the list: windows of an edition, its counts, and the way through it.

Newest and oldest first are walks along an index: a window costs its own rows, from the last window
of the edition or from the nearer end. Everything else (relevance, titles, stories) is put in order
once, as an array of ids that holds until the library changes.
"""

import json
import threading
from array import array
from collections import OrderedDict
from collections.abc import Callable, Sequence
from datetime import datetime

from tui.domain.editions import Copy, Counts, Edition, Headline, Order, Window
from tui.domain.query import parse
from tui.library import orders, plan
from tui.library.database import Connection, Database
from tui.library.headlines import Headlines
from tui.library.journal import Clock
from tui.library.plan import Names, Plan
from tui.library.rows import feed_title
from tui.library.walks import Anchors, Walk

_REMEMBERED = 8


class Editions:
    """Queries answered."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        headlines: Headlines,
        names: Callable[[Connection], Names],
    ) -> None:
        self._db, self._clock, self._headlines, self._names = database, clock, headlines, names
        self._lock = threading.Lock()
        self._memory: OrderedDict[Edition, _Memory] = OrderedDict()

    def window(self, edition: Edition, start: int, limit: int) -> Window:
        """`limit` rows from row `start`; both are cut to what there is."""
        start, limit = max(0, start), max(0, limit)
        memory = self._remember(edition)

        def work(c: Connection) -> Window:
            made = self._plan(c, edition)
            if _walks(made, edition.order):
                total = self._total(c, memory, made)
                ids = list(Walk(c, made, edition.order).rows(memory.anchors, start, limit, total))
            else:
                total = self._total(c, memory, made)
                every = self._ids(c, memory, made, edition.order, min(start + limit, total))
                ids = every[start : start + limit].tolist()
            return Window(start, total, self._headlines.of(c, ids, made.words))

        return self._db.read(work)

    def find(self, edition: Edition, entry: int) -> int | None:
        """The row of `entry`, or None when it is not in the edition."""
        memory = self._remember(edition)

        def work(c: Connection) -> int | None:
            made = self._plan(c, edition)
            if not _walks(made, edition.order):
                total = self._total(c, memory, made)
                every = self._ids(c, memory, made, edition.order, total)
                return every.index(entry) if entry in every else None
            return Walk(c, made, edition.order).row(entry)

        return self._db.read(work)

    def next_unread(self, edition: Edition, entry: int | None, step: int = 1) -> int | None:
        """The next unread entry after `entry` (before it with `step` -1); `entry` itself need not
        be in the edition any more, as when it was just read."""

        def work(c: Connection) -> int | None:
            made = self._plan(c, edition)
            if _walks(made, edition.order):
                return Walk(c, made, edition.order).unread(entry, step)
            kept = c.execute(
                f"SELECT 1 FROM {orders.tables(made)} WHERE {orders.where(made)} AND e.id = ?",
                (*orders.values(made), entry),
            ).fetchone()
            every = list(orders.ids(c, made, edition.order, None if kept else entry))
            unread = _unread(c, every)
            if step < 0:
                every.reverse()
            place = every.index(entry) + 1 if entry in every else 0
            return next((i for i in every[place:] if i in unread and i != entry), None)

        return self._db.read(work)

    def copies(self, edition: Edition) -> tuple[Copy, ...]:
        """What tells a story again that stands above it, in the order of time."""

        def work(c: Connection) -> tuple[Copy, ...]:
            rows = orders.stories(c, self._plan(c, edition), edition.order)
            first: dict[int, int] = {}
            return tuple(
                Copy(entry, first[story], feed_title(*names))
                for entry, story, *names in rows
                if first.setdefault(story, entry) != entry
            )

        return self._db.read(work)

    def count(self, query: str) -> Counts:
        """Counts of a query."""
        memory = self._remember(Edition(query))
        if memory.counts is None:
            memory.counts = self._db.read(lambda c: self._count(c, query))
        return memory.counts

    def ids(self, c: Connection, edition: Edition) -> list[int]:
        """All ids of an edition in its order, in an open snapshot."""
        return list(orders.ids(c, self._plan(c, edition), edition.order))

    def among(self, c: Connection, query: str, entries: Sequence[int]) -> list[int]:
        """Which of some entries a query finds."""
        made = plan.make(parse(query), self.now(), self._names(c))
        rows = c.execute(
            f"SELECT e.id FROM {orders.tables(made)} WHERE {orders.where(made)} "
            "AND e.id IN (SELECT value FROM json_each(?))",
            (*orders.values(made), json.dumps(list(entries))),
        )
        return [row[0] for row in rows]

    def headlines(self, edition: Edition, limit: int) -> tuple[Headline, ...]:
        """The first `limit` rows; 0 is all."""
        return self.window(edition, 0, limit or 1 << 40).headlines

    def now(self) -> datetime:
        """Now in the user's zone: dates in queries are meant in it."""
        return self._clock().astimezone()

    def _plan(self, c: Connection, edition: Edition) -> Plan:
        return plan.make(parse(edition.query), self.now(), self._names(c))

    def _remember(self, edition: Edition) -> "_Memory":
        if self._db.writing:
            return _Memory(-1)  # inside a transaction nothing is settled
        stamp = self._db.changes()
        with self._lock:
            memory = self._memory.pop(edition, None)
            if memory is None or memory.stamp != stamp:
                memory = _Memory(stamp)
            self._memory[edition] = memory
            if len(self._memory) > _REMEMBERED:
                self._memory.popitem(last=False)
        return memory

    def _ids(
        self, c: Connection, memory: "_Memory", made: Plan, order: Order, wanted: int
    ) -> "array[int]":
        """At least the first `wanted` ids."""
        if memory.ids is None:
            memory.ids = orders.head(c, made, order)
        if len(memory.ids) < wanted:
            memory.ids = orders.ids(c, made, order)
        return memory.ids

    def _total(self, c: Connection, memory: "_Memory", made: Plan) -> int:
        if memory.total is None:
            memory.total = _total(c, made)
        return memory.total

    def _count(self, c: Connection, query: str) -> Counts:
        made = self._plan(c, Edition(query))
        if made.simple:
            kept = _kept_counts(c, made.feeds)
            return kept if not made.unread else Counts(kept.unread, kept.unread, _stars(c, made))
        row = c.execute(
            f"SELECT count(*), COALESCE(sum(e.read = 0), 0), COALESCE(sum(e.starred), 0) "
            f"FROM {orders.tables(made)} WHERE {orders.where(made)}",
            orders.values(made),
        ).fetchone()
        return Counts(unread=row[1], total=row[0], starred=row[2])


class _Memory:
    """What is known of an edition while the library is as it was at `stamp`."""

    def __init__(self, stamp: int) -> None:
        self.stamp = stamp
        self.total: int | None = None
        self.counts: Counts | None = None
        self.ids: array[int] | None = None
        self.anchors: Anchors = {}


def _walks(made: Plan, order: Order) -> bool:
    return not made.match and order in (Order.NEWEST, Order.OLDEST, Order.BEST)


def _total(c: Connection, made: Plan) -> int:
    if made.simple:
        counts = _kept_counts(c, made.feeds)
        return counts.unread if made.unread else counts.total
    row = c.execute(
        f"SELECT count(*) FROM {orders.tables(made)} WHERE {orders.where(made)}",
        orders.values(made),
    ).fetchone()
    return int(row[0])


def _kept_counts(c: Connection, feeds: Sequence[int] | None) -> Counts:
    where = "" if feeds is None else f"WHERE feed IN ({', '.join(map(str, map(int, feeds)))})"
    row = c.execute(
        "SELECT COALESCE(sum(unread), 0), COALESCE(sum(total), 0), COALESCE(sum(starred), 0) "
        f"FROM counts {where}"
    ).fetchone()
    return Counts(*row)


def _stars(c: Connection, made: Plan) -> int:
    row = c.execute(
        f"SELECT count(*) FROM entries e WHERE {made.where} AND e.starred = 1", made.values
    ).fetchone()
    return int(row[0])


def _unread(c: Connection, every: Sequence[int]) -> set[int]:
    wanted = "SELECT id FROM entries WHERE read = 0 AND id IN (SELECT value FROM json_each(?))"
    return {row[0] for row in c.execute(wanted, (str(list(every)),))}
