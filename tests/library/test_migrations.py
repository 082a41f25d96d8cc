"""Libraries of earlier versions are brought up with a copy kept; later ones are left alone."""

import gzip
import hashlib
import sqlite3
from pathlib import Path

import pytest

from tests.library.conftest import Open, titles
from tui.domain.editions import Edition
from tui.domain.errors import LibraryTooNew
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
    shelf = open_shelf()
    assert titles(shelf, "is:starred muller") == ["Müller wins election"]
    assert titles(shelf, "tag:later note:remember") == ["Third"]
    assert titles(shelf, "is:read") == ["Second"]
    assert titles(shelf, "person:merkel") == ["Müller wins election"]
    reading = shelf.reading(3)
    assert reading is not None
    assert reading.article is not None  # starred: kept in the library, there is no cache
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
