"""A query of the search language as SQL. Every value is bound; names of columns are ours.

Aliases: `e` entries, `d` details. A condition on the text is `e.id IN (...)` over the index, unless
it is the only group: then the index drives and `Plan.match` holds its expression.
"""

import json
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from tui.domain.naming import Kind, fold_key
from tui.domain.query import Query, Term, moment
from tui.domain.records import dataclass
from tui.library import words
from tui.library.folding import fold
from tui.library.schema import Hidden
from tui.library.times import seconds

MAIN = 3
"""`about:` finds articles that have the entity among their first so many."""

_FLAGS = {
    "read": "e.read = 1",
    "unread": "e.read = 0",
    "starred": "e.starred = 1",
    "queued": "e.queued = 1",
    "hidden": f"e.hidden & {int(Hidden.BY_USER)}",
    "cached": "e.text_here = 1",
    "images": "e.images_here = 1",
    "full": "e.text_here = 1 AND e.status IN ('full', 'complex')",
}
_KINDS = frozenset(kind.value for kind in Kind)
_RELATIONS = {"before": "<", "after": ">="}
MATCH = "search MATCH ?"
Condition = tuple[str, list[Any]]


@dataclass(frozen=True, slots=True)
class Names:
    """What the library knows that a query may name. Functions of the open snapshot."""

    feeds: Callable[[], Sequence[tuple[int, str, str, str]]]  # id, title, url, folder
    entities: Callable[[Term], list[int]]
    followed: Callable[[], list[int]]


@dataclass(frozen=True, slots=True)
class Plan:
    """`where` is a condition on the entries that the query finds; `match` is bound in it where the
    index drives.

    `simple` tells that only flags and feeds are asked for, by feed id (None: all feeds): their
    counts are kept and need no counting.
    """

    where: Condition
    match: str = ""
    details: bool = False
    feeds: tuple[int, ...] | None = None
    simple: bool = False
    unread: bool = False
    words: tuple[Term, ...] = ()

    def tables(self, *, details: bool = False, index: str = "") -> str:
        """FROM, with `details` where they are wanted, along an `index` of entries."""
        found = f"entries e INDEXED BY {index}" if index else "entries e"
        if self.match:
            found = "search s CROSS JOIN entries e ON e.id = s.rowid"
        return f"{found} JOIN details d ON d.id = e.id" if self.details or details else found


def make(query: Query, now: datetime, names: Names) -> Plan:
    """The plan of `query`; `now` is aware, in the user's zone."""
    builder = _Builder(now, names)
    groups = [builder.group(group) for group in query.groups]
    hidden = any(
        t.field == "is" and t.value.lower() == "hidden" and not t.without
        for g in query.groups
        for t in g
    )
    match = ""
    if len(query.groups) == 1:
        match, groups[0] = builder.driven(query.groups[0])
    parts, values = _either(groups)
    shown = "(e.hidden & 2) = 0" if hidden else "e.hidden = 0"
    where = f"{shown} AND {parts}" if parts else shown
    if match:
        where, values = f"{MATCH} AND {where}", [match, *values]
    return Plan(
        (where, values),
        match,
        builder.details,
        builder.feeds,
        _is_simple(query),
        _asks_unread(query),
        query.words,
    )


def kept(query: Query) -> tuple[Query, list[int]]:
    """`query` without a last "OR ids:3,4", and those ids."""
    if len(query.groups) < 2:
        return query, []
    *others, (first, *more) = query.groups
    if more or first.field != "ids" or first.without:
        return query, []
    return Query(tuple(others)), _listed(first.value)


def _is_simple(query: Query) -> bool:
    terms = query.groups[0] if query.groups else ()
    fields = [t.field for t in terms]
    return len(query.groups) <= 1 and all(
        not t.without and (t.field in ("feed", "folder") or t == Term("is", "unread"))
        for t in terms
    ) and len(fields) == len(set(fields))  # fmt: skip


def _asks_unread(query: Query) -> bool:
    return any(t.field == "is" and t.value.lower() == "unread" for g in query.groups for t in g)


def _either(groups: Sequence[Condition]) -> Condition:
    filled = [(sql, values) for sql, values in groups if sql]
    if len(filled) < len(groups):
        return "", []  # a group without conditions is everything
    if len(filled) == 1:
        return filled[0]
    return (
        "(" + " OR ".join(f"({sql})" for sql, _ in filled) + ")" if filled else "",
        [value for _, values in filled for value in values],
    )


class _Builder:
    def __init__(self, now: datetime, names: Names) -> None:
        self.now, self.names = now, names
        self.details = False
        self.feeds: tuple[int, ...] | None = None

    def driven(self, terms: Sequence[Term]) -> tuple[str, Condition]:
        """The index's expression for the positive words of `terms`, and the other conditions."""
        asked = [t for t in terms if not t.without and (not t.field or t.field in words.COLUMNS)]
        driving = [t for t in asked if t.field != "tag"]
        match = words.expression(driving)
        rest = [t for t in terms if not match or t not in driving]
        return match, self.group(rest)

    def group(self, terms: Sequence[Term]) -> Condition:
        """All of `terms`."""
        parts: list[str] = []
        values: list[Any] = []
        for term in terms:
            sql, bound = self._condition(term)
            if sql:
                parts.append(f"NOT ({sql})" if term.without else sql)
                values.extend(bound)
        return " AND ".join(parts), values

    def _condition(self, term: Term) -> Condition:
        match term.field:
            case "" | "title" | "by" | "note":
                return _indexed(words.expression([term]))
            case "feed" | "folder":
                return self._feed(term)
            case "tag":
                return _tag(term)
            case "is":
                return self._state(term.value.lower())
            case "before" | "after":
                return self._time(_RELATIONS[term.field], term.value)
            case "age":
                return self._age(term.value)
            case "id" | "ids" | "story":
                return _numbers(term)
            case "status" | "lang":
                return self._column(term)
        return self._entity(term)

    def _feed(self, term: Term) -> Condition:
        found = [row[0] for row in self.names.feeds() if _names_feed(term, row)]
        if not term.without:
            self.feeds = tuple(f for f in found if self.feeds is None or f in self.feeds)
        if len(found) == 1:
            return "e.feed = ?", list(found)
        return "e.feed IN (SELECT value FROM json_each(?))", [json.dumps(found)]

    def _state(self, state: str) -> Condition:
        if state == "today":
            midnight = self.now.replace(hour=0, minute=0, second=0, microsecond=0)
            return "e.at >= ?", [seconds(midnight)]
        if state == "new":
            return "e.first_seen >= ?", [seconds(self.now - timedelta(days=1))]
        if state == "followed":
            return _named(self.names.followed())
        return _FLAGS[state], []

    def _time(self, relation: str, value: str) -> Condition:
        found = moment(value, self.now)
        return (f"e.at {relation} ?", [seconds(found)]) if found else ("", [])

    def _age(self, value: str) -> Condition:
        """`2d..7d` is between two and seven days old, `7d` at most that."""
        young, found, old = value.partition("..")
        if not found:
            return self._time(">=", value)
        parts = [self._time("<=", young), self._time(">=", old)]
        filled = [part for part in parts if part[0]]
        return " AND ".join(p[0] for p in filled), [v for p in filled for v in p[1]]

    def _column(self, term: Term) -> Condition:
        if term.field == "status":
            return "e.status = ?", [term.value.lower()]
        self.details = True
        return "lower(substr(d.lang, 1, 2)) = ?", [term.value.lower()[:2]]

    def _entity(self, term: Term) -> Condition:
        main = f" AND rank < {MAIN}" if term.field == "about" else ""
        return _named(self.names.entities(term), main)


def _named(numbers: list[int], main: str = "") -> Condition:
    return (
        "e.id IN (SELECT entry FROM mentions WHERE entity IN "
        f"(SELECT value FROM json_each(?)){main})",
        [json.dumps(numbers)],
    )


def _indexed(expression: str) -> Condition:
    if not expression:
        return "", []
    return "e.id IN (SELECT rowid FROM search WHERE search MATCH ?)", [expression]


def _tag(term: Term) -> Condition:
    own = "e.id IN (SELECT entry FROM labels WHERE label = ?)"
    feeds, values = _indexed(words.expression([term]))
    return (f"({own} OR {feeds})", [term.value, *values]) if feeds else (own, [term.value])


def _numbers(term: Term) -> Condition:
    column = "e.story" if term.field == "story" else "e.id"
    return f"{column} IN (SELECT value FROM json_each(?))", [json.dumps(_listed(term.value))]


def _listed(value: str) -> list[int]:
    return [int(n) for n in value.split(",") if n.strip().isdecimal() and len(n) < 19]


def _names_feed(term: Term, row: tuple[int, str, str, str]) -> bool:
    """A feed by its number, its URL, or a part of its title; a folder by a part of its name."""
    number, title, url, folder = row
    if term.field == "feed":
        if term.value.isdecimal():
            return number == int(term.value)
        if "://" in term.value:
            return url == term.value
    text = fold(title if term.field == "feed" else folder)
    wanted = fold(term.value)
    return text == wanted if term.exact and term.field == "folder" else wanted in text


def entity_keys(term: Term) -> tuple[str, str]:
    """What to look for: the key, and the kind or ""."""
    return fold_key(term.value), term.field if term.field in _KINDS else ""
