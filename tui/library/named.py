"""The articles that name an entity, or several together: what the page of an entity counts.

One entity is read straight from the index, which is in the order of time. Several keys of the
index (merged entities, or entities asked for together) are gathered in a temporary table first.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from tui.domain.editions import Counts
from tui.domain.records import dataclass
from tui.library.database import Connection
from tui.library.rows import feed_title

BESIDE = 20
_BESIDE_ARTICLES = 200


@dataclass(frozen=True, slots=True)
class Named:
    """Some articles, in an open snapshot. `entity` is a number of the index, or None for the
    articles that were gathered."""

    c: Connection
    entity: int | None

    @classmethod
    def of(cls, c: Connection, numbers: Sequence[Sequence[int]]) -> "Named":
        """The articles that name one of each of `numbers`."""
        if len(numbers) == 1 and len(numbers[0]) == 1:
            return cls(c, numbers[0][0])
        _gather(c, numbers)
        return cls(c, None)

    def _source(self) -> tuple[str, list[Any]]:
        if self.entity is None:
            return "temp.page", []
        return "(SELECT at, entry, feed FROM mentions WHERE entity = ?)", [self.entity]

    def _rows(self, select: str, *more: Any) -> list[Any]:
        source, values = self._source()
        return self.c.execute(select.format(source=source), (*values, *more)).fetchall()

    def articles(self) -> int:
        """How many, hidden ones included."""
        if self.entity is None:
            return int(self._rows("SELECT count(*) FROM {source}")[0][0])
        row = self.c.execute("SELECT articles FROM entities WHERE id = ?", (self.entity,))
        return int(row.fetchone()[0])

    def span(self) -> tuple[int | None, int | None]:
        """When the first and the last is from."""
        first = self._rows("SELECT at FROM {source} ORDER BY at LIMIT 1")
        last = self._rows("SELECT at FROM {source} ORDER BY at DESC LIMIT 1")
        return (first[0][0], last[0][0]) if first else (None, None)

    def days(self) -> list[tuple[str, int, int]]:
        """(ISO date, articles, unread), oldest first, without empty days and hidden entries."""
        rows = self._rows(
            "SELECT m.at / 86400, count(*), sum(e.read = 0) FROM {source} m "
            "CROSS JOIN entries e ON e.id = m.entry WHERE e.hidden = 0 GROUP BY 1 ORDER BY 1"
        )
        return [
            (datetime.fromtimestamp(day * 86_400, UTC).date().isoformat(), articles, unread)
            for day, articles, unread in rows
        ]

    def counts(self) -> Counts:
        """The counts of the virtual feed of what is followed."""
        row = self._rows(
            "SELECT COALESCE(sum(e.read = 0), 0), count(*), COALESCE(sum(e.starred), 0) "
            "FROM {source} m CROSS JOIN entries e ON e.id = m.entry WHERE e.hidden = 0"
        )[0]
        return Counts(*row)

    def sources(self) -> tuple[tuple[str, int], ...]:
        """Feeds by how many of the articles are theirs."""
        rows = self._rows(
            "SELECT f.title, f.feed_title, f.url, p.n FROM "
            "(SELECT feed, count(*) AS n FROM {source} GROUP BY feed) p "
            "JOIN feeds f ON f.id = p.feed ORDER BY p.n DESC, f.id"
        )
        return tuple((feed_title(own, feeds, url), n) for own, feeds, url, n in rows)

    def newest(self, limit: int) -> list[int]:
        """The ids of the newest."""
        rows = self._rows("SELECT entry FROM {source} ORDER BY at DESC, entry DESC LIMIT ?", limit)
        return [row[0] for row in rows]

    def beside(self) -> list[Any]:
        """Who else the newest of them name, the most often first: rows (key, name, kind, articles,
        first, last). The newest only: what a reader asks for, and as quick for a name that a
        hundred thousand articles have."""
        return self._rows(
            "SELECT n.key, n.name, n.kind, b.articles, b.first, b.last FROM ("
            "SELECT m.entity, count(*) AS articles, min(m.at) AS first, max(m.at) AS last FROM "
            "(SELECT entry FROM {source} ORDER BY at DESC LIMIT ?) p "
            "CROSS JOIN mentions m ON m.entry = p.entry GROUP BY m.entity "
            "ORDER BY 2 DESC LIMIT ?) b JOIN entities n ON n.id = b.entity ORDER BY 4 DESC, 1",
            _BESIDE_ARTICLES,
            3 * BESIDE,
        )


def _gather(c: Connection, numbers: Sequence[Sequence[int]]) -> None:
    """Put the articles that name one of each of `numbers` into `temp.page`."""
    c.execute(
        "CREATE TEMP TABLE IF NOT EXISTS page (entry INTEGER PRIMARY KEY, at INTEGER, feed INTEGER)"
    )
    c.execute("CREATE INDEX IF NOT EXISTS temp.page_at ON page(at)")
    c.execute("DELETE FROM temp.page")
    if not all(numbers):
        return
    size = {n: _size(c, n) for some in numbers for n in some}
    # The rarest is read, the others are looked up by their key (entity, at, entry).
    first, *others = sorted(numbers, key=lambda some: sum(size[n] for n in some))
    also = " AND ".join(f"({_has(some)})" for some in others) or "1"
    for entity in first:
        c.execute(
            "INSERT OR IGNORE INTO temp.page(at, entry, feed) "
            f"SELECT m.at, m.entry, m.feed FROM mentions m WHERE m.entity = ? AND {also}",
            [entity, *(n for some in others for n in some)],
        )


def _has(some: Sequence[int]) -> str:
    one = (
        "EXISTS (SELECT 1 FROM mentions x WHERE x.entity = ? AND x.at = m.at AND x.entry = m.entry)"
    )
    return " OR ".join([one] * len(some))


def _size(c: Connection, entity: int) -> int:
    return int(c.execute("SELECT articles FROM entities WHERE id = ?", (entity,)).fetchone()[0])
