"""Opening the library: where it is, whether it can be written, whether it is whole.

Every way ends with a library that can be read, and a line for each thing the user must know; only
a library of a later version, and one that can't be made at all, are errors.
"""

import contextlib
import errno
import sqlite3
from functools import partial
from pathlib import Path

from tui import paths as places
from tui.domain.errors import DiskFull, LibraryCorrupt, LibraryError, LibraryReadOnly
from tui.domain.records import dataclass
from tui.library import backup, migrations, schema
from tui.library.database import Database, connect, translate
from tui.library.journal import Clock
from tui.library.location import marker, network_disk, writable
from tui.library.progress import Progress, Told, untold
from tui.library.space import Space
from tui.paths import Paths
from tui.settings import Settings

_PROBES = (
    "SELECT count(*) FROM feeds",
    "SELECT id FROM entries WHERE read=0 AND hidden=0 ORDER BY at DESC LIMIT 50",
    "SELECT id, title FROM details ORDER BY id DESC LIMIT 50",
    "SELECT feed, unread FROM counts",
    "SELECT id, change FROM journal ORDER BY id DESC LIMIT 1",
    "SELECT rowid FROM search WHERE search MATCH 'a' LIMIT 1",
)


_READY, _REPAIRING = "making the library ready", "repairing the library"
_UNINDEXED = f"SELECT 1 FROM meta WHERE name = '{schema.UNINDEXED}'"


@dataclass(frozen=True, slots=True)
class Opened:
    """The open database, and what the user must know, a line each."""

    database: Database
    space: Space
    problems: tuple[str, ...] = ()


def open_database(paths: Paths, settings: Settings, clock: Clock, told: Told = untold) -> Opened:
    """Open the library. Raises LibraryTooNew, LibraryReadOnly, DiskFull, LibraryError."""
    try:
        return _open(paths, settings, clock, told)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(f"no space for the library in {paths.data}; make room") from error
        raise LibraryError(
            f"the library in {paths.data} can't be reached: {error.strerror or error}; "
            "check who owns that folder, or name another (XDG_DATA_HOME, BROADSHEET_HOME)"
        ) from error


def _open(paths: Paths, settings: Settings, clock: Clock, told: Told) -> Opened:
    space = Space(paths.ballast, settings.cache.ballast)
    if not writable(paths.library):
        return _read_only(paths, space)
    problems: list[str] = []
    kind = network_disk(paths.data)
    if kind:
        problems.append(
            f"the library is on a network disk ({kind}): use it from one machine at a time, "
            "or set XDG_DATA_HOME to a local folder"
        )
    try:
        problems += _make_ready(paths, space, clock, told, network=bool(kind))
    except DiskFull as error:
        return _without_room(paths, space, error)
    database = Database(
        paths.library,
        relieve=space.relieve,
        damaged=lambda: _mark_damaged(marker(paths.library)),
    )
    return Opened(database, space, tuple(problems))


def _make_ready(
    paths: Paths, space: Space, clock: Clock, told: Told, *, network: bool
) -> list[str]:
    """Make, migrate or repair the file; returns lines for the user."""
    ready, repairing = partial(told, _READY), partial(told, _REPAIRING)
    for last in (False, True):
        try:
            places.make(paths.data)
            if _damaged_before(paths):
                return [_repair(paths, clock, repairing)]
            migrations.prepare(paths.library, paths.backups, network=network, progress=ready)
            _probe(paths.library, ready)
            return []
        except sqlite3.Error as error:
            ours = translate(error)
            if isinstance(ours, LibraryCorrupt):
                return [_repair(paths, clock, repairing)]
            if not isinstance(ours, DiskFull) or last or not space.relieve(True):
                raise ours from error
    return []


def _repair(paths: Paths, clock: Clock, progress: Progress) -> str:
    from tui.library import repair  # seldom needed

    return repair.repair(paths, clock(), progress)


def _damaged_before(paths: Paths) -> bool:
    """An earlier session met damage, or the file was emptied though there are copies of it."""
    if marker(paths.library).exists():
        return True
    emptied = paths.library.exists() and paths.library.stat().st_size == 0
    return emptied and bool(backup.copies(paths.backups))


def _probe(file: Path, progress: Progress) -> None:
    """Read a little from each table that every session needs. Raises sqlite3.DatabaseError."""
    connection = connect(file, "rw")
    try:
        for statement in _PROBES:
            connection.execute(statement).fetchall()
        if connection.execute(_UNINDEXED).fetchone() is not None:
            from tui.library import repair

            repair.complete(connection, progress)
    finally:
        connection.close()


def _mark_damaged(file: Path) -> None:
    with contextlib.suppress(OSError):
        file.touch()


def _read_only(paths: Paths, space: Space) -> Opened:
    """Open what can't be written. Nothing is made, migrated or repaired."""
    if not paths.library.exists():
        raise LibraryReadOnly(f"no library can be made in {paths.data}; make the folder writable")
    line = f"{paths.data} is read only: reading works, changes are not kept"
    for immutable in (False, True):
        # Read only, SQLite still wants to share memory with others through a file beside the
        # library. If that can't be made, the file is taken as it is: nobody else can write it.
        if immutable and _has_journal(paths.library):
            file = _copy_with_journal(paths.library)
            return Opened(_checked(file, immutable=False), space, (line,))
        try:
            return Opened(_checked(paths.library, immutable=immutable), space, (line,))
        except sqlite3.Error as error:
            if immutable:
                raise translate(error) from error
    raise AssertionError


def _without_room(paths: Paths, space: Space, full: DiskFull) -> Opened:
    """Open on a disk so full that the memory which SQLite shares with other processes can't be made
    beside the library: no other has it open, and it is read as it stands. Raises `full`."""
    if not paths.library.exists() or _has_journal(paths.library):
        raise full
    try:
        database = _checked(paths.library, immutable=True, why="the disk is full")
    except (sqlite3.Error, LibraryError):
        raise full from None
    line = "the disk is full: reading works, changes are not kept; make room and start again"
    return Opened(database, space, (line,))


def _checked(
    file: Path, *, immutable: bool, why: str = "the library is read only here"
) -> Database:
    connection = connect(file, "ro", immutable=immutable)
    try:
        version = migrations.read_version(connection)
        if version < schema.VERSION:
            raise LibraryReadOnly(
                "this library was made by an earlier Broadsheet and must be updated, "
                "but its folder can't be written"
            )
        for statement in _PROBES:
            connection.execute(statement).fetchall()
    finally:
        connection.close()
    return Database(file, read_only=True, why=why, immutable=immutable)


def _has_journal(file: Path) -> bool:
    journal = file.with_name(f"{file.name}-wal")
    return journal.exists() and journal.stat().st_size > 0


def _copy_with_journal(file: Path) -> Path:
    """A copy in a temporary folder, in which changes that are only in the journal are read too."""
    import atexit
    import shutil
    import tempfile

    folder = Path(tempfile.mkdtemp(prefix="broadsheet-"))
    copy = folder / file.name
    shutil.copyfile(file, copy)
    shutil.copyfile(file.with_name(f"{file.name}-wal"), copy.with_name(f"{file.name}-wal"))
    connect(copy, "rw").close()  # takes the journal in
    atexit.register(shutil.rmtree, str(folder), ignore_errors=True)
    return copy
