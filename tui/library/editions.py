"""What is on the list: windows of an edition, its counts, and the way through it.

Every order is a way of its own: `walks` along an index (time, title, stories), `sections` of such walks
((feeds, folders), or a `ranking` of what the search index found.
"""

import json
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import field
from datetime import datetime
from functools import partial
from typing import Protocol

from tui.domain.editions import Copy, Counts, Edition, Headline, Order, Window
from tui.domain.query import Query, parse
from tui.domain.records import dataclass
from tui.library import orders, plan
from tui.library.database import Connection, Database
from tui.library.headlines import Headlines
from tui.library.journal import Clock
from tui.library.plan import Names, Plan
from tui.library.ranking import Found, Ranking
from tui.library.rows import feed_title
from tui.library.sections import Section, Sections, divide
from tui.library.totals import by_feed, count, total
from tui.library.walks import Known, Walk

_REMEMBERED = 8
_IN_SECTIONS = frozenset({Order.FEED, Order.FOLDER})


class Way(Protocol):
    """One edition in one snapshot, in its order."""

    def rows(self, start: int, limit: int) -> list[int]:
        """Ids of rows `start` to `start + limit`, cut to what there is."""
        ...

    def row(self, entry: int) -> int | None:
        """The row of `entry`, or None."""
        ...

    def unread(self, entry: int | None, step: int) -> int | None:
        """The next unread entry from the place of `entry`, in the edition or not."""
        ...


@dataclass
class Memory:
    """What is known of an edition while the library is as it was at `stamp`."""

    stamp: int
    total: int | None = None
    counts: Counts | None = None
    sections: list[Section] | None = None
    found: Found = field(default_factory=Found)
    known: Known = field(default_factory=Known)


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
        self._memory: OrderedDict[Edition, Memory] = OrderedDict()

    def window(self, edition: Edition, start: int, limit: int) -> Window:
        """`limit` rows from row `start`; both are cut to what there is."""
        start, limit = max(0, start), max(0, limit)
        memory = self._remember(edition)

        def work(c: Connection) -> Window:
            made = self._plan(c, edition)
            every = self._total(c, memory, made, edition)
            ids = self._way(c, memory, made, edition).rows(start, min(limit, every - start))
            return Window(start, every, self._headlines.of(c, ids, made.words))

        return self._db.read(work)

    def find(self, edition: Edition, entry: int) -> int | None:
        """The row of `entry`, or None when it is not in the edition."""
        memory = self._remember(edition)

        def work(c: Connection) -> int | None:
            made = self._plan(c, edition)
            return self._way(c, memory, made, edition).row(entry)

        return self._db.read(work)

    def next_unread(self, edition: Edition, entry: int | None, step: int = 1) -> int | None:
        """The next unread entry after `entry` (before it with `step` -1); `entry` itself need not
        be in the edition any more, as when it was just read."""
        memory = self._remember(edition)

        def work(c: Connection) -> int | None:
            made = self._plan(c, edition)
            return self._way(c, memory, made, edition).unread(entry, step)

        return self._db.read(work)

    def _way(self, c: Connection, memory: Memory, made: Plan, edition: Edition) -> Way:
        if made.match:
            return Ranking(c, made, edition.order, memory.found)
        if edition.order in _IN_SECTIONS:
            if memory.sections is None:
                memory.sections = divide(c, edition.order, by_feed(c, made))
            return Sections(c, made, memory.sections)
        every = partial(self._total, c, memory, made, edition)
        return Walk(c, made, orders.keys(edition.order), every, memory.known)

    def copies(self, edition: Edition, stories: Iterable[int]) -> tuple[Copy, ...]:
        """What tells one of `stories` again that stands above it, in the order of time."""
        asked = json.dumps([story for story in stories if story])
        if asked == "[]":
            return ()

        def work(c: Connection) -> tuple[Copy, ...]:
            rows = _told(c, self._plan(c, edition), edition.order, asked)
            first: dict[int, int] = {}
            return tuple(
                Copy(entry, first[story], feed_title(*names))
                for entry, story, *names in rows
                if first.setdefault(story, entry) != entry
            )

        return self._db.read(work)

    def count(self, query: str) -> Counts:
        """Counts of a query."""
        edition = Edition(query)
        memory = self._remember(edition)
        if memory.counts is None:
            memory.counts = self._db.read(lambda c: count(c, self._plan(c, edition)))
        return memory.counts

    def ids(self, c: Connection, edition: Edition) -> list[int]:
        """All ids of an edition in its order, in an open snapshot."""
        made = self._plan(c, edition)
        memory = Memory(0)
        every = self._total(c, memory, made, edition)
        return self._way(c, memory, made, edition).rows(0, every)

    def among(self, c: Connection, query: str, entries: Sequence[int]) -> list[int]:
        """Which of some entries a query finds."""
        return _among(c, plan.make(parse(query), self.now(), self._names(c)), entries)

    def headlines(self, edition: Edition, limit: int) -> tuple[Headline, ...]:
        """The first `limit` rows; 0 is all."""
        return self.window(edition, 0, limit or 1 << 40).headlines

    def now(self) -> datetime:
        """Now in the user's zone: dates in queries are meant in it."""
        return self._clock().astimezone()

    def _plan(self, c: Connection, edition: Edition, query: Query | None = None) -> Plan:
        asked = parse(edition.query) if query is None else query
        return plan.make(asked, self.now(), self._names(c))

    def _remember(self, edition: Edition) -> Memory:
        if self._db.writing:
            return Memory(-1)  # inside a transaction nothing is settled
        stamp = self._db.changes()
        with self._lock:
            memory = self._memory.pop(edition, None)
            if memory is None or memory.stamp != stamp:
                memory = Memory(stamp)
            self._memory[edition] = memory
            if len(self._memory) > _REMEMBERED:
                self._memory.popitem(last=False)
        return memory

    def _total(self, c: Connection, memory: Memory, made: Plan, edition: Edition) -> int:
        if memory.total is None:
            memory.total = self._counted(c, made, edition)
        return memory.total

    def _counted(self, c: Connection, made: Plan, edition: Edition) -> int:
        query, kept = plan.kept(parse(edition.query))
        if not kept:
            return total(c, made)
        # "is:unread OR ids:3,4", as the list asks for what was just read: those few are counted, the
        # others are known.
        without = self._plan(c, edition, query)
        few = len(_among(c, made, kept)) - len(_among(c, without, kept))
        return total(c, without) + few


def _among(c: Connection, made: Plan, entries: Sequence[int]) -> list[int]:
    sql, values = made.where
    rows = c.execute(
        f"SELECT e.id FROM {made.tables()} WHERE {sql} "
        "AND e.id IN (SELECT value FROM json_each(?))",
        (*values, json.dumps(list(entries))),
    )
    return [row[0] for row in rows]


def _told(
    c: Connection, made: Plan, order: Order, stories: str
) -> list[tuple[int, int, str, str, str]]:
    """(id, story, three names of the feed) by time, of a plan's entries that tell one of `stories`,
    a JSON list."""
    by = "e.at, e.id" if order is Order.OLDEST else "e.at DESC, e.id DESC"
    sql, values = made.where
    rows = c.execute(
        f"SELECT e.id, e.story, f.title, f.feed_title, f.url FROM {made.tables()} "
        f"JOIN feeds f ON f.id = e.feed WHERE {sql} AND e.id IN (SELECT id FROM entries "
        f"WHERE story > 0 AND story IN (SELECT value FROM json_each(?))) ORDER BY {by}",
        (*values, stories),
    )
    rows.row_factory = None
    return rows.fetchall()
