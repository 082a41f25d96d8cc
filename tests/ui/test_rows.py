"""Rows of an edition: pages in memory, what is far away, what several feeds tell."""

from dataclasses import replace
from pathlib import Path

from tests.ui.conftest import Opener, Session
from tests.ui.newsroom import entry, open_newsroom
from tui.domain.editions import Edition, Order
from tui.domain.feeds import Page, ParsedFeed
from tui.library.store import SqliteLibrary
from tui.ui.rows import PAGE, Rows

MANY = 950


def many(library: SqliteLibrary, _ids: dict[str, int]) -> None:
    """More entries than three pages hold."""
    feed = library.subscribe("https://many.example/feed", "Many")
    listed = tuple(entry(f"many-{n}", f"Number {n}", 100 + n, "many") for n in range(MANY))
    library.save_feed(feed, ParsedFeed(feed.url, "Many", entries=listed), Page(feed.url, b""))


def told_twice(library: SqliteLibrary, _ids: dict[str, int]) -> None:
    """The story of the ferry, an hour later in another paper."""
    feed = library.subscribe("https://other.example/feed", "Other Paper")
    twin = replace(
        entry("ferry", "Night boat to Sund Island returns after eleven winters", 3), id="other"
    )
    library.save_feed(
        feed, ParsedFeed(feed.url, "Other Paper", entries=(twin,)), Page(feed.url, b"")
    )


def remembered(s: Session) -> list[int]:
    """The pages in memory."""
    rows = s.app.desk.list.rows
    return [
        page for page in range(rows.total // PAGE + 1) if not rows.missing(page * PAGE, page * PAGE)
    ]


async def test_a_jump_asks_for_its_page_in_a_thread_and_keys_wait(open_reader: Opener) -> None:
    async with open_reader(prepare=many) as s:
        pane = s.app.desk.list
        waited = [s.app.dispatch.waits]
        s.app.dispatch.press("G")
        waited.append(s.app.dispatch.waits)
        assert pane.cursor == 0
        for key in ("k", "k", "v"):
            s.app.dispatch.press(key)
        await s.settle()
        assert [*waited, s.app.dispatch.waits] == [False, True, False]
        assert [e.title for e in [s.headline]] == [f"Number {MANY - 2}"]
        assert len(pane.selected) == 1
        assert len(remembered(s)) < 6


async def test_a_macro_goes_on_where_its_jump_led(open_reader: Opener) -> None:
    async with open_reader(prepare=many) as s:
        s.app.keymap.places["list"]["X",] = (("bottom", ""), ("open", ""))
        await s.press("X")
        assert s.reading.entry.title == f"Number {MANY - 1}"


async def test_the_next_page_is_here_before_the_cursor(open_reader: Opener) -> None:
    async with open_reader(prepare=many) as s:
        await s.press(*"51", "j")
        assert 1 in remembered(s)


async def test_the_last_row_stands_at_the_bottom(open_reader: Opener) -> None:
    async with open_reader(prepare=many) as s:
        text = await s.press("G")
        shown = [line.split("│")[0].strip() for line in text.split("\n")[1:-2]]
        assert f"Number {MANY - 1}" in shown[-2] + shown[-3]
        assert all(shown)


async def test_a_story_of_two_feeds_stands_once_and_names_both(open_reader: Opener) -> None:
    async with open_reader(size=(120, 40), prepare=told_twice, edition=Edition()) as s:
        await s.press("j")
        assert s.text.count("Night boat to Sund") == 1
        await s.press("1", "z", "p")
        assert "The Norrvik Gazette, Ot…" in s.text
        await s.press("z", "a")
        assert s.text.count("Night boat to Sund") == 2
        await s.press("z", "a", "m")
        assert not [h for h in s.library.headlines(Edition("is:unread"), 0) if "Night" in h.title]
        await s.press("u")
        assert (
            len([h for h in s.library.headlines(Edition("is:unread"), 0) if "Night" in h.title])
            == 2
        )


def test_by_feed_each_feed_has_its_own(tmp_path: Path) -> None:
    library, ids = open_newsroom(tmp_path)
    told_twice(library, ids)
    assert [copy.feed_title for copy in Rows(library, Edition()).copies.values()] == ["Other Paper"]
    oldest = Rows(library, Edition("", Order.OLDEST))
    assert [copy.of for copy in oldest.copies.values()] == list(Rows(library, Edition()).copies)
    assert not Rows(library, Edition("", Order.FEED)).copies
    library.close()
