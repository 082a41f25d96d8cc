"""Scripts of SQL inside a transaction."""

import sqlite3

from tui.library.database import Connection


def run_script(connection: Connection, script: str) -> None:
    """The statements of `script` inside the open transaction (executescript would commit it)."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            connection.execute(statement)
            statement = ""
