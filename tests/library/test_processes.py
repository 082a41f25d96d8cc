"""Several processes and threads of one user at once."""

import asyncio
import json
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.library.conftest import deliver, entries
from tui.domain.editions import Edition
from tui.domain.errors import LibraryError
from tui.library.store import SqliteLibrary, open_library
from tui.paths import Paths
from tui.settings import Settings


def test_three_readers_and_a_sync_never_stand_in_each_others_way(
    tmp_path: Path, paths: Paths
) -> None:
    folder = str(paths.data.parent)
    command = [sys.executable, "-W", "error", "-m", "tests.library.neighbour", folder]
    running = [
        subprocess.Popen([*command, role, "4", str(seed)], stdout=subprocess.PIPE, text=True)
        for seed, role in enumerate(["sync", "reader", "reader", "reader"])
    ]
    told = [json.loads(process.communicate(timeout=120)[0]) for process in running]
    assert [process.returncode for process in running] == [0, 0, 0, 0]
    assert [error for one in told for error in one["errors"]] == []
    assert all(one["rounds"] > 0 for one in told)
    # Everybody saw others' changes while they worked.
    assert all(one["changes"] > 1 for one in told[1:])
    shelf = open_library(paths, Settings())
    c = shelf.database.reader()
    assert c.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    unread = c.execute("SELECT count(*) FROM entries WHERE read = 0 AND hidden = 0").fetchone()[0]
    assert shelf.counts()[0].unread == unread
    assert shelf.counts()[0].total > 0
    shelf.close()


def test_another_process_is_noticed(paths: Paths, shelf: SqliteLibrary) -> None:
    before = shelf.changes()
    other = open_library(paths, Settings())
    deliver(other, other.subscribe("https://a.example/feed"), entries("one"))
    assert shelf.changes() != before
    assert shelf.window(Edition("is:unread"), 0, 9).total == 1
    settled = shelf.changes()
    assert shelf.changes() == settled
    other.close()


def test_threads_share_a_library(shelf: SqliteLibrary) -> None:
    ids = deliver(
        shelf,
        shelf.subscribe("https://a.example/feed"),
        entries(*(f"Title {n}" for n in range(40))),
    )

    async def all_at_once() -> None:
        await asyncio.gather(
            *(asyncio.to_thread(shelf.mark, [entry], read=True) for entry in ids),
            *(asyncio.to_thread(shelf.window, Edition("title"), n, 10) for n in range(40)),
            *(asyncio.to_thread(shelf.note, entry, f"note {entry}") for entry in ids[:10]),
        )

    asyncio.run(all_at_once())
    assert shelf.counts()[0].unread == 0
    assert shelf.count("note:note").total == 10
    assert len(shelf.history(100)) == 51


def test_a_reader_sees_one_moment_while_another_writes(shelf: SqliteLibrary, paths: Paths) -> None:
    feed = shelf.subscribe("https://a.example/feed")
    other = open_library(paths, Settings())
    stop = threading.Event()

    def write() -> None:
        for n in range(60):
            deliver(other, feed, entries("one", "two", "three", start=n * 3))
        stop.set()

    writer = threading.Thread(target=write)
    writer.start()
    while not stop.is_set():
        window = shelf.window(Edition(), 0, 1000)
        assert window.total == len(window.headlines)
        assert window.total % 3 == 0
    writer.join()
    other.close()
    assert shelf.window(Edition(), 0, 1).total == 180


@pytest.mark.parametrize("way", ["read", "alone"])
def test_closing_waits_for_the_readers_of_other_threads(shelf: SqliteLibrary, way: str) -> None:
    """SQLite crashes the process when a connection is closed under a running query."""
    begun, errors = threading.Event(), []

    def count(connection: sqlite3.Connection) -> int:
        begun.set()
        slow = (
            "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 300000) "
            "SELECT count(*) FROM n"
        )
        return int(connection.execute(slow).fetchone()[0])

    def read() -> None:
        try:
            assert getattr(shelf.database, way)(count) == 300_000
        except Exception as error:
            errors.append(error)

    thread = threading.Thread(target=read)
    thread.start()
    assert begun.wait(30)
    shelf.close()
    thread.join()
    assert errors == []
    for ask in (shelf.counts, shelf.history, shelf.corrections.all):
        with pytest.raises(LibraryError, match="closed"):
            ask()
    assert all("closed" in problem for problem in shelf.upkeep())
