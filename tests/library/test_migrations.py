"""Libraries of earlier versions are brought up with a copy kept; later ones are left alone."""

import gzip
import hashlib
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.library.conftest import Open, titles
from tui.domain.editions import Edition
from tui.domain.errors import LibraryError, LibraryTooNew
from tui.library import schema
from tui.library.database import connect
from tui.library.store import SqliteLibrary
from tui.paths import Paths

DATA = Path(__file__).parent / "data"


def _tables(file: Path) -> set[str]:
    connection = connect(file, "ro")
    try:
        rows = connection.execute(
            "SELECT type || ' ' || name || ' ' || tbl_name FROM sqlite_schema"
        )
        return {row[0] for row in rows}
    finally:
        connection.close()


@pytest.mark.parametrize("version", range(1, schema.VERSION))
def test_an_earlier_library_is_migrated_with_a_copy_first(
    version: int, paths: Paths, open_shelf: Open, tmp_path: Path
) -> None:
    paths.data.mkdir(parents=True)
    old = gzip.decompress((DATA / f"library-{version}.db.gz").read_bytes())
    paths.library.write_bytes(old)
    heard: list[tuple[str, float]] = []
    shelf = open_shelf(told=lambda what, share: heard.append((what, share)))
    assert {what for what, _ in heard} == {"making the library ready"}
    assert all(0 <= share <= 1 for _, share in heard)
    assert titles(shelf, "is:starred muller") == ["Müller wins election"]
    assert titles(shelf, "tag:later note:remember") == ["Third"]
    assert titles(shelf, "is:read") == ["Second"]
    assert titles(shelf, "person:merkel") == ["Müller wins election"]
    reading = shelf.reading(3)
    assert reading is not None
    assert reading.article is not None  # starred: kept in the library, there is no cache
    assert titles(shelf, "", "title") == ["Müller wins election", "Second", "Third"]
    assert titles(shelf, "", "story") == titles(shelf, "")
    assert shelf.undo() == "saved the virtual feed Berlin"
    copy = paths.backups / f"library-before-version-{schema.VERSION}.db"
    connection = sqlite3.connect(copy)
    assert connection.execute("PRAGMA user_version").fetchone()[0] == version
    assert connection.execute("SELECT count(*) FROM entries").fetchone()[0] == 3
    connection.close()
    fresh = connect(tmp_path / "fresh.db")
    from tui.library import migrations

    migrations.migrate(fresh)
    fresh.close()
    assert _tables(paths.library) >= _tables(tmp_path / "fresh.db")


def _enlarged(file: Path, copies: int) -> None:
    """The entries of an earlier library many times over, so that its migration takes a while."""
    connection = sqlite3.connect(file)
    for table in ("entries", "details", "contents", "bodies"):
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        new = {"id": "id + 3 * n", "key": "key || '#' || n"}
        connection.execute(
            f"WITH RECURSIVE many(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM many WHERE n < ?) "
            f"INSERT INTO {table} SELECT {', '.join(new.get(c, c) for c in columns)} "
            f"FROM {table} JOIN many",
            (copies,),
        )
    connection.commit()
    connection.close()


@pytest.mark.parametrize("version", [1, schema.VERSION - 1])
def test_a_migration_that_is_killed_is_old_or_new_and_goes_on(
    version: int, paths: Paths, open_shelf: Open
) -> None:
    paths.data.mkdir(parents=True)
    paths.library.write_bytes(gzip.decompress((DATA / f"library-{version}.db.gz").read_bytes()))
    _enlarged(paths.library, 4000)
    code = (
        "import sys; from tui import paths; from tui.library.store import open_library\n"
        "from tui.settings import Settings\n"
        "told = lambda what, share: print(f'{share:.3f}', flush=True)\n"
        "open_library(paths.find({'BROADSHEET_HOME': sys.argv[1]}), Settings(), told=told).close()"
    )
    command = [sys.executable, "-c", code, str(paths.data.parent)]
    found = set()
    for words in (1, 2, 4, 6, 8, 12):
        process = subprocess.Popen(command, stdout=subprocess.PIPE)
        assert process.stdout is not None
        for _ in range(words):
            process.stdout.readline()
        process.kill()
        process.communicate()
        connection = sqlite3.connect(paths.library)
        found.add(connection.execute("PRAGMA user_version").fetchone()[0])
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert connection.execute("SELECT count(*) FROM entries").fetchone()[0] == 3 * 4001
        connection.close()
    assert found <= {version, schema.VERSION}
    assert version in found
    shelf = open_shelf()
    if version < 5:  # whose index is made anew
        assert len(titles(shelf, "muller wins")) == 4001
    assert titles(shelf, "", "title")[4001] == "Second"
    assert shelf.problems == ()
    assert not list(paths.backups.glob("*.partial"))


def test_a_second_process_is_told_that_the_first_makes_it_ready(
    paths: Paths, open_shelf: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths.data.mkdir(parents=True)
    paths.library.write_bytes(gzip.decompress((DATA / "library-5.db.gz").read_bytes()))
    monkeypatch.setattr("tui.library.database.BUSY_SECONDS", 0.1)
    first = connect(paths.library)
    first.execute("BEGIN IMMEDIATE")
    with pytest.raises(LibraryError, match="making the library ready; try again in a minute"):
        open_shelf()
    first.close()
    assert titles(open_shelf(), "is:read") == ["Second"]


def test_a_later_library_is_refused_untouched(
    paths: Paths, open_shelf: Open, shelf: SqliteLibrary
) -> None:
    shelf.subscribe("https://a.example/feed")
    shelf.close()
    connection = connect(paths.library, "rw")
    connection.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    connection.close()
    before = hashlib.sha256(paths.library.read_bytes()).hexdigest()
    with pytest.raises(LibraryTooNew, match="later Broadsheet"):
        open_shelf()
    assert hashlib.sha256(paths.library.read_bytes()).hexdigest() == before
    assert not list(paths.data.glob("library-damaged*"))


def test_two_processes_may_migrate_at_once(paths: Paths, open_shelf: Open) -> None:
    first, second = open_shelf(), open_shelf()
    first.subscribe("https://a.example/feed")
    assert second.window(Edition(), 0, 1).total == 0
    assert len(second.feeds()) == 1
