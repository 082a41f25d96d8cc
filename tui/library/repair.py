"""A damaged library: its file is put aside under a dated name, and what can be read of it goes into
a new one, row by row. What can't is taken from the newest daily copy. The search index and the
counts are made anew.
"""

import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from tui.library import backup, indexing, migrations, names
from tui.library.database import Connection, connect
from tui.paths import Paths

# Those that others refer to come first.
_TABLES = (
    "meta", "feeds", "hosts", "entries", "details", "contents", "gone", "notes", "labels",
    "positions", "pins", "queries", "journal", "kept", "bodies", "entities", "entity_words",
    "mentions", "follows", "corrections", "rules", "applied", "pictures", "remote",
)  # fmt: skip
_ROWLESS = frozenset(
    "meta hosts gone labels queries entity_words mentions follows applied pictures remote".split()
)
INCOMPLETE = "incomplete"
"""In `meta`: words or names are missing from the index; upkeep takes them from the articles."""
_CHUNK = 1024
_SETTLE = """
DELETE FROM entries WHERE feed NOT IN (SELECT id FROM feeds);
DELETE FROM entries WHERE id NOT IN (SELECT id FROM details);
DELETE FROM details WHERE id NOT IN (SELECT id FROM entries);
DELETE FROM contents WHERE id NOT IN (SELECT id FROM entries);
DELETE FROM notes WHERE id NOT IN (SELECT id FROM entries);
DELETE FROM labels WHERE entry NOT IN (SELECT id FROM entries);
DELETE FROM positions WHERE id NOT IN (SELECT id FROM entries);
DELETE FROM pins WHERE id NOT IN (SELECT id FROM entries);
DELETE FROM kept WHERE id NOT IN (SELECT id FROM entries);
DELETE FROM bodies WHERE id NOT IN (SELECT id FROM entries);
DELETE FROM gone WHERE feed NOT IN (SELECT id FROM feeds);
DELETE FROM mentions WHERE entry NOT IN (SELECT id FROM entries)
  OR entity NOT IN (SELECT id FROM entities);
DELETE FROM entity_words WHERE entity NOT IN (SELECT id FROM entities);
DELETE FROM applied WHERE entry NOT IN (SELECT id FROM entries)
  OR rule NOT IN (SELECT id FROM rules);
DELETE FROM pictures WHERE entry NOT IN (SELECT id FROM entries);
UPDATE remote SET entry = NULL WHERE entry NOT IN (SELECT id FROM entries);
DELETE FROM counts;
INSERT INTO counts(feed, unread, total, starred)
  SELECT f.id, count(e.id) FILTER (WHERE e.read = 0), count(e.id),
    count(e.id) FILTER (WHERE e.starred = 1)
  FROM feeds f LEFT JOIN entries e ON e.feed = f.id AND e.hidden = 0 GROUP BY f.id;
"""


def marker(library: Path) -> Path:
    """A file that says: damage was met, repair at the next start."""
    return library.with_name("library.damaged")


@dataclass
class _Saved:
    """How it went: rows by table, and the tables of which some rows could not be read."""

    rows: dict[str, int] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)


def repair(paths: Paths, now: datetime) -> str:
    """Put a library in the place of the damaged one; returns a line for the user.

    Raises OSError or sqlite3.Error when not even a new file can be made.
    """
    library = paths.library
    with _alone(library):
        if not marker(library).exists() and _whole(library):
            return "the library was damaged; another Broadsheet has just repaired it"
        kept = _put_aside(library, now)
        new = library.with_name("library.new")
        for stale in (new, *_beside(new)):
            stale.unlink(missing_ok=True)
        saved, copy = _fill(new, kept, backup.copies(paths.backups))
        new.replace(library)
        marker(library).unlink(missing_ok=True)
    return _line(saved, kept, copy)


@contextmanager
def _alone(library: Path) -> Iterator[None]:
    """One process repairs; the others wait, and find a whole library."""
    with library.with_name("repair.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _beside(file: Path) -> list[Path]:
    return [file.with_name(f"{file.name}{end}") for end in ("-wal", "-shm", "-journal")]


def _whole(library: Path) -> bool:
    try:
        connection = connect(library, "rw")
    except sqlite3.Error:
        return False
    try:
        made = connection.execute("PRAGMA user_version").fetchone()[0] > 0
        return bool(made and connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")
    except sqlite3.Error:
        return False
    finally:
        connection.close()


def complete(connection: Connection) -> None:
    """Give a daily copy that was put in the library's place its index again."""
    flag = connection.execute("SELECT 1 FROM meta WHERE name = ?", (backup.UNINDEXED,)).fetchone()
    if flag is None:
        return
    connection.execute("BEGIN IMMEDIATE")
    indexing.rebuild(connection)
    names.count_again(connection)
    connection.execute("DELETE FROM meta WHERE name = ?", (backup.UNINDEXED,))
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, 1)", (INCOMPLETE,))
    connection.execute("COMMIT")


def _put_aside(library: Path, now: datetime) -> Path:
    kept = library.with_name(f"library-damaged-{now:%Y%m%d-%H%M%S}.db")
    if library.exists():
        library.replace(kept)
    for beside in _beside(library):
        if beside.exists():
            beside.replace(kept.with_name(beside.name.replace(library.name, kept.name)))
    return kept


def _fill(new: Path, kept: Path, copies: list[Path]) -> tuple[_Saved, Path | None]:
    target = connect(new)
    try:
        target.execute(f"PRAGMA page_size = {migrations.PAGE}")
        target.execute("PRAGMA journal_mode = WAL")
        migrations.migrate(target)
        target.execute("BEGIN IMMEDIATE")
        saved = _Saved()
        _salvage(kept, target, saved)
        used = None
        if saved.broken:
            used = _fill_up(target, copies, saved)
        migrations.run_script(target, _SETTLE)
        target.execute("DELETE FROM meta WHERE name = ?", (backup.UNINDEXED,))
        indexing.rebuild(target)
        names.count_again(target)
        if saved.broken & {"mentions", "entities", "bodies"}:
            target.execute("INSERT OR REPLACE INTO meta VALUES (?, 1)", (INCOMPLETE,))
        saved.rows["entries"] = target.execute("SELECT count(*) FROM entries").fetchone()[0]
        target.execute("COMMIT")
        target.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        target.close()
    return saved, used


def _salvage(kept: Path, target: Connection, saved: _Saved) -> None:
    """Copy every row of `kept` that can be read."""
    try:
        source = connect(kept, "rw")
    except sqlite3.Error:
        saved.broken.update(_TABLES)
        return
    # Text that is damaged is no reason to lose the row.
    source.text_factory = lambda data: data.decode("utf-8", "replace")
    source.row_factory = None
    try:
        for table in _TABLES:
            columns = _columns(source, table, target)
            if not columns:
                saved.broken.add(table)
                continue
            _copy(source, target, table, columns, saved)
    finally:
        source.close()


def _columns(source: Connection, table: str, target: Connection) -> list[str]:
    """Columns that both have."""
    wanted = [row[1] for row in target.execute(f"PRAGMA table_info({table})")]
    with suppress(sqlite3.Error):
        found = {row[1] for row in source.execute(f"PRAGMA table_info({table})")}
        return [name for name in wanted if name in found]
    return []


def _copy(
    source: Connection, target: Connection, table: str, columns: list[str], saved: _Saved
) -> None:
    names_ = ", ".join(f'"{name}"' for name in columns)
    insert = f"INSERT OR IGNORE INTO {table}({names_}) VALUES ({', '.join('?' * len(columns))})"
    select = f"SELECT {names_} FROM {table} NOT INDEXED"
    rows = _walk(source, select) if table in _ROWLESS else _by_number(source, table, select)
    count = 0
    for row in rows:
        if row is None:
            saved.broken.add(table)
            continue
        with suppress(sqlite3.IntegrityError, sqlite3.InterfaceError):
            count += target.execute(insert, row).rowcount
    saved.rows[table] = saved.rows.get(table, 0) + count


Rows = Iterator[tuple[object, ...] | None]
"""None stands for rows that could not be read."""


def _walk(source: Connection, select: str) -> Rows:
    try:
        yield from source.execute(select)
    except sqlite3.Error:
        yield None


def _by_number(source: Connection, table: str, select: str) -> Rows:
    """Rows by their number; around damage the ranges become smaller, down to one row."""
    try:
        low, high = source.execute(f"SELECT min(rowid), max(rowid) FROM {table}").fetchone()
    except sqlite3.Error:
        low, high = 1, _guess(source, table)
        yield None
    if low is None:
        return
    ranges = [(start, min(start + _CHUNK - 1, high)) for start in range(low, high + 1, _CHUNK)]
    ranges.reverse()
    while ranges:
        start, end = ranges.pop()
        try:
            yield from source.execute(
                f"{select} WHERE rowid BETWEEN ? AND ?", (start, end)
            ).fetchall()
        except sqlite3.Error:
            if start == end:
                yield None
                continue
            middle = (start + end) // 2
            ranges += [(middle + 1, end), (start, middle)]


def _guess(source: Connection, table: str) -> int:
    """How far the numbers of a table may go when its end can't be read."""
    with suppress(sqlite3.Error):
        row = source.execute("SELECT max(seq) FROM sqlite_sequence").fetchone()
        return int(row[0] or 0)
    return 100_000


def _fill_up(target: Connection, copies: list[Path], saved: _Saved) -> Path | None:
    """Rows that are missing, from the newest daily copy that is whole."""
    for copy in copies:
        if not _whole(copy):
            continue
        source = connect(copy, "ro", immutable=True)
        source.row_factory = None
        try:
            for table in _TABLES:
                columns = _columns(source, table, target)
                if columns and table in saved.broken:
                    _copy(source, target, table, columns, _Saved(saved.rows))
        finally:
            source.close()
        return copy
    return None


def _line(saved: _Saved, kept: Path, copy: Path | None) -> str:
    found = f"the library was damaged and is repaired with {saved.rows['entries']} entries"
    if copy is not None:
        found += f", some from the copy of {copy.stem.removeprefix('library-')}"
    elif saved.broken:
        found += "; some could not be read, and there was no copy"
    return f"{found}; the damaged file is kept as {kept}"
