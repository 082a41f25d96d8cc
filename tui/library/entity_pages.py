"""Entities across the library: pages, lists, follows, and stories about the same.

The days, the sources and the unread of a page are counted over all its articles; who stands beside
is counted over the newest of them, which is what a reader asks for and takes the same time for a
name in a hundred thousand articles as for one in a thousand.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from tui.domain.editions import Counts, EntityPage, EntityRow, Headline
from tui.domain.naming import fold_key
from tui.domain.query import Term
from tui.library.corrections import Corrections, Resolved
from tui.library.database import Connection, Database
from tui.library.headlines import Headlines
from tui.library.journal import Clock, Journal, Step
from tui.library.named import BESIDE, Named
from tui.library.plan import MAIN, entity_keys
from tui.library.times import moment, seconds

_SIMILAR_NAMES = 6
_MOST_ENTITIES = 500


class EntityPages:
    """Reads the index of names, and keeps what the user follows."""

    def __init__(
        self,
        database: Database,
        journal: Journal,
        corrections: Corrections,
        headlines: Headlines,
        clock: Clock,
    ) -> None:
        self._db, self._journal, self._clock = database, journal, clock
        self._corrections, self._headlines = corrections, headlines

    def entity_page(self, keys: Sequence[str], limit: int = 200) -> EntityPage:
        """Everything about one entity, or about the articles that name several together."""
        return self._db.read(lambda c: self._page(c, list(keys), limit))

    def _page(self, c: Connection, keys: list[str], limit: int) -> EntityPage:
        resolved = self._corrections.resolved(c)
        finals = [resolved.final(key) for key in keys]
        named = Named.of(c, [_numbers(c, resolved.sources(key)) for key in finals])
        days = named.days()
        return EntityPage(
            entities=tuple(self._row(c, resolved, key) for key in finals),
            total=sum(day[1] for day in days),
            unread=sum(day[2] for day in days),
            days=tuple(day[:2] for day in days),
            sources=named.sources(),
            beside=self._beside(named, resolved, set(finals)),
            headlines=self._headlines.of(c, named.newest(limit)),
        )

    def _row(self, c: Connection, resolved: Resolved, key: str) -> EntityRow:
        numbers = _numbers(c, resolved.sources(key))
        named = Named.of(c, [numbers])
        first, last = named.span()
        name, kind = _name(c, key)
        followed = c.execute("SELECT 1 FROM follows WHERE key = ?", (key,)).fetchone()
        return EntityRow(
            key,
            resolved.renamed.get(key, name),
            resolved.kinds.get(key, kind),
            named.articles(),
            moment(first),
            moment(last),
            followed is not None,
        )

    def _beside(self, named: "Named", resolved: Resolved, own: set[str]) -> tuple[EntityRow, ...]:
        merged = _merge(resolved, named.beside())
        return tuple(row for row in merged if row.key not in own)[:BESIDE]

    def entities(self, prefix: str = "", limit: int = 50) -> Sequence[EntityRow]:
        """Entities one of whose words starts with the last word of `prefix`, and that have its
        other words; the most named first."""

        def work(c: Connection) -> Sequence[EntityRow]:
            numbers = _starting(c, fold_key(prefix).split())
            where = "" if numbers is None else "AND id IN (SELECT value FROM json_each(?))"
            rows = c.execute(
                f"SELECT key, name, kind, articles, 0, 0, id FROM entities WHERE articles > 0 {where} "
                "ORDER BY articles DESC, key LIMIT ?",
                (2 * limit,) if numbers is None else (json.dumps(numbers), 2 * limit),
            ).fetchall()
            dated = [(*row[:4], *Named(c, row[6]).span()) for row in rows]
            return _merge(self._corrections.resolved(c), dated, self._follows(c))[:limit]

        return self._db.read(work)

    def numbers(self, c: Connection, term: Term) -> list[int]:
        """The entities that a term of a query means: by key, or by a word of it ("merkel")."""
        key, kind = entity_keys(term)
        resolved = self._corrections.resolved(c)
        exact = _numbers(c, resolved.sources(resolved.final(key)))
        if term.exact or (exact and not term.start):
            found = exact
        elif term.start:
            found = _starting(c, key.split()) or []
        else:
            found = _having(c, key.split())
        if resolved.merged:
            # A word of one of merged entities means all of them.
            keys = {resolved.final(row["key"]) for row in _rows(c, found)}
            found = _numbers(c, {source for key in keys for source in resolved.sources(key)})
        return [
            row["id"]
            for row in _rows(c, found)
            if not kind or resolved.kinds.get(resolved.final(row["key"]), row["kind"]) == kind
        ]

    def follow(self, key: str, name: str, kind: str, following: bool = True) -> None:
        """Follow an entity, or no longer."""

        def work(c: Connection) -> None:
            step = Step(f"{'followed' if following else 'unfollowed'} {name or key}")
            image = {"name": name or key, "kind": kind, "since": seconds(self._clock())}
            step.row(c, "follows", [key], image if following else None)
            self._journal.record(c, step)

        self._db.write(work, durable=True)

    def followed(self) -> Sequence[tuple[EntityRow, Counts]]:
        """What is followed, by name, with the counts of its virtual feed."""

        def work(c: Connection) -> Sequence[tuple[EntityRow, Counts]]:
            resolved = self._corrections.resolved(c)
            rows = c.execute("SELECT key, name, kind FROM follows ORDER BY name").fetchall()
            return [self._followed(c, resolved, *row) for row in rows]

        return self._db.read(work)

    def followed_numbers(self, c: Connection) -> list[int]:
        """The entities of the index that count as one that is followed."""
        resolved = self._corrections.resolved(c)
        finals = {resolved.final(row[0]) for row in c.execute("SELECT key FROM follows")}
        return _numbers(c, {key for final in finals for key in resolved.sources(final)})

    def _followed(
        self, c: Connection, resolved: Resolved, key: str, name: str, kind: str
    ) -> tuple[EntityRow, Counts]:
        row = self._row(c, resolved, resolved.final(key))
        if not row.articles:
            row = EntityRow(key, name, kind, 0, followed=True)
        numbers = _numbers(c, resolved.sources(resolved.final(key)))
        return row, Named.of(c, [numbers]).counts()

    def _follows(self, c: Connection) -> set[str]:
        return {row[0] for row in c.execute("SELECT key FROM follows")}

    def similar(self, entry: int, limit: int = 50) -> Sequence[Headline]:
        """Stories about the main entities of `entry`: a rare name that is shared counts for more
        than one that is everywhere."""

        def work(c: Connection) -> Sequence[Headline]:
            mine = c.execute(
                "SELECT m.entity, m.salience, n.articles FROM mentions m "
                "JOIN entities n ON n.id = m.entity WHERE m.entry = ? ORDER BY m.rank LIMIT ?",
                (entry, _SIMILAR_NAMES),
            ).fetchall()
            scores: dict[int, float] = {}
            for entity, salience, articles in mine:
                weight = (0.1 + salience / 1000) / (1 + articles) ** 0.5
                for other, rank in _newest_of(c, entity):
                    scores[other] = scores.get(other, 0.0) + weight / (1 + rank / MAIN)
            story = c.execute("SELECT story FROM entries WHERE id = ?", (entry,)).fetchone()
            scores.pop(entry, None)
            best = sorted(scores, key=lambda other: (-scores[other], -other))[: 2 * limit]
            found = self._headlines.of(c, best)
            own = story[0] if story is not None else 0
            return [h for h in found if not own or h.story != own][:limit]

        return self._db.read(work)


def _numbers(c: Connection, keys: Iterable[str]) -> list[int]:
    rows = c.execute(
        "SELECT id FROM entities WHERE key IN (SELECT value FROM json_each(?))",
        (json.dumps(list(keys)),),
    )
    return [row[0] for row in rows]


def _rows(c: Connection, numbers: Sequence[int]) -> list[Any]:
    return c.execute(
        "SELECT id, key, kind FROM entities WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(numbers),),
    ).fetchall()


def _name(c: Connection, key: str) -> tuple[str, str]:
    row = c.execute(
        "SELECT name, kind FROM entities WHERE key = ? ORDER BY articles DESC LIMIT 1", (key,)
    ).fetchone()
    return (row[0], row[1]) if row is not None else (key, "other")


def _merge(
    resolved: Resolved, rows: Iterable[Sequence[Any]], followed: set[str] | None = None
) -> list[EntityRow]:
    """Rows (key, name, kind, articles, first, last), one a key, as the user corrected them."""
    found: dict[str, EntityRow] = {}
    for key, name, kind, articles, first, last in rows:
        final = resolved.final(key)
        if final in resolved.hidden:
            continue
        other = found.get(final)
        found[final] = EntityRow(
            final,
            resolved.renamed.get(final, other.name if other else name),
            resolved.kinds.get(final, other.kind if other else kind),
            articles + (other.articles if other else 0),
            _earliest(other.first_seen if other else None, moment(first)),
            _latest(other.last_seen if other else None, moment(last)),
            final in (followed or ()),
        )
    return sorted(found.values(), key=lambda row: (-row.articles, row.key))


def _earliest(one: datetime | None, other: datetime | None) -> datetime | None:
    return min(filter(None, (one, other)), default=None)


def _latest(one: datetime | None, other: datetime | None) -> datetime | None:
    return max(filter(None, (one, other)), default=None)


def _having(c: Connection, words: Sequence[str]) -> list[int]:
    """Entities that have all of `words` as whole words."""
    if not words:
        return []
    rows = c.execute(
        "SELECT entity FROM entity_words WHERE word IN (SELECT value FROM json_each(?)) "
        "GROUP BY entity HAVING count(*) = ? LIMIT ?",
        (json.dumps(sorted(set(words))), len(set(words)), _MOST_ENTITIES),
    )
    return [row[0] for row in rows]


def _starting(c: Connection, words: Sequence[str]) -> list[int] | None:
    """Entities with a word that starts with the last of `words`, and with the others whole."""
    if not words:
        return None
    last = words[-1]
    rows = c.execute(
        "SELECT DISTINCT w.entity FROM entity_words w JOIN entities n ON n.id = w.entity "
        "WHERE w.word >= ? AND w.word < ? ORDER BY n.articles DESC LIMIT ?",
        (last, last + "\U0010ffff", _MOST_ENTITIES if len(words) == 1 else 100_000),
    )
    found = [row[0] for row in rows]
    if len(words) > 1:
        others = set(_having(c, words[:-1]))
        found = [entity for entity in found if entity in others]
    return found[:_MOST_ENTITIES]


def _newest_of(c: Connection, entity: int) -> list[tuple[int, int]]:
    rows = c.execute(
        "SELECT entry, rank FROM mentions WHERE entity = ? ORDER BY at DESC LIMIT 500", (entity,)
    )
    return [(entry, rank) for entry, rank in rows]
