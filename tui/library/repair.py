"""A damaged library: its file is put aside under a dated name, and what can be read of it goes into
a new one, row by row. What can't is taken from the newest daily copy. The search index and the
counts are made anew.
"""

import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from tui.library import backup, indexing, migrations, names, salvage, sorting
from tui.library.database import Connection, connect
from tui.library.location import marker
from tui.library.progress import Progress, unheard
from tui.library.salvage import TABLES, Saved
from tui.library.schema import INCOMPLETE, UNINDEXED
from tui.library.scripts import run_script
from tui.paths import Paths

# What one table lost, another may still know: entries of a feed whose row is lost stay, as do
# entries of which only the state is lost.
_INFER = """
INSERT OR IGNORE INTO feeds(id, url, title, added)
  SELECT DISTINCT feed, 'lost:' || feed, 'Recovered feed ' || feed, first_seen FROM entries
  WHERE feed NOT IN (SELECT id FROM feeds);
INSERT OR IGNORE INTO feeds(id, url, title, added)
  SELECT DISTINCT feed, 'lost:' || feed, 'Recovered feed ' || feed, 0 FROM details
  WHERE feed NOT IN (SELECT id FROM feeds);
INSERT INTO entries(id, feed, at, first_seen, read)
  SELECT id, feed, COALESCE(published, 0), COALESCE(published, 0), 1 FROM details
  WHERE id NOT IN (SELECT id FROM entries);
"""
_SETTLE = """
DELETE FROM entries WHERE id NOT IN (SELECT id FROM details);
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


_GAPS = {
    "feeds": "SELECT 1 FROM entries WHERE feed NOT IN (SELECT id FROM feeds)",
    "entries": "SELECT 1 FROM details WHERE id NOT IN (SELECT id FROM entries)",
    "details": "SELECT 1 FROM entries WHERE id NOT IN (SELECT id FROM details)",
}


def repair(paths: Paths, now: datetime, progress: Progress = unheard) -> str:
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
        saved, copy = _fill(new, kept, backup.copies(paths.backups), progress)
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


def complete(connection: Connection, progress: Progress = unheard) -> None:
    """Make the search index anew where it is empty: after a migration, or when a daily copy was put
    in the library's place. Ended half way, it is begun again at the next start."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        _complete(connection, progress)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _complete(connection: Connection, progress: Progress) -> None:
    asked = "SELECT 1 FROM meta WHERE name = ?"
    if connection.execute(asked, (UNINDEXED,)).fetchone() is None:
        return  # another process did it while we waited
    if connection.execute("SELECT EXISTS (SELECT 1 FROM entries)").fetchone()[0]:
        indexing.rebuild(connection, progress)
        names.count_again(connection)
        connection.execute("INSERT OR REPLACE INTO meta VALUES (?, 1)", (INCOMPLETE,))
    connection.execute("DELETE FROM meta WHERE name = ?", (UNINDEXED,))


def _put_aside(library: Path, now: datetime) -> Path:
    kept = library.with_name(f"library-damaged-{now:%Y%m%d-%H%M%S}.db")
    if library.exists():
        library.replace(kept)
    for beside in _beside(library):
        if beside.exists():
            beside.replace(kept.with_name(beside.name.replace(library.name, kept.name)))
    return kept


def _fill(
    new: Path, kept: Path, copies: list[Path], progress: Progress
) -> tuple[Saved, Path | None]:
    target = connect(new)
    try:
        target.execute(f"PRAGMA page_size = {migrations.PAGE}")
        target.execute("PRAGMA journal_mode = WAL")
        migrations.migrate(target)
        target.execute("BEGIN IMMEDIATE")
        saved = Saved()
        _salvage(kept, target, saved)
        _suspect(target, saved)
        used = _fill_up(target, copies, saved)
        run_script(target, _INFER + _SETTLE)
        sorting.fill(target)
        target.execute("DELETE FROM meta WHERE name = ?", (UNINDEXED,))
        indexing.rebuild(target, progress)
        names.count_again(target)
        if saved.broken & {"mentions", "entities", "bodies"}:
            target.execute("INSERT OR REPLACE INTO meta VALUES (?, 1)", (INCOMPLETE,))
        saved.rows["entries"] = target.execute("SELECT count(*) FROM entries").fetchone()[0]
        target.execute("COMMIT")
        target.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        target.close()
    return saved, used


def _salvage(kept: Path, target: Connection, saved: Saved) -> None:
    """Copy every row of `kept` that can be read."""
    try:
        source = connect(kept, "rw")
    except sqlite3.Error:
        saved.broken.update(TABLES)
        return
    # Text that is damaged is no reason to lose the row.
    source.text_factory = lambda data: data.decode("utf-8", "replace")
    source.row_factory = None
    try:
        for table in TABLES:
            found = salvage.columns(source, table, target)
            if not found:
                saved.broken.add(table)
                continue
            salvage.copy(source, target, table, found, saved)
    finally:
        source.close()


def _suspect(target: Connection, saved: Saved) -> None:
    """Tables that must have lost something, since others name what they don't have."""
    for table, query in _GAPS.items():
        if target.execute(f"SELECT EXISTS ({query})").fetchone()[0]:
            saved.broken.add(table)


def _fill_up(target: Connection, copies: list[Path], saved: Saved) -> Path | None:
    """Rows that are missing, from the newest daily copy that is whole."""
    copy = next(filter(_whole, copies), None)
    if copy is None:
        return None
    source = connect(copy, "ro", immutable=True)
    source.row_factory = None
    before = dict(saved.rows)
    try:
        for table in TABLES:
            found = salvage.columns(source, table, target)
            if found and (table in saved.broken or _shrunk(source, table, saved)):
                saved.broken.add(table)
                salvage.copy(source, target, table, found, Saved(saved.rows))
    finally:
        source.close()
    return copy if saved.rows != before else None


def _shrunk(source: Connection, table: str, saved: Saved) -> bool:
    """A table of which most is gone since the copy was made has lost it: noise can look empty."""
    had: int = source.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    return had > 0 and saved.rows.get(table, 0) < had / 2


def _line(saved: Saved, kept: Path, copy: Path | None) -> str:
    found = f"the library was damaged and is repaired with {saved.rows['entries']} entries"
    if copy is not None:
        found += f", some from the copy of {copy.stem.removeprefix('library-')}"
    elif saved.broken:
        found += "; some could not be read, and there was no copy"
    return f"{found}; the damaged file is kept as {kept}"
