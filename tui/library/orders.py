"""All ids of an edition, put in order: by feed, folder, story, title, relevance, or time."""

import json
from array import array
from typing import Any

from tui.domain.editions import Order
from tui.library.database import Connection
from tui.library.plan import Plan
from tui.library.rows import feed_title

HEAD = 2000
"""Rows that are put in order at first; the rest only when someone goes there. Of a word that more
articles have, the newest so many are ranked; older ones follow by time."""

# bm25's weights of body, title, author, note, tags, lang.
_WEIGHTS = "1.0, 8.0, 2.0, 4.0, 2.0, 0.0"
_ALL = -1
_QUOTES = "\"'“”„«»‘’([¿¡ "


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


def stories(c: Connection, made: Plan, order: Order) -> list[tuple[int, int, str, str, str]]:
    """(id, story, three names of the feed) of a plan's entries that have a story, by time."""
    by = "e.at, e.id" if order is Order.OLDEST else "e.at DESC, e.id DESC"
    rows = c.execute(
        f"SELECT e.id, e.story, f.title, f.feed_title, f.url FROM {tables(made)} "
        f"JOIN feeds f ON f.id = e.feed WHERE {where(made)} AND e.story > 0 ORDER BY {by}",
        values(made),
    )
    rows.row_factory = None
    return rows.fetchall()


def head(c: Connection, made: Plan, order: Order) -> "array[int]":
    """The first HEAD ids of a plan; fewer are all of them."""
    return _ids(c, made, order, None, HEAD)


def ids(c: Connection, made: Plan, order: Order, also: int | None = None) -> "array[int]":
    """All ids of a plan in `order`; `also` one more entry, in its place."""
    return _ids(c, made, order, also, _ALL)


def _ids(c: Connection, made: Plan, order: Order, also: int | None, most: int) -> "array[int]":
    source, condition, bound = tables(made), where(made), list(values(made))
    if also is not None:
        condition = f"e.id IN (SELECT e.id FROM {source} WHERE {condition} UNION SELECT ?)"
        bound, source = [*bound, also], "entries e"
    newest = "e.at DESC, e.id DESC"
    match order:
        case Order.STORY:
            return _by_story(c, f"FROM {source} WHERE {condition} ORDER BY {newest}", bound)
        case Order.TITLE:
            if not made.details or also is not None:
                source += " JOIN details d ON d.id = e.id"
            by = f"ltrim(d.title, ?) COLLATE NOCASE, {newest}"
            bound.append(_QUOTES)
        case Order.FEED | Order.FOLDER:
            source += " JOIN json_each(?) places ON places.key = e.feed"
            by = f"places.value, {newest}"
            bound.insert(0, _places(c, folders=order is Order.FOLDER))
        case Order.OLDEST:
            by = "e.at, e.id"
        case _:
            by = newest
    rows = c.execute(
        f"SELECT e.id FROM {source} WHERE {condition} ORDER BY {by} LIMIT ?", [*bound, most]
    )
    rows.row_factory = None
    found = array("q", (row[0] for row in rows))
    return _ranked(c, made, found) if order is Order.BEST and made.match else found


def _ranked(c: Connection, made: Plan, found: "array[int]") -> "array[int]":
    """The newest HEAD of `found` by relevance, the others after them."""
    newest = found[:HEAD].tolist()
    if not newest:
        return found
    scores = c.execute(
        f"SELECT s.rowid, bm25(search, {_WEIGHTS}) FROM search s "
        "WHERE search MATCH ? AND s.rowid BETWEEN ? AND ?",
        (made.match, min(newest), max(newest)),
    )
    scores.row_factory = None
    by_id: dict[int, float] = dict(scores.fetchall())
    best = sorted(newest, key=lambda entry: by_id.get(entry, 0.0))
    return array("q", best) + found[HEAD:]


def _places(c: Connection, *, folders: bool) -> str:
    """The place of each feed in the order of feeds or folders, as a JSON object."""
    rows = c.execute("SELECT id, folder, title, feed_title, url FROM feeds").fetchall()

    def name(row: Any) -> str:
        if folders:
            return str(row["folder"]).casefold()
        return feed_title(row["title"], row["feed_title"], row["url"]).casefold()

    places = {found: place for place, found in enumerate(sorted({name(row) for row in rows}))}
    return json.dumps({row["id"]: places[name(row)] for row in rows})


def _by_story(c: Connection, source: str, bound: list[Any]) -> "array[int]":
    rows = c.execute(f"SELECT e.id, e.story {source}", bound)
    rows.row_factory = None
    groups: dict[int, list[int]] = {}
    for entry, story in rows:
        groups.setdefault(story or -entry, []).append(entry)
    return array("q", [entry for group in groups.values() for entry in group])
