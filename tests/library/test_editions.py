"""Windows, counts and the way through an edition agree with sorting everything by hand."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.library.conftest import NOW, Clock, deliver, entries, titles
from tui import paths as places
from tui.domain.editions import Counts, Edition, Order
from tui.domain.feeds import ParsedEntry
from tui.library import walks
from tui.library.folding import fold
from tui.library.store import SqliteLibrary, open_library
from tui.settings import Settings


@dataclass(frozen=True)
class Row:
    """An entry as the model knows it."""

    id: int
    feed: int
    folder: str
    title: str
    at: datetime
    read: bool
    starred: bool
    hidden: bool


@dataclass(frozen=True, repr=False)
class Many:
    """A library, and what the model knows of it."""

    shelf: SqliteLibrary
    rows: list[Row]


WORDS = ["alpha", "Beta", "“gamma", "Élan", "delta"]


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Many]:
    """Some hundred entries in three feeds, many of the same second."""
    home: Path = tmp_path_factory.mktemp("many")
    shelf = open_library(places.find({"BROADSHEET_HOME": str(home)}), Settings(), clock=Clock())
    rows: list[Row] = []
    for number, (host, folder) in enumerate((("b", "X"), ("a", "Y"), ("c", "X")), 1):
        feed = shelf.subscribe(f"https://{host}.example/feed", f"Feed {host}", folder)
        listed = tuple(
            ParsedEntry(
                f"{host}{n}",
                f"{WORDS[n % 5]} {n * 7 % 50}",
                f"https://{host}.example/{n}",
                NOW - timedelta(minutes=n // 4),
            )
            for n in range(70)
        )
        ids = deliver(shelf, feed, listed)
        shelf.mark([i for i in ids if i % 3 == 0], read=True)
        shelf.mark([i for i in ids if i % 7 == 0], starred=True)
        shelf.mark([i for i in ids if i % 11 == 0], hidden=True)
        rows += [
            Row(i, number, folder, e.title, e.published or NOW, i % 3 == 0, i % 7 == 0, i % 11 == 0)
            for i, e in zip(ids, listed, strict=True)
        ]
    yield Many(shelf, rows)
    shelf.close()


QUERIES: dict[str, Callable[[Row], bool]] = {
    "": lambda r: not r.hidden,
    "is:unread": lambda r: not r.hidden and not r.read,
    "-is:unread": lambda r: not r.hidden and r.read,
    "is:hidden": lambda r: r.hidden,
    "is:starred is:unread": lambda r: not r.hidden and r.starred and not r.read,
    "is:starred OR is:read": lambda r: not r.hidden and (r.starred or r.read),
    "feed:1": lambda r: not r.hidden and r.feed == 1,
    'feed:"feed a" is:unread': lambda r: not r.hidden and r.feed == 2 and not r.read,
    "folder:x is:unread": lambda r: not r.hidden and r.folder == "X" and not r.read,
    "-feed:1 -feed:2": lambda r: not r.hidden and r.feed == 3,
    "feed:nothing": lambda _: False,
    "beta": lambda r: not r.hidden and "Beta" in r.title,
    "elan OR title:gamma": lambda r: not r.hidden and ("Élan" in r.title or "gamma" in r.title),
    "-beta is:unread": lambda r: not r.hidden and "Beta" not in r.title and not r.read,
    "al*": lambda r: not r.hidden and "alpha" in r.title,
    "before:2026-11-25T07:55:00+00:00": lambda r: (
        not r.hidden and r.at < NOW - timedelta(minutes=5)
    ),
    "is:unread OR ids:3,4,5": lambda r: not r.hidden and (not r.read or r.id in (3, 4, 5)),
    "ids:3,4,5,999": lambda r: not r.hidden and r.id in (3, 4, 5),
}


def _key(row: Row, order: Order) -> tuple[object, ...]:
    newest = (-row.at.timestamp(), -row.id)
    match order:
        case Order.OLDEST:
            return (row.at, row.id)
        case Order.FEED:
            return ({2: 0, 1: 1, 3: 2}[row.feed], *newest)
        case Order.FOLDER:
            return (row.folder, *newest)
        case Order.TITLE:
            return (fold(row.title), *newest)
    return newest


ORDERS = [Order.NEWEST, Order.OLDEST, Order.FEED, Order.FOLDER, Order.TITLE, Order.STORY]


@settings(deadline=None, max_examples=120)
@given(
    st.sampled_from(sorted(QUERIES)),
    st.sampled_from(ORDERS),
    st.lists(st.tuples(st.integers(0, 220), st.integers(0, 60)), min_size=1, max_size=4),
)
def test_windows_are_what_sorting_gives(
    many: Many,
    query: str,
    order: Order,
    windows: list[tuple[int, int]],
) -> None:
    shelf, rows = many.shelf, many.rows
    wanted = [r.id for r in sorted(filter(QUERIES[query], rows), key=lambda r: _key(r, order))]
    for start, limit in windows:
        window = shelf.window(Edition(query, order), start, limit)
        assert [h.id for h in window.headlines] == wanted[start : start + limit]
        assert window.total == len(wanted)


@pytest.mark.parametrize("order", [Order.TITLE, Order.STORY])
@pytest.mark.parametrize("query", ["", "is:unread", "feed:1", "is:starred OR is:read"])
def test_long_editions_are_walked_and_far_rows_jumped_to(
    many: Many, query: str, order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(walks, "_FEW", 1)
    monkeypatch.setattr(walks, "_FAR", 10)
    wanted = [r.id for r in sorted(filter(QUERIES[query], many.rows), key=lambda r: _key(r, order))]
    for start in (0, 60, 30, 100, 200, len(wanted) - 3):
        window = many.shelf.window(Edition(query, order), start, 7)
        assert [h.id for h in window.headlines] == wanted[max(start, 0) :][:7]
    for row in range(0, len(wanted), 9):
        assert many.shelf.find(Edition(query, order), wanted[row]) == row


@pytest.mark.parametrize("query", sorted(QUERIES))
def test_counts(many: Many, query: str) -> None:
    shelf, rows = many.shelf, many.rows
    found = list(filter(QUERIES[query], rows))
    assert shelf.count(query) == Counts(
        sum(not r.read for r in found), len(found), sum(r.starred for r in found)
    )


def test_counts_by_feed(many: Many) -> None:
    shelf, rows = many.shelf, many.rows
    for feed, counts in shelf.counts().items():
        shown = [r for r in rows if not r.hidden and feed in (0, r.feed)]
        assert counts == Counts(
            sum(not r.read for r in shown), len(shown), sum(r.starred for r in shown)
        )


@settings(deadline=None, max_examples=80)
@given(
    st.sampled_from(sorted(QUERIES)),
    st.sampled_from(ORDERS),
    st.integers(1, 211),
    st.sampled_from([1, -1]),
)
def test_rows_and_steps(many: Many, query: str, order: Order, entry: int, step: int) -> None:
    shelf, rows = many.shelf, many.rows
    edition = Edition(query, order)
    found = {r.id for r in rows if QUERIES[query](r)}
    by_key = sorted(rows, key=lambda r: _key(r, order))
    wanted = [r.id for r in by_key if r.id in found]
    assert shelf.find(edition, entry) == (wanted.index(entry) if entry in found else None)
    if entry > len(rows):
        return
    along = by_key if step > 0 else by_key[::-1]
    after = along[[r.id for r in along].index(entry) + 1 :]
    assert shelf.next_unread(edition, entry, step) == next(
        (r.id for r in after if r.id in found and not r.read), None
    )


def test_the_first_unread(shelf: SqliteLibrary) -> None:
    assert shelf.next_unread(Edition(), None) is None
    ids = deliver(shelf, shelf.subscribe("https://a.example/f"), entries("one", "two", "three"))
    assert shelf.next_unread(Edition(), None) == ids[0]
    assert shelf.next_unread(Edition(), None, -1) == ids[2]
    shelf.mark([ids[1]], read=True)
    # "two" is not in the edition any more; the way goes on from where it was.
    assert shelf.next_unread(Edition("is:unread"), ids[1]) == ids[2]
    assert shelf.next_unread(Edition("is:unread", Order.TITLE), ids[1], -1) == ids[2]


def test_stories_stand_together(shelf: SqliteLibrary) -> None:
    title = "Parliament votes for the new border treaty"
    for host in "ab":
        feed = shelf.subscribe(f"https://{host}.example/feed")
        start = 0 if host == "a" else 3
        deliver(shelf, feed, entries(title, f"other {host}", host=f"{host}.example", start=start))
    assert titles(shelf, "", "story") == [title, title, "other a", "other b"]
    story = shelf.headlines(Edition("", Order.STORY), 1)[0].story
    assert titles(shelf, f"story:{story}") == [title, title]
    newest, oldest = (
        shelf.copies(Edition("", order), [story]) for order in (Order.NEWEST, Order.OLDEST)
    )
    assert [(c.entry, c.of) for c in newest] == [(c.of, c.entry) for c in oldest]
    assert [c.feed_title for c in newest] == ["Feed of https://b.example/feed"]
    assert shelf.copies(Edition("other"), [story]) == shelf.copies(Edition(), [0, 99]) == ()


def test_a_window_follows_what_changes(shelf: SqliteLibrary) -> None:
    feed = shelf.subscribe("https://a.example/feed")
    ids = deliver(shelf, feed, entries("one", "two"))
    before = shelf.changes()
    assert shelf.window(Edition("is:unread"), 0, 9).total == 2
    assert shelf.changes() == before
    shelf.mark(ids[:1], read=True)
    assert shelf.changes() != before
    assert [h.title for h in shelf.window(Edition("is:unread"), 0, 9).headlines] == ["two"]


def test_states_of_the_text(shelf: SqliteLibrary) -> None:
    from tests.library.conftest import article

    ids = deliver(shelf, shelf.subscribe("https://a.example/feed"), entries("one", "two", "three"))
    shelf.save_article(ids[0], article("words", lead_image="https://a.example/i.png"), None)
    from tui.domain.blocks import Status

    shelf.save_article(ids[1], article("pay", status=Status.PAYWALL, lang="fr"), None)
    shelf.save_image("https://a.example/i.png", b"png")
    assert titles(shelf, "is:cached") == ["one", "two"]
    assert titles(shelf, "is:full") == titles(shelf, "is:images") == ["one"]
    assert titles(shelf, "status:paywall") == titles(shelf, "lang:fr") == ["two"]
    assert shelf.headlines(Edition(), 1)[0].images_here
    assert titles(shelf, "is:new") == titles(shelf, "is:today") == ["one", "two", "three"]
