"""The list: editions, orders, states, selections, stories, what is new."""

from dataclasses import replace

from tests.ui.conftest import Opener
from tests.ui.newsroom import entry
from tui.domain.editions import Edition, Order
from tui.domain.events import FeedDone, SyncFinished
from tui.domain.feeds import Page, ParsedFeed
from tui.library.store import SqliteLibrary


async def test_search_as_you_type_and_back(open_reader: Opener) -> None:
    async with open_reader() as s:
        before = s.text
        await s.press("slash")
        await s.type("herring")
        await s.pilot.pause(0.2)
        await s.settle()
        assert "A very long report" in s.text and "Old bridge" not in s.text
        await s.press("escape")
        assert s.text == before
        await s.press("slash")
        await s.type("quota")
        await s.press("enter")
        assert s.app.edition == Edition("quota", Order.BEST)


async def test_states_by_key_with_undo_and_redo(open_reader: Opener) -> None:
    async with open_reader() as s:
        await s.press("s")
        assert "★" in s.text
        assert s.library.count("is:starred").total == 1
        await s.press("u")
        assert s.library.count("is:starred").total == 0
        assert "★" not in s.text
        await s.press("ctrl+r")
        assert "★" in s.text
        await s.press("w")
        assert "→" in s.text


async def test_bulk_selection_is_marked_at_once(open_reader: Opener) -> None:
    async with open_reader() as s:
        await s.press("v", "v", "v")
        assert "3 selected" in s.bottom
        await s.press("m")
        assert s.library.count("is:unread").unread == 4
        await s.press("escape")
        assert s.app.desk.list.selected == set()


async def test_marking_all_read_can_be_taken_back(open_reader: Opener) -> None:
    async with open_reader() as s:
        text = await s.press("A")
        assert "7 marked read" in s.bottom
        assert "All read." in text
        await s.press("u")
        assert s.library.count("is:unread").unread == 7
        assert "Old bridge" in s.text


async def test_labels_and_notes(open_reader: Opener) -> None:
    async with open_reader() as s:
        await s.press("j", "enter", "t")
        await s.type("boats later")
        await s.press("enter")
        assert "#boats  #later" in s.text
        await s.press("c")
        await s.type("ask Ole")
        await s.press("enter")
        assert "Note: ask Ole" in s.text


async def test_orders_and_groups(open_reader: Opener) -> None:
    async with open_reader() as s:
        await s.press("colon")
        await s.type("order feed")
        text = await s.press("enter")
        assert " Science Ledger  " in text
        assert s.app.edition.order is Order.FEED
        await s.press("z", "g")
        assert not s.app.desk.list.folds.grouped


async def test_stories_fold(open_reader: Opener) -> None:
    def same_story(library: SqliteLibrary, _ids: dict[str, int]) -> None:
        feed = library.subscribe("https://other.example/feed", "Other Paper")
        twin = replace(
            entry("ferry", "Night boat to Sund Island returns after eleven winters", 1), id="other"
        )
        library.save_feed(
            feed, ParsedFeed(feed.url, "Other Paper", entries=(twin,)), Page(feed.url, b"")
        )

    async with open_reader(prepare=same_story, edition=Edition("", Order.STORY)) as s:
        assert "▸2 Night boat" in s.text
        rows = s.app.desk.list
        first = next(n for n in range(rows.rows.total) if getattr(rows.rows[n], "story", 0))
        rows.set_cursor(first)
        await s.press("z", "a")
        assert "└" in s.text
        await s.press("j", "z", "a")
        assert "└" not in s.text
        assert rows.cursor == first


async def test_the_picker_shows_folders_and_counts(open_reader: Opener) -> None:
    async with open_reader() as s:
        text = await s.press("e")
        assert "Everything" in text and "The Norrvik Gazette" in text
        await s.type("ledger")
        await s.press("enter")
        assert s.app.edition.query == 'feed:"Science Ledger"'
        assert s.app.desk.list.rows.total == 3


async def test_help_shows_the_keys_in_force_and_is_searched(open_reader: Opener) -> None:
    async with open_reader() as s:
        assert "Read the entry" in await s.press("question_mark")
        await s.press("slash")
        text = await s.type("undo")
        assert "Take the last change back" not in text or "u" in text
        await s.press("enter", "escape", "q")
        assert s.app.place == "list"


async def test_counts_and_half_pages(open_reader: Opener) -> None:
    async with open_reader() as s:
        await s.press("3", "j")
        assert s.app.desk.list.cursor == 3
        await s.press("g", "g")
        assert s.app.desk.list.cursor == 0
        await s.press("9", "9", "9", "j")
        assert s.app.desk.list.cursor == 6
        await s.press("2", "G")
        assert s.app.desk.list.cursor == 1


async def test_new_entries_are_announced_and_nothing_moves(open_reader: Opener) -> None:
    async with open_reader() as s:
        await s.press("j", "j")
        before = s.text.split("\n")[1:-3]
        feed = next(f for f in s.library.feeds() if f.title == "Empty Weekly")
        fresh = (entry("new", "Something quite new has happened here today", 0.1, "weekly"),)
        s.library.save_feed(
            feed, ParsedFeed(feed.url, "Empty Weekly", entries=fresh), Page(feed.url, b"")
        )
        await s.sync.queue.put(FeedDone(feed.id, "Empty Weekly", 1))
        s.app.watcher.look_around()
        await s.settle()
        assert s.text.split("\n")[1:-3] == before
        assert s.headline.id == s.ids["bridge"]
        assert "1 new above" in s.bottom
        await s.press("g", "g")
        assert "Something quite new" in s.text
        await s.sync.queue.put(SyncFinished(3, 1))
        await s.settle()
        assert "Synced: 1 new entry" in s.bottom


async def test_any_unread_by_chance(open_reader: Opener) -> None:
    async with open_reader() as s:
        unread = {h.id for h in s.library.window(Edition("is:unread"), 0, 99).headlines}
        s.app.perform("random-unread")
        await s.settle()
        assert s.reading.entry.id in unread
        s.library.mark(Edition("is:unread"), read=True)
        s.app.perform("random-unread")
        await s.settle()
        assert "Nothing unread" in s.bottom
