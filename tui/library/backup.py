"""Copies of the library by SQLite's backup API: whole while others write.

Daily copies leave out what can be made again (search index, names), which is most of the bytes.
"""

import re
from contextlib import closing, suppress
from datetime import date, datetime
from pathlib import Path

from tui import paths as places
from tui.library import schema
from tui.library.database import connect
from tui.library.progress import Progress, unheard

_PAGES = 1000  # that are copied before progress is told again
_DAILY = re.compile(r"library-\d{4}-\d{2}-\d{2}\.db")


def copy_whole(file: Path, folder: Path, name: str) -> Path:
    """A complete copy of the library `file` as `folder/name`. Raises sqlite3.Error, OSError."""
    # In one step: a copy in several starts again whenever another process writes.
    return _copy(file, folder, name, -1, unheard)


def copy_locked(file: Path, folder: Path, name: str, progress: Progress) -> Path:
    """As `copy_whole`, for one who holds the lock for writing: nobody else writes meanwhile."""
    return _copy(file, folder, name, _PAGES, progress)


def _copy(file: Path, folder: Path, name: str, pages: int, progress: Progress) -> Path:
    target = places.make(folder) / name
    partial = target.with_suffix(".partial")
    partial.unlink(missing_ok=True)
    try:
        with closing(connect(file, "rw")) as source, closing(connect(partial)) as copy:
            source.backup(
                copy,
                pages=pages,
                progress=lambda _status, left, total: progress(1 - left / max(total, 1)),
            )
            copy.execute("PRAGMA journal_mode = DELETE")
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
    return target


def daily(file: Path, folder: Path, now: datetime, keep: int) -> Path | None:
    """Today's copy, if there is none yet, and only the last `keep`; returns it if it was made."""
    name = f"library-{now.date().isoformat()}.db"
    if keep <= 0 or (folder / name).exists():
        return None
    copy = copy_whole(file, folder, f"{name}.new")
    try:
        _strip(copy)
        copy.replace(folder / name)
    finally:
        copy.unlink(missing_ok=True)
    prune(folder, now.date(), keep)
    return folder / name


def _strip(copy: Path) -> None:
    connection = connect(copy, "rw")
    try:
        connection.execute("DROP TABLE search")
        connection.execute(schema.SEARCH)
        connection.execute("DELETE FROM mentions")
        connection.execute("DELETE FROM bodies")
        # Should the copy be put in the library's place, it is completed when it is opened.
        connection.execute("INSERT OR REPLACE INTO meta VALUES (?, 1)", (schema.UNINDEXED,))
        connection.execute("VACUUM")
    finally:
        connection.close()


def copies(folder: Path) -> list[Path]:
    """The daily copies, the newest first."""
    if not folder.is_dir():
        return []
    return sorted((f for f in folder.iterdir() if _DAILY.fullmatch(f.name)), reverse=True)


def prune(folder: Path, today: date, keep: int) -> None:
    """Keep the newest `keep` copies. One dated in the future (the clock was wrong) goes first."""
    found = copies(folder)
    limit = f"library-{today.isoformat()}.db"
    order = [f for f in found if f.name <= limit] + [f for f in found if f.name > limit]
    for old in order[keep:]:
        with suppress(OSError):
            old.unlink()
