"""What can be read of a damaged file, row by row."""

import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import field

from tui.domain.records import dataclass
from tui.library.database import Connection

# Those that others refer to come first.
TABLES = (
    "meta", "feeds", "hosts", "entries", "details", "contents", "gone", "notes", "labels",
    "positions", "pins", "queries", "journal", "kept", "bodies", "entities", "entity_words",
    "mentions", "follows", "corrections", "rules", "applied", "pictures", "remote",
)  # fmt: skip
_ROWLESS = frozenset(
    "meta hosts gone labels queries entity_words mentions follows applied pictures remote".split()
)
_CHUNK = 1024
_MOST_ERRORS = 5000
_MOST_ROWS = 10_000_000


@dataclass
class Saved:
    """How it went: rows by table, and the tables of which some rows could not be read."""

    rows: dict[str, int] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)


def columns(source: Connection, table: str, target: Connection) -> list[str]:
    """Columns of `table` that both have."""
    wanted = [row[1] for row in target.execute(f"PRAGMA table_info({table})")]
    with suppress(sqlite3.Error):
        found = {row[1] for row in source.execute(f"PRAGMA table_info({table})")}
        return [name for name in wanted if name in found]
    return []


def copy(
    source: Connection, target: Connection, table: str, names: list[str], saved: Saved
) -> None:
    """Copy the rows of `table` that can be read, and note in `saved` how it went."""
    listed = ", ".join(f'"{name}"' for name in names)
    insert = f"INSERT OR IGNORE INTO {table}({listed}) VALUES ({', '.join('?' * len(names))})"
    select = f"SELECT {listed} FROM {table} NOT INDEXED"
    rows = _walk(source, select) if table in _ROWLESS else _by_number(source, table, select)
    types = _types(target, table, names)
    count = 0
    for row in rows:
        added = 0
        if row is not None and all(map(isinstance, row, types)):
            with suppress(sqlite3.IntegrityError):
                added = target.execute(insert, row).rowcount
        if not added:
            saved.broken.add(table)  # noise where a row was
        count += added
    saved.rows[table] = saved.rows.get(table, 0) + count


def _types(target: Connection, table: str, names: list[str]) -> list[tuple[type, ...]]:
    """What a whole row has in its columns."""
    found = {
        row[1]: {"INTEGER": (int,), "TEXT": (str,), "BLOB": (bytes,), "REAL": (float, int)}.get(
            row[2], (int, float, str, bytes)
        )
        + (() if row[3] else (type(None),))
        for row in target.execute(f"PRAGMA table_info({table})")
    }
    return [found[name] for name in names]


Rows = Iterator[tuple[object, ...] | None]
"""None stands for rows that could not be read."""


def _walk(source: Connection, select: str) -> Rows:
    try:
        yield from source.execute(select)
    except sqlite3.Error:
        yield None


def _by_number(source: Connection, table: str, select: str) -> Rows:
    """Rows by their number; around damage the ranges become smaller, down to one row.

    A damaged page can name any number as the last, and make every range an error: neither may
    keep us for ever, so numbers have a limit and so has the search around errors.
    """
    highest = _highest(source)
    try:
        low, high = source.execute(f"SELECT min(rowid), max(rowid) FROM {table}").fetchone()
    except sqlite3.Error:
        low, high = 1, highest
        yield None
    if low is None:
        return
    low, high = max(low, 1), min(high, highest)
    ranges = [(start, min(start + _CHUNK - 1, high)) for start in range(low, high + 1, _CHUNK)]
    ranges.reverse()
    errors = 0
    while ranges:
        start, end = ranges.pop()
        try:
            yield from source.execute(
                f"{select} WHERE rowid BETWEEN ? AND ?", (start, end)
            ).fetchall()
        except sqlite3.Error:
            errors += 1
            if start == end or errors > _MOST_ERRORS:
                yield None
                continue
            middle = (start + end) // 2
            ranges += [(middle + 1, end), (start, middle)]


def _highest(source: Connection) -> int:
    """How far the numbers of a table can go: as far as the highest that was ever given out."""
    with suppress(sqlite3.Error):
        row = source.execute("SELECT max(seq) FROM sqlite_sequence").fetchone()
        if isinstance(row[0], int) and 0 < row[0] <= _MOST_ROWS:
            return max(row[0], _CHUNK)
    return _MOST_ROWS
