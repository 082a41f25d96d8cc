"""All ids of an edition, put in order: by feed, folder, story, title, relevance, or time."""

from array import array
from typing import Any

from tui.domain.editions import Order
from tui.library.database import Connection
from tui.library.plan import Plan
from tui.library.rows import feed_title

# bm25's weights of title, body, author, note, tags, lang.
_WEIGHTS = "8.0, 1.0, 2.0, 4.0, 2.0, 0.0"
_RANKED = 5000
"""Of a word that more articles have, the newest so many are ranked; older ones follow by time."""


def tables(made: Plan) -> str:
    """FROM of a plan."""
    found = "entries e"
    if made.match:
        found = "search s CROSS JOIN entries e ON e.id = s.rowid"
    return f"{found} JOIN details d ON d.id = e.id" if made.details else found


def where(made: Plan) -> str:
    """WHERE of a plan."""
    return f"search MATCH ? AND {made.where}" if made.match else made.where


def values(made: Plan) -> tuple[Any, ...]:
    """What `where` binds."""
    return (made.match, *made.values) if made.match else made.values


def ids(c: Connection, made: Plan, order: Order, also: int | None = None) -> "array[int]":
    """The ids of a plan in `order`; `also` one more entry, in its place."""
    match order:
        case Order.BEST if made.match:
            return _best(c, made)
        case Order.TITLE:
            return _by_title(c, made, also)
        case Order.FEED | Order.FOLDER:
            ranks = _feed_ranks(c, folders=order is Order.FOLDER)
            rows = _newest(c, made, also)
            return array("q", [r[0] for r in sorted(rows, key=lambda r: ranks.get(r[1], -1))])
        case Order.STORY:
            return _by_story(_newest(c, made, also))
    newest = [row[0] for row in _newest(c, made, also)]
    return array("q", reversed(newest) if order is Order.OLDEST else newest)


def _newest(c: Connection, made: Plan, also: int | None) -> list[tuple[int, int, int]]:
    """(id, feed, story), newest first."""
    condition, bound = where(made), list(values(made))
    source = tables(made)
    if also is not None:
        condition = f"e.id IN (SELECT e.id FROM {source} WHERE {condition} UNION SELECT ?)"
        bound, source = [*bound, also], "entries e"
    rows = c.execute(
        f"SELECT e.id, e.feed, e.story FROM {source} WHERE {condition} "
        "ORDER BY e.at DESC, e.id DESC",
        bound,
    )
    rows.row_factory = None
    return rows.fetchall()


def _best(c: Connection, made: Plan) -> "array[int]":
    rows = _newest(c, made, None)
    ranked = rows[:_RANKED]
    if len(rows) <= _RANKED:
        score, extra = f"bm25(search, {_WEIGHTS})", ""
    else:
        score, extra = f"bm25(search, {_WEIGHTS})", "AND s.rowid >= ?"
    lowest = min((row[0] for row in ranked), default=0)
    scores = c.execute(
        f"SELECT s.rowid, {score} FROM search s WHERE search MATCH ? {extra}",
        (made.match, lowest) if extra else (made.match,),
    )
    scores.row_factory = None
    by_id: dict[int, float] = dict(scores.fetchall())
    best = sorted(ranked, key=lambda row: by_id.get(row[0], 0.0))
    return array("q", [row[0] for row in [*best, *rows[_RANKED:]]])


def _by_title(c: Connection, made: Plan, also: int | None) -> "array[int]":
    rows = _newest(c, made, also)
    titles: dict[int, str] = dict(_titles(c))
    return array("q", [row[0] for row in sorted(rows, key=lambda row: titles.get(row[0], ""))])


def _titles(c: Connection) -> Any:
    rows = c.execute("SELECT id, lower(ltrim(title, '\"“„«‘''([')) FROM details")
    rows.row_factory = None
    return rows


def _feed_ranks(c: Connection, *, folders: bool) -> dict[int, int]:
    rows = c.execute("SELECT id, folder, title, feed_title, url FROM feeds").fetchall()

    def name(row: Any) -> str:
        if folders:
            return str(row["folder"]).casefold()
        return feed_title(row["title"], row["feed_title"], row["url"]).casefold()

    names = sorted({name(row) for row in rows})
    places = {found: place for place, found in enumerate(names)}
    return {row["id"]: places[name(row)] for row in rows}


def _by_story(rows: list[tuple[int, int, int]]) -> "array[int]":
    groups: dict[int, list[int]] = {}
    for entry, _, story in rows:
        groups.setdefault(story or -entry, []).append(entry)
    return array("q", [entry for group in groups.values() for entry in group])
