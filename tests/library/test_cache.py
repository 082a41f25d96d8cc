"""The cache holds bytes, never code; losing it loses nothing; what goes from it is chosen by us."""

import pickle
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from tests.library.conftest import Clock, Open, article, deliver, entries, names, titles
from tui.domain.editions import Edition
from tui.domain.naming import Kind
from tui.library.cache import Cache
from tui.library.store import SqliteLibrary
from tui.paths import Paths
from tui.settings import CacheSettings, Settings, Size


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache")


class Trap:
    """Leaves a file behind when it is unpickled."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def __reduce__(self) -> tuple[object, tuple[str, str]]:
        return (open, (str(self.file), "w"))


def test_what_is_put_is_got(cache: Cache) -> None:
    small, large = b"small", b"large" * 10_000
    assert cache.put("a", small, "x")
    assert cache.put("b", large, "y")
    assert (cache.get("a"), cache.get("b"), cache.get("c")) == (small, large, None)
    assert cache.sizes() == {"x": (1, 5), "y": (1, 50_000)}
    assert cache.delete(["a", "c"]) == 1
    assert cache.get("a") is None
    cache.close()
    assert cache.get("b") == large
    cache.close()


def test_a_pickle_is_never_read(cache: Cache, tmp_path: Path) -> None:
    trap = tmp_path / "sprung"
    code = pickle.dumps(Trap(trap))
    cache.put("a", b"good", "x")
    cache.close()
    connection = sqlite3.connect(cache.file)
    # diskcache's own form for a pickle in the table.
    connection.execute("UPDATE Cache SET mode = 4, value = ? WHERE key = 'a'", (code,))
    connection.commit()
    connection.close()
    assert cache.get("a") is None
    assert not trap.exists()
    cache.close()


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "ab/../../secret", "secret"])
def test_a_file_name_with_a_path_is_never_followed(cache: Cache, tmp_path: Path, name: str) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(b"secret")
    (tmp_path / "cache").mkdir(exist_ok=True)
    cache.put("a", b"x" * 100_000, "x")
    cache.close()
    connection = sqlite3.connect(cache.file)
    connection.execute("UPDATE Cache SET filename = ? WHERE key = 'a'", (name,))
    connection.commit()
    connection.close()
    assert cache.get("a") is None
    assert cache.put("a", b"new", "x")  # lets go of the old value
    assert secret.read_bytes() == b"secret"
    cache.close()


@pytest.mark.parametrize("damage", [b"", b"\0" * 9000, b"text " * 3000])
def test_a_damaged_table_is_made_anew_and_foreign_files_stay(cache: Cache, damage: bytes) -> None:
    cache.put("a", b"x" * 100_000, "x")
    cache.close()
    foreign = cache.folder / "my notes.txt"
    foreign.write_text("mine")
    cache.file.write_bytes(damage)
    assert cache.get("a") is None
    assert cache.put("b", b"again", "x")
    assert cache.get("b") == b"again"
    assert foreign.read_text() == "mine"
    cache.close()


def filled(shelf: SqliteLibrary, count: int = 6) -> tuple[int, ...]:
    feed = shelf.subscribe("https://a.example/feed")
    ids = deliver(shelf, feed, entries(*(f"Title {n}" for n in range(count))))
    for entry in ids:
        text = f"Angela Merkel. Story {entry}. " * 300
        found = names(text, Angela_Merkel=Kind.PERSON) if entry == ids[-1] else None
        image = f"https://a.example/{entry}.png"
        shelf.save_article(entry, article(text, lead_image=image), found)
        shelf.save_image(image, b"p" * 20_000)
    return ids


def here(shelf: SqliteLibrary) -> list[str]:
    return titles(shelf, "is:cached")


def test_a_deleted_cache_is_filled_again_without_a_word(open_shelf: Open, paths: Paths) -> None:
    import shutil

    shelf = open_shelf()
    ids = filled(shelf)
    shelf.mark([ids[0]], starred=True)
    shelf.mark([ids[1]], read=True)
    shelf.close()
    shutil.rmtree(paths.cache)
    again = open_shelf()
    assert again.problems == ()
    reading = again.reading(ids[2])
    assert reading is not None
    assert reading.article is None
    assert here(again) == ["Title 0"]
    kept = again.reading(ids[0])
    assert kept is not None
    assert kept.article is not None
    assert [e.title for e in again.to_fetch(9)] == [f"Title {n}" for n in (2, 3, 4, 5)]
    assert titles(again, '"story 3"') != []  # what was read can still be found


def budget(open_shelf: Open, limit: int) -> SqliteLibrary:
    return open_shelf(replace(Settings(), cache=CacheSettings(limit=Size(limit))))


def test_what_goes_first_and_what_never_goes(open_shelf: Open) -> None:
    shelf = budget(open_shelf, 1)
    ids = filled(shelf, 6)
    shelf.mark([ids[0]], starred=True)
    shelf.mark([ids[1]], queued=True)
    shelf.note(ids[2], "keep")
    shelf.pin([ids[3]])
    assert shelf.upkeep() == ()
    assert here(shelf) == ["Title 0", "Title 1", "Title 2", "Title 3"]
    gone = shelf.reading(ids[4])
    assert gone is not None
    assert gone.article is None
    assert gone.why.startswith("evicted to stay in the budget")
    assert shelf.image(f"https://a.example/{ids[4]}.png") is None
    assert shelf.image(f"https://a.example/{ids[3]}.png") is not None
    assert titles(shelf, f'"story {ids[4]}"') == ["Title 4"]


def test_read_and_old_goes_before_unread_and_followed(open_shelf: Open) -> None:
    shelf = open_shelf()
    ids = filled(shelf, 90)
    read = ids[40:]
    shelf.mark(read, read=True)
    shelf.follow("angela merkel", "Angela Merkel", "person")  # the oldest, read
    volume = shelf.cache.volume()
    shelf.close()
    tight = budget(open_shelf, volume - 100_000)
    tight.upkeep()
    left = set(here(tight))
    assert {f"Title {n}" for n in range(40)} < left
    assert "Title 89" in left  # followed
    assert "Title 88" not in left
    assert "Title 40" in left


def test_what_was_evicted_unread_comes_back_when_there_is_room(open_shelf: Open) -> None:
    shelf = budget(open_shelf, 1)
    ids = filled(shelf)
    shelf.upkeep()
    assert here(shelf) == []
    assert shelf.to_fetch(9) == []
    shelf.want(ids[3])
    assert [e.id for e in shelf.to_fetch(9)] == [ids[3]]
    shelf.close()
    roomy = open_shelf()
    roomy.upkeep()
    assert len(roomy.to_fetch(9)) == 6


def test_a_star_that_is_taken_lets_go_at_the_next_upkeep(shelf: SqliteLibrary) -> None:
    ids = filled(shelf)
    shelf.mark(ids[:1], starred=True)
    assert shelf.report().counts["kept"] == 1
    shelf.mark(ids[:1], starred=False)
    shelf.upkeep()
    assert shelf.report().counts["kept"] == 0
    assert here(shelf)[0] == "Title 0"


def test_what_takes_how_much(shelf: SqliteLibrary) -> None:
    filled(shelf)
    found = shelf.report()
    assert {s.what: s.count for s in found.cache}["article"] == 6
    assert {s.what: s.bytes for s in found.cache}["image"] == 6 * 20_000
    assert found.counts["entries"] == found.counts["texts"] == 6
    assert {"search index", "texts for the search", "entries"} <= {s.what for s in found.library}
    assert found.problems == ()


# Retention


def test_read_entries_go_after_their_time_and_never_come_back(
    open_shelf: Open, clock: Clock
) -> None:
    settings = replace(Settings(), feeds={"https://a.example/feed": {"keep": "7d"}})
    shelf = open_shelf(settings)
    ids = filled(shelf, 6)
    other = shelf.subscribe("https://b.example/feed")
    deliver(shelf, other, entries("other", host="b.example", start=9))
    shelf.mark(Edition("is:unread"), read=True)
    shelf.mark([ids[0]], starred=True)
    shelf.label([ids[1]][0], ["later"])
    shelf.note(ids[2], "note")
    shelf.mark([ids[3]], read=False)
    clock.forward(days=8)
    assert shelf.upkeep() == ()
    assert titles(shelf, "") == ["Title 0", "Title 1", "Title 2", "Title 3", "other"]
    assert titles(shelf, f'"story {ids[5]}"') == []
    assert shelf.counts()[0].total == 5
    assert shelf.entity_page(["angela merkel"]).total == 0
    feed = shelf.feeds()[0]
    listed = entries(*(f"Title {n}" for n in range(6)))
    deliver(shelf, feed, listed)
    deliver(shelf, feed, tuple(replace(e, id=f"new {e.id}") for e in listed))
    assert len(titles(shelf, "")) == 5


def test_an_unsubscribed_feed_goes_for_good_after_weeks(shelf: SqliteLibrary, clock: Clock) -> None:
    ids = filled(shelf)
    shelf.mark(ids[:1], starred=True)
    shelf.unsubscribe(1)
    clock.forward(days=29)
    shelf.upkeep()
    assert shelf.report().counts["entries"] == 6
    clock.forward(days=2)
    shelf.upkeep()
    assert shelf.report().counts["entries"] == 1
    assert titles(shelf, "") == ["Title 0"]
    shelf.mark(ids[:1], starred=False, hidden=True)
    shelf.upkeep()
    assert shelf.feed(1) is None
