"""What goes wrong with files and disks, by doing it: kills, damage, a full disk, one that is read only."""

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tests.library.conftest import NOW, Clock, Open, article, deliver, entries, names, titles
from tui import paths as places
from tui.domain.editions import Edition
from tui.domain.errors import DiskFull, LibraryCorrupt, LibraryReadOnly
from tui.domain.naming import Kind
from tui.library.database import connect
from tui.library.store import SqliteLibrary, open_library
from tui.paths import Paths
from tui.settings import CacheSettings, Settings, Size

TEXT = "Angela Merkel met voters in Berlin. "


def filled(shelf: SqliteLibrary, count: int = 12) -> tuple[int, ...]:
    feed = shelf.subscribe("https://a.example/feed", "Alpha")
    ids = deliver(shelf, feed, entries(*(f"Title {n}" for n in range(count))))
    for entry in ids:
        text = f"{TEXT}Story {entry}."
        shelf.save_article(entry, article(text), names(text, Angela_Merkel=Kind.PERSON))
    shelf.mark(ids[:4], read=True)
    shelf.mark(ids[1:3], starred=True)
    shelf.note(ids[0], "precious")
    return ids


def test_nothing_acknowledged_is_lost_by_kills(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.library.killing", str(tmp_path), "20", "7"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    found = json.loads(done.stdout)
    assert found["acknowledged"] > 0
    assert (found["lost"], found["half"]) == ([], [])


# Damage


def overwrite(file: Path, seed: int, pages: int) -> None:
    """Noise over some pages of the file, none of them the first."""
    pick = random.Random(seed)
    with file.open("r+b") as target:
        for _ in range(pages):
            target.seek(pick.randrange(1, file.stat().st_size // 4096) * 4096)
            target.write(pick.randbytes(4096))


@pytest.mark.parametrize("seed", range(4))
def test_a_damaged_library_is_repaired_and_the_damaged_file_kept(
    seed: int, paths: Paths, open_shelf: Open
) -> None:
    shelf = open_shelf()
    ids = filled(shelf, 60)
    assert shelf.upkeep() == ()
    shelf.mark(ids[10:12], starred=True)
    shelf.close()
    # Enough pages that one of them is read at the start.
    overwrite(paths.library, seed, paths.library.stat().st_size // 4096 // 5)
    damaged = paths.library.read_bytes()
    again = open_shelf()
    (line,) = again.problems
    assert line.startswith("the library was damaged and is repaired with 60 entries")
    (kept,) = paths.data.glob("library-damaged-*.db")
    assert kept.read_bytes()[4096:] == damaged[4096:]
    assert str(kept) in line
    assert again.counts()[0].total == 60
    assert titles(again, "note:precious") == ["Title 0"]
    assert set(titles(again, "is:starred")) >= {"Title 1", "Title 2"}
    assert again.upkeep() == ()
    assert again.entity_page(["angela merkel"]).total == 60
    assert titles(again, '"story 7"') == [f"Title {ids.index(7)}"]
    again.mark(ids, read=True)
    again.close()
    assert open_shelf().problems == ()


@pytest.mark.parametrize("damage", ["header", "emptied", "text"])
def test_a_file_that_is_no_library_any_more_comes_from_the_copy(
    damage: str, paths: Paths, open_shelf: Open
) -> None:
    shelf = open_shelf()
    filled(shelf)
    shelf.upkeep()
    shelf.close()
    match damage:
        case "header":
            with paths.library.open("r+b") as target:
                target.write(b"\0" * 4096)
        case "emptied":
            paths.library.write_bytes(b"")
        case _:
            paths.library.write_text("not a database at all\n" * 500)
    again = open_shelf()
    assert "from the copy of 2026-11-25" in again.problems[0]
    assert again.counts()[0].total == 12
    assert titles(again, "note:precious") == ["Title 0"]
    assert titles(again, "is:starred") == ["Title 1", "Title 2"]


def test_without_a_copy_the_user_is_told(paths: Paths, open_shelf: Open) -> None:
    shelf = open_shelf()
    filled(shelf)
    shelf.close()
    paths.library.write_bytes(b"\1" * 50_000)
    again = open_shelf()
    assert "0 entries; some could not be read, and there was no copy" in again.problems[0]
    again.subscribe("https://b.example/feed")


def test_damage_that_is_met_later_is_repaired_at_the_next_start(
    paths: Paths, open_shelf: Open
) -> None:
    shelf = open_shelf()
    filled(shelf, 60)
    shelf.close()
    again = open_shelf()
    # Noise over everything but the first page, under an open library.
    with paths.library.open("r+b") as target:
        target.seek(4096)
        target.write(random.Random(1).randbytes(paths.library.stat().st_size - 4096))
    with pytest.raises(LibraryCorrupt, match="start again"):
        again.window(Edition("title"), 0, 10)
    again.close()
    assert open_shelf().problems[0].startswith("the library was damaged")


def test_a_copy_can_be_put_in_the_place_of_the_library(paths: Paths, open_shelf: Open) -> None:
    shelf = open_shelf()
    filled(shelf)
    shelf.upkeep()
    shelf.close()
    (copy,) = paths.backups.glob("library-2*.db")
    shutil.copyfile(copy, paths.library)
    again = open_shelf()
    assert again.counts()[0].total == 12
    assert again.upkeep() == ()
    assert titles(again, '"story 7"') == ["Title 5"]
    assert again.entity_page(["angela merkel"]).total == 12


def test_copies_of_the_last_days(paths: Paths, open_shelf: Open, clock: Clock) -> None:
    shelf = open_shelf(replace(Settings(), cache=CacheSettings(backups=3)))
    filled(shelf)
    for _ in range(5):
        assert shelf.upkeep() == shelf.upkeep() == ()
        clock.forward(days=1)
    assert sorted(f.name for f in paths.backups.iterdir()) == [
        "library-2026-11-27.db",
        "library-2026-11-28.db",
        "library-2026-11-29.db",
    ]
    # The clock goes back: the copy of today is made, and one from the future gives way.
    clock.now = NOW
    shelf.upkeep()
    assert (paths.backups / "library-2026-11-25.db").exists()
    assert len(list(paths.backups.iterdir())) == 3


def test_times_from_a_wrong_clock_are_mended(shelf: SqliteLibrary, clock: Clock) -> None:
    clock.forward(days=4000)
    ids = filled(shelf)
    shelf.save_failure(ids[0], "timeout", "x")
    clock.now = NOW
    late = deliver(shelf, shelf.feeds()[0], entries("Now", start=50))
    shelf.upkeep()
    assert all(h.published <= NOW for h in shelf.headlines(Edition(), 0))
    assert late[0] in {e.id for e in shelf.to_fetch(9)}
    page = shelf.entity_page(["angela merkel"])
    assert page.entities[0].last_seen is not None
    assert page.entities[0].last_seen <= NOW


# Read only


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 24 MB of its own; only root can make one."""
    if os.geteuid() != 0:
        pytest.skip("only root can mount a disk")
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(folder)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("this machine lets nobody mount a disk")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def on(disk: Path) -> SqliteLibrary:
    settings = replace(Settings(), cache=CacheSettings(ballast=Size(4 << 20)))
    return open_library(places.find({"BROADSHEET_HOME": str(disk)}), settings, clock=Clock())


def reads(shelf: SqliteLibrary, entry: int) -> bool:
    """True if everything that a reader looks at is there."""
    reading = shelf.reading(entry)
    return (
        reading is not None
        and reading.article is not None
        and titles(shelf, "is:starred muller OR is:starred") != []
        and shelf.counts()[0].total == 12
        and shelf.entity_page(["angela merkel"]).total == 12
    )


@pytest.mark.parametrize("journal", [False, True])
def test_a_read_only_disk_is_read(disk: Path, journal: bool) -> None:
    shelf = on(disk)
    ids = filled(shelf)
    library = places.find({"BROADSHEET_HOME": str(disk)}).library
    if journal:
        # As a killed process leaves it: the last changes are only in the journal.
        for file in library.parent.glob("library.db*"):
            shutil.copyfile(file, disk / f"kept-{file.name}")
    shelf.close()
    if journal:
        for file in library.parent.glob("library.db*"):
            file.unlink()
        for file in disk.glob("kept-*"):
            if not file.name.endswith("-shm"):
                file.rename(library.parent / file.name.removeprefix("kept-"))
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    again = on(disk)
    assert again.problems == (
        f"{library.parent} is read only: reading works, changes are not kept",
    )
    assert reads(again, ids[1])
    assert titles(again, "note:precious") == ["Title 0"]
    for change in (
        lambda: again.mark(ids, read=True),
        lambda: again.note(1, "x"),
        again.undo,
        lambda: again.subscribe("https://b.example/feed"),
        lambda: again.keep_position(1, __import__("tui").domain.editions.Position()),
    ):
        with pytest.raises(LibraryReadOnly):
            change()
    assert again.upkeep() == ()
    assert again.report().counts["entries"] == 12
    again.close()


def test_a_folder_that_may_not_be_written(paths: Paths, open_shelf: Open) -> None:
    """As another user, since root may write everywhere."""
    shelf = open_shelf()
    filled(shelf)
    shelf.close()
    code = (
        "import os, sys; from pathlib import Path; from tui.paths import Paths\n"
        "from tui.library.store import open_library; from tui.settings import Settings\n"
        "from tui.domain.errors import LibraryReadOnly\n"
        "os.getuid() or os.setuid(65534)\n"
        "shelf = open_library(Paths(*map(Path, sys.argv[1:])), Settings())\n"
        "assert shelf.counts()[0].total == 12, shelf.counts()\n"
        "try: shelf.mark([1], read=True)\n"
        "except LibraryReadOnly as error: print(error)\n"
    )
    folders = [paths.data, paths.cache, paths.config, paths.state]
    paths.library.chmod(0o444)
    paths.data.chmod(0o555)
    for parent in paths.data.parents:
        # That user must get there; pytest keeps its folders to their owner.
        if not parent.stat().st_mode & 0o001:
            parent.chmod(0o755)
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, folders)],
        capture_output=True,
        text=True,
        check=False,
    )
    paths.data.chmod(0o700)
    assert "read only" in done.stdout, done.stderr


def test_no_library_and_no_way_to_make_one(disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    with pytest.raises(LibraryReadOnly, match="make the folder writable"):
        on(disk)


def test_a_cache_that_may_not_be_read_is_said_once(paths: Paths, open_shelf: Open) -> None:
    """As another user, since root may read everywhere."""
    shelf = open_shelf()
    filled(shelf)
    shelf.close()
    code = (
        "import os, sys, diskcache; from pathlib import Path; from tui.paths import Paths\n"
        "from tui.library.store import open_library; from tui.settings import Settings\n"
        "from tui.library import report, disk, eviction, retention, upkeep\n"
        "os.getuid() or os.setuid(65534)\n"
        "shelf = open_library(Paths(*map(Path, sys.argv[1:])), Settings())\n"
        "assert shelf.reading(1).article is None or shelf.reading(2).article is not None\n"
        "print(*shelf.upkeep(), sep='\\n'); print(*shelf.report().problems, sep='\\n')\n"
    )
    if os.geteuid() == 0:
        for folder, _, files in os.walk(paths.data):
            for path in (folder, *(os.path.join(folder, file) for file in files)):  # noqa: PTH118
                os.chown(path, 65534, 65534)
    (paths.cache / "articles").chmod(0o000)
    for parent in paths.data.parents:
        if not parent.stat().st_mode & 0o001:
            parent.chmod(0o755)
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            code,
            *map(str, [paths.data, paths.cache, paths.config, paths.state]),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    (paths.cache / "articles").chmod(0o700)
    line = f"the cache in {paths.cache / 'articles'} can't be used (Permission denied); check who owns it"
    assert done.stdout.splitlines() == [line, line], done.stderr


# A full disk


def fill_up(disk: Path) -> None:
    """Write until nothing goes any more."""
    with (disk / "filler").open("ab", buffering=0) as file:
        try:
            while file.write(b"x" * 65_536) == 65_536:
                pass
            file.write(b"x" * 65_536)
        except OSError:
            pass


def test_a_full_disk(disk: Path) -> None:
    shelf = on(disk)
    ids = filled(shelf)
    assert shelf.upkeep() == ()
    paths = places.find({"BROADSHEET_HOME": str(disk)})
    assert paths.ballast.stat().st_size == 4 << 20
    fill_up(disk)
    # A sync stops with a clear line and leaves the ballast to the reader.
    feed = shelf.feeds()[0]
    many = tuple(replace(e, content="words " * 9000) for e in entries("new", "newer", start=90))
    with pytest.raises(DiskFull, match="make room"):
        for n in range(40):
            deliver(shelf, feed, tuple(replace(e, id=f"{n}{e.id}") for e in many))
    assert paths.ballast.exists()
    known = shelf.counts()[0].total
    # The reader's own change finds room in the ballast.
    fill_up(disk)
    for entry in ids:
        shelf.mark([entry], queued=True)
        shelf.note(entry, "a note " * 2000)
        if not paths.ballast.exists():
            break
    assert not paths.ballast.exists()
    assert reads_full(shelf, ids[1], known)
    # With the ballast gone, changes end with a clear line; nothing acknowledged is lost.
    fill_up(disk)
    acknowledged = {}
    with pytest.raises(DiskFull, match="make room"):
        for n in range(4000):
            shelf.note(ids[n % 12], f"note {n} " * 500)
            acknowledged[ids[n % 12]] = f"note {n} " * 500
    assert reads_full(shelf, ids[1], known)
    shelf.close()
    again = on(disk)
    for entry, text in acknowledged.items():
        kept = again.entry(entry)
        assert kept is not None
        assert kept.note == text.strip()
    assert reads_full(again, ids[1], known)
    # Space is back: so is everything else.
    (disk / "filler").unlink()
    again.mark(ids, read=True)
    assert again.upkeep() == ()
    assert paths.ballast.exists()
    with closing(connect(paths.library, "rw")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    again.close()


def test_a_disk_without_a_byte_left_is_read(disk: Path) -> None:
    """Not even the memory that SQLite shares beside the library fits, and there is no ballast."""
    shelf = on(disk)
    ids = filled(shelf)
    shelf.close()
    fill_up(disk)
    again = on(disk)
    (line,) = again.problems
    assert line.startswith("the disk is full: reading works")
    assert reads_full(again, ids[1], 12)
    with pytest.raises(LibraryReadOnly, match="the disk is full; this change was not kept"):
        again.mark(ids, read=True)
    again.close()
    (disk / "filler").unlink()
    back = on(disk)
    assert back.problems == ()
    back.mark(ids, read=True)
    back.close()


def reads_full(shelf: SqliteLibrary, entry: int, total: int) -> bool:
    reading = shelf.reading(entry)
    return (
        reading is not None
        and reading.article is not None
        and shelf.counts()[0].total == total
        and len(shelf.headlines(Edition(), 5)) == 5
    )
