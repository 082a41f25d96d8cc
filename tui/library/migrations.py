"""A library of any earlier version becomes one of this version, with a copy kept first.

A library of a later version is refused untouched: its own Broadsheet knows what is in it.
"""

from pathlib import Path

from tui.domain.errors import LibraryTooNew
from tui.library import backup, schema, sorting
from tui.library.database import Connection, connect
from tui.library.scripts import run_script

PAGE = 16_384


def prepare(file: Path, backups: Path, *, network: bool = False) -> None:
    """Make or migrate the library in `file`. Raises LibraryTooNew, sqlite3.Error, OSError.

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
        if version > 0:
            backup.copy_whole(file, backups, f"library-before-version-{schema.VERSION}.db")
        elif not network:
            connection.execute("PRAGMA journal_mode = WAL")
        migrate(connection)
    finally:
        connection.close()


def read_version(connection: Connection) -> int:
    """The version of the open library; 0 is an empty file. Raises LibraryTooNew."""
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > schema.VERSION:
        raise LibraryTooNew(
            f"this library was made by a later Broadsheet (version {version}, this one reads "
            f"up to {schema.VERSION}); nothing was changed, please update"
        )
    return version


def migrate(connection: Connection) -> None:
    """All steps to this version in one transaction. Another process may have been faster."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        version = read_version(connection)
        if version == 0:
            run_script(connection, schema.FIRST_VERSION)
            version = 1
        for step in range(version, schema.VERSION):
            run_script(connection, schema.STEPS[step])
            if step == 5:
                sorting.make(connection)
        connection.execute(f"PRAGMA user_version = {schema.VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
