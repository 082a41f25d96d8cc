"""How many entries a plan finds. Of flags and feeds the counts are kept; all else is counted."""

from collections.abc import Sequence

from tui.domain.editions import Counts
from tui.library.database import Connection
from tui.library.plan import Plan


def total(c: Connection, made: Plan) -> int:
    """How many rows the edition of `made` has."""
    if made.simple:
        kept = _kept(c, made.feeds)
        return kept.unread if made.unread else kept.total
    sql, values = made.where
    row = c.execute(f"SELECT count(*) FROM {made.tables()} WHERE {sql}", values).fetchone()
    return int(row[0])


def count(c: Connection, made: Plan) -> Counts:
    """Rows, unread and starred ones."""
    if made.simple:
        kept = _kept(c, made.feeds)
        if made.unread:
            return Counts(kept.unread, kept.unread, _starred(c, made))
        return kept
    sql, values = made.where
    row = c.execute(
        "SELECT COALESCE(sum(e.read = 0), 0), count(*), COALESCE(sum(e.starred), 0) "
        f"FROM {made.tables()} WHERE {sql}",
        values,
    ).fetchone()
    return Counts(*row)


def _starred(c: Connection, made: Plan) -> int:
    sql, values = made.where
    row = c.execute(f"SELECT count(*) FROM entries e WHERE {sql} AND e.starred = 1", values)
    return int(row.fetchone()[0])


def by_feed(c: Connection, made: Plan) -> dict[int, int]:
    """Entries by feed."""
    if made.simple:
        column = "unread" if made.unread else "total"
        rows = c.execute(f"SELECT feed, {column} FROM counts")
        return {feed: n for feed, n in rows if made.feeds is None or feed in made.feeds}
    sql, values = made.where
    found = c.execute(
        f"SELECT e.feed, count(*) FROM {made.tables()} WHERE {sql} GROUP BY e.feed", values
    )
    return dict(found.fetchall())


def _kept(c: Connection, feeds: Sequence[int] | None) -> Counts:
    where = "" if feeds is None else f"WHERE feed IN ({', '.join(map(str, map(int, feeds)))})"
    row = c.execute(
        "SELECT COALESCE(sum(unread), 0), COALESCE(sum(total), 0), COALESCE(sum(starred), 0) "
        f"FROM counts {where}"
    ).fetchone()
    return Counts(*row)
