"""Numbers that sort as the beginnings of titles do, and stories by their newest entry."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.library.conftest import NOW, Clock, deliver, entries, titles
from tui.domain.feeds import ParsedEntry
from tui.library.folding import fold
from tui.library.sorting import letters
from tui.library.store import SqliteLibrary


@given(st.text(max_size=12), st.text(max_size=12))
def test_letters_sort_as_titles_do(one: str, other: str) -> None:
    if letters(one) < letters(other):
        assert fold(one).encode() < fold(other).encode()
    assert -(1 << 63) <= letters(one) < 1 << 63


def test_titles_sort_without_case_accents_and_quotes(shelf: SqliteLibrary) -> None:
    feed = shelf.subscribe("https://a.example/feed")
    deliver(shelf, feed, entries("Zoo", "élan vital", "“Elan ends", "  apple", "Éclair"))
    assert titles(shelf, "", "title") == ["  apple", "Éclair", "“Elan ends", "élan vital", "Zoo"]


def test_a_title_that_changes_moves(shelf: SqliteLibrary) -> None:
    feed = shelf.subscribe("https://a.example/feed")
    deliver(shelf, feed, entries("alpha", "beta"))
    deliver(shelf, feed, entries("zeta", "beta"))
    assert titles(shelf, "", "title") == ["beta", "zeta"]


def test_a_story_stands_where_its_newest_entry_is(shelf: SqliteLibrary, clock: Clock) -> None:
    title = "Parliament votes for the new border treaty"
    one, two = (shelf.subscribe(f"https://{h}.example/feed") for h in "ab")
    (old,) = deliver(shelf, one, entries(title, start=30))
    deliver(shelf, one, entries("in between", start=10))
    at = NOW - timedelta(hours=2)
    again = ParsedEntry("b:1", title, "https://b.example/1", at)
    deliver(shelf, two, (again,))
    assert titles(shelf, "", "story") == [title, title, "in between"]
    shelf.mark([old], hidden=True)
    assert titles(shelf, "", "story") == [title, "in between"]
    # A clock that was wrong is mended here, too.
    clock.forward(days=4000)
    deliver(shelf, two, entries("late", host="b.example", start=-96_100))
    clock.now = NOW
    shelf.upkeep()
    assert titles(shelf, "", "story") == ["late", title, "in between"]
