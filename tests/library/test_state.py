"""Every change of state is kept at once and can be taken back, also after a restart."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.library.conftest import Clock, Open, article, deliver, entries, names, titles
from tui import paths as places
from tui.domain.blocks import Source
from tui.domain.editions import Edition, Position
from tui.domain.errors import LibraryError
from tui.domain.naming import Kind
from tui.domain.ports import Correction
from tui.library.store import SqliteLibrary, open_library
from tui.settings import Settings


def filled(shelf: SqliteLibrary) -> tuple[int, ...]:
    feed = shelf.subscribe("https://a.example/feed", "Alpha")
    return deliver(shelf, feed, entries("one", "two", "three", "four"))


def test_marks_are_counted_and_come_back(shelf: SqliteLibrary) -> None:
    ids = filled(shelf)
    assert shelf.mark(ids[:3], read=True) == 3
    assert shelf.mark(ids, read=True) == 1
    assert shelf.counts()[0].unread == 0
    assert shelf.undo() == "marked 1 read"
    assert titles(shelf, "is:unread") == ["four"]
    assert shelf.undo() == "marked 3 read"
    assert shelf.redo() == "marked 3 read"
    assert titles(shelf, "is:unread") == ["four"]


def test_a_whole_edition_is_one_step(shelf: SqliteLibrary) -> None:
    ids = filled(shelf)
    shelf.mark(ids[:1], read=True)
    assert shelf.mark(Edition("is:unread"), read=True, starred=True) == 3
    assert shelf.undo() == "marked 3 read, starred 3"
    assert (shelf.counts()[0].unread, shelf.counts()[0].starred) == (3, 0)


def test_undo_works_after_a_restart(open_shelf: Open) -> None:
    shelf = open_shelf()
    shelf.mark(filled(shelf), read=True)
    shelf.close()
    again = open_shelf()
    assert again.undo() == "marked 4 read"
    assert again.counts()[0].unread == 4


def test_a_new_change_ends_what_could_be_made_again(shelf: SqliteLibrary) -> None:
    ids = filled(shelf)
    shelf.mark(ids[:1], read=True)
    shelf.undo()
    shelf.mark(ids[1:2], starred=True)
    assert shelf.redo() is None


def test_undo_leaves_alone_what_the_step_did_not_change(shelf: SqliteLibrary) -> None:
    ids = filled(shelf)
    shelf.mark(ids[:1], read=True)
    shelf.mark(ids, read=True)
    shelf.undo()
    assert titles(shelf, "is:read") == ["one"]


def test_hidden_entries_are_on_no_list_but_their_own(shelf: SqliteLibrary) -> None:
    ids = filled(shelf)
    shelf.mark(ids[:1], hidden=True)
    assert titles(shelf, "") == ["two", "three", "four"]
    assert titles(shelf, "is:hidden") == ["one"]
    assert shelf.counts()[0].total == 3
    shelf.mark(ids[:1], hidden=False)
    assert shelf.counts()[0].total == 4


def test_labels_and_notes(shelf: SqliteLibrary) -> None:
    ids = filled(shelf)
    shelf.label(ids[0], ["later", " work ", ""])
    shelf.note(ids[0], "ask Zoë\nabout this")
    entry = shelf.entry(ids[0])
    assert entry is not None
    assert (entry.labels, entry.note) == (("later", "work"), "ask Zoë\nabout this")
    assert (
        titles(shelf, "tag:LATER") == titles(shelf, "zoe") == titles(shelf, "note:ask") == ["one"]
    )
    shelf.undo()
    assert titles(shelf, "zoe") == []
    shelf.redo()
    assert titles(shelf, "zoe") == ["one"]
    with pytest.raises(LibraryError, match="no entry number 99"):
        shelf.note(99, "nothing")


def test_the_position_survives(open_shelf: Open) -> None:
    shelf = open_shelf()
    ids = filled(shelf)
    where = Position(12, 40, "The first words", 0.4)
    shelf.keep_position(ids[0], where)
    shelf.close()
    reading = open_shelf().reading(ids[0])
    assert reading is not None
    assert reading.position == where


def test_an_unsubscribed_feed_comes_back_whole(shelf: SqliteLibrary) -> None:
    ids = filled(shelf)
    shelf.mark(ids[:1], starred=True)
    shelf.mark(ids[1:2], read=True)
    shelf.unsubscribe(1)
    assert shelf.feeds() == []
    assert titles(shelf, "") == ["one"]  # starred: it stays
    assert shelf.undo() == "unsubscribed from Alpha"
    assert [f.title for f in shelf.feeds()] == ["Alpha"]
    assert titles(shelf, "is:unread") == ["one", "three", "four"]
    shelf.unsubscribe(1)
    assert shelf.subscribe("https://a.example/feed").id == 1
    assert titles(shelf, "is:unread") == ["one", "three", "four"]


def test_an_undone_subscription_is_gone_and_can_be_made_again(shelf: SqliteLibrary) -> None:
    shelf.subscribe("https://a.example/feed", "Alpha")
    assert shelf.undo() == "subscribed to Alpha"
    assert shelf.feeds() == []
    shelf.redo()
    assert [f.title for f in shelf.feeds()] == ["Alpha"]


def test_two_feeds_never_share_an_address(shelf: SqliteLibrary) -> None:
    one = shelf.subscribe("https://a.example/feed")
    two = shelf.subscribe("https://b.example/feed")
    with pytest.raises(LibraryError, match="already"):
        shelf.edit_feed(two.id, url=one.url)
    moved = shelf.edit_feed(two.id, url="https://c.example/feed", folder="New")
    assert (moved.url, moved.folder) == ("https://c.example/feed", "New")
    shelf.undo()
    assert shelf.feeds()[1].url == "https://b.example/feed"


def test_together_is_all_or_nothing(shelf: SqliteLibrary) -> None:
    ids = filled(shelf)
    with pytest.raises(RuntimeError), shelf.database.together():
        shelf.mark(ids, read=True)
        shelf.subscribe("https://b.example/feed")
        assert shelf.counts()[0].unread == 0
        raise RuntimeError
    assert shelf.counts()[0].unread == 4
    assert len(shelf.feeds()) == 1
    with shelf.database.together():
        shelf.mark(ids, read=True)
    assert shelf.counts()[0].unread == 0


def snapshot(shelf: SqliteLibrary) -> object:
    """All that a user can change."""
    c = shelf.database.reader()
    tables = {
        "entries": "SELECT id, read, starred, queued, hidden FROM entries",
        "notes": "SELECT * FROM notes",
        "labels": "SELECT * FROM labels",
        "queries": "SELECT * FROM queries",
        "follows": "SELECT key, name, kind FROM follows",
        "corrections": "SELECT action, key, value, entry FROM corrections",
        "feeds": "SELECT id, url, title, folder, paused, reading, removed IS NULL FROM feeds",
        "counts": "SELECT * FROM counts",
        "mentions": "SELECT n.key, m.entry FROM mentions m JOIN entities n ON n.id = m.entity",
    }
    found: dict[str, Any] = {t: sorted(map(tuple, c.execute(q))) for t, q in tables.items()}
    found["search"] = [titles(shelf, q) for q in ("note:n*", "tag:a", "what")]
    return found


ids = st.lists(st.integers(1, 4), min_size=1, max_size=4)
flag = st.sampled_from([True, False, None])
CHANGES: st.SearchStrategy[Callable[[SqliteLibrary], object]] = st.one_of(
    st.builds(
        lambda i, r, s, q, h: lambda b: b.mark(i, read=r, starred=s, queued=q, hidden=h),
        ids, flag, flag, flag, flag,
    ),
    st.builds(lambda i, t: lambda b: b.label(i, t), st.integers(1, 4), st.sets(st.sampled_from("ab"))),
    st.builds(lambda i, t: lambda b: b.note(i, t), st.integers(1, 4), st.sampled_from(["", "n1", "n2"])),
    st.builds(lambda n, q: lambda b: b.save_query(n, q), st.sampled_from("xy"), st.sampled_from(["a", None])),
    st.builds(lambda k, f: lambda b: b.follow(k, k, "org", f), st.sampled_from(["eu", "nato"]), st.booleans()),
    st.builds(
        lambda a, k, v: lambda b: b.correct(Correction(a, k, v)),
        st.sampled_from(["hide", "rename", "merge", "split"]),
        st.sampled_from(["nato", "angela merkel"]),
        st.sampled_from(["Merkel", "eu"]),
    ),
    st.builds(lambda t: lambda b: b.edit_feed(1, title=t), st.sampled_from(["", "T"])),
    st.just(lambda b: b.unsubscribe(1)),
    st.just(lambda b: b.subscribe("https://a.example/feed")),
    st.builds(lambda s: lambda b: b.choose_reading(1, s), st.sampled_from([None, Source.FEED])),
)  # fmt: skip


@given(st.lists(CHANGES, max_size=6))
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_undoing_all_changes_brings_all_back_and_redoing_again(
    tmp_path_factory: pytest.TempPathFactory, changes: list[Callable[[SqliteLibrary], object]]
) -> None:
    folder: Path = tmp_path_factory.mktemp("home")
    shelf = open_library(places.find({"BROADSHEET_HOME": str(folder)}), Settings(), clock=Clock())
    filled(shelf)
    text = "Angela Merkel spoke. Merkel left NATO."
    shelf.save_article(1, article(text), names(text, Angela_Merkel=Kind.PERSON, NATO=Kind.ORG))
    before = snapshot(shelf)
    done = len(shelf.history(1000))
    for change in changes:
        change(shelf)
    after = snapshot(shelf)
    steps = len(shelf.history(1000)) - done
    for _ in range(steps):
        assert shelf.undo()
    assert snapshot(shelf) == before
    for _ in range(steps):
        assert shelf.redo()
    assert snapshot(shelf) == after
    assert shelf.redo() is None
    shelf.close()
