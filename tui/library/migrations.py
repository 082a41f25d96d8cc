"""A library of any earlier version becomes one of this version, with a copy kept first.

A library of a later version is refused untouched: its own Broadsheet knows what is in it.
"""

import sqlite3
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tui.domain.errors import LibraryError, LibraryTooNew
from tui.library import backup, schema, sorting
from tui.library.database import Connection, connect
from tui.library.progress import Progress, part, unheard
from tui.library.scripts import run_script

PAGE = 16_384
_COPIED = 0.3
"""The share of a migration that the copy takes, about."""


def prepare(
    file: Path, backups: Path, *, network: bool = False, progress: Progress = unheard
) -> None:
    """Make or migrate the library in `file`. Raises LibraryError, sqlite3.Error, OSError.

    On a `network` disk it keeps no write-ahead log: that needs memory shared with other machines.
    """
    connection = connect(file)
    try:
        version = read_version(connection)
        if version == 0:
            # Articles of some kilobytes leave little of a page empty when several fit into one.
            connection.execute(f"PRAGMA page_size = {PAGE}")
        if network:
            connection.execute("PRAGMA journal_mode = TRUNCATE")
        if version == schema.VERSION:
            return
        if version == 0 and not network:
            connection.execute("PRAGMA journal_mode = WAL")
        migrate(connection, partial(_copy, file, backups), progress)
    finally:
        connection.close()


def _copy(file: Path, backups: Path, progress: Progress) -> None:
    name = f"library-before-version-{schema.VERSION}.db"
    backup.copy_locked(file, backups, name, progress)


def read_version(connection: Connection) -> int:
    """The version of the open library; 0 is an empty file. Raises LibraryTooNew."""
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > schema.VERSION:
        raise LibraryTooNew(
            f"this library was made by a later Broadsheet (version {version}, this one reads "
            f"up to {schema.VERSION}); nothing was changed, please update"
        )
    return version


def migrate(
    connection: Connection,
    copy: Callable[[Progress], None] = lambda _progress: None,
    progress: Progress = unheard,
) -> None:
    """All steps to this version in one transaction, so that whatever ends it leaves the library as it
    was; `copy` keeps a copy of an earlier version before. Raises LibraryError, sqlite3.Error.

    Another process may have been faster.
    """
    _lock(connection)
    try:
        version = read_version(connection)
        if version == 0:
            run_script(connection, schema.FIRST_VERSION)
        elif version < schema.VERSION:
            copy(part(progress, 0, _COPIED))
        for step in range(version or 1, schema.VERSION):
            run_script(connection, schema.STEPS[step])
            if step == schema.UNSORTED:
                sorting.make(connection, part(progress, _COPIED, 1))
        connection.execute(f"PRAGMA user_version = {schema.VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _lock(connection: Connection) -> None:
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
        raise LibraryError(
            "another Broadsheet is making the library ready; try again in a minute"
        ) from error
