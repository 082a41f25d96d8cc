"""The reader by its keys, over a real library."""

import io
from dataclasses import replace

import pytest
from PIL import Image

from tests.ui.conftest import Opener
from tests.ui.newsroom import article, entry, p
from tui.domain.blocks import Source
from tui.domain.editions import Edition, Order
from tui.domain.events import ArticleReady, FeedDone, SyncFinished, Trouble
from tui.domain.feeds import Page, ParsedFeed
from tui.library.store import SqliteLibrary, open_library
from tui.settings import ScreenSettings, Settings
from tui.ui.app import Reader


async def test_opening_shows_the_article_and_marks_it_read(open_reader: Opener) -> None:
    async with open_reader() as s:
        text = await s.press("j", "enter")
        assert "By Ada Holm, Per Quist" in text
        assert s.app.place == "article"
        assert s.stored("ferry").entry.read
        # It stays on the list of the unread until the list is made anew.
        assert "Night boat to Sund Island" in await s.press("h")
        assert "6 unread" in s.text
        assert "Night boat to Sund" not in (await s.press("ctrl+x")).split("│")[0]


async def test_space_reads_through_to_the_next_unread(open_reader: Opener) -> None:
    async with open_reader(size=(50, 20)) as s:
        await s.press("j", "enter")
        for _ in range(12):
            await s.press("space")
            if "Old bridge" in s.text:
                break
        assert "Closed until May." in s.text
        assert "Old bridge closes" in s.text


async def test_the_reading_position_is_kept(open_reader: Opener) -> None:
    async with open_reader() as s:
        await s.press("G", "k", "enter")
        await s.press("space", "space", "space")
        place = s.app.desk.article.top
        line = s.text.split("\n")[3]
        await s.press("K", "J")
        assert s.app.desk.article.top == place
        assert s.text.split("\n")[3] == line


async def test_resizing_keeps_the_words_at_the_top(open_reader: Opener) -> None:
    async with open_reader(size=(100, 30)) as s:
        await s.press("G", "k", "enter", "space", "space")
        article = s.app.desk.article
        assert article.document is not None
        offset = article.document.offset_at(article.top)
        await s.pilot.resize_terminal(60, 20)
        await s.settle()
        place = article.document.place_of(offset)
        assert article.top == place


async def test_an_entry_that_is_not_here_is_wanted_and_fetched(open_reader: Opener) -> None:
    async with open_reader() as s:
        text = await s.press("enter")
        assert "The article is not here" in text
        assert ("fetch", s.ids["tides"], None) in s.sync.asked
        story = article("https://ledger.example/tides", "Tides", (p("Forty years of buoys."),))
        s.library.save_article(s.ids["tides"], story, None)
        await s.sync.queue.put(ArticleReady(s.ids["tides"], "full"))
        await s.settle()
        assert "Forty years of buoys." in s.text


async def test_offline_says_so_and_queues(open_reader: Opener) -> None:
    async with open_reader(offline=True) as s:
        await s.press("enter")
        assert "Offline" in s.bottom
        assert not any(asked[0] in ("fetch", "sync") for asked in s.sync.asked)
        assert s.ids["tides"] in {e.id for e in s.library.to_fetch(10)}
        await s.press("h", "j", "enter")
        assert "copy from today 14:05" in s.bottom


async def test_names_are_chosen_and_stepped_through(open_reader: Opener) -> None:
    async with open_reader(size=(120, 40)) as s:
        await s.press("j", "enter", "tab", "enter")
        assert "Marta Lindqvist: 1 of 2" in s.bottom
        assert s.app.desk.article.marks["mention-now"][0].look == "mention-now"
        await s.press("n")
        assert "Marta Lindqvist: 2 of 2" in s.bottom
        await s.press("N", "N")
        assert "2 of 2" in s.bottom
        await s.press("escape")
        assert not any(s.app.desk.article.marks.values())


async def test_the_sentence_of_a_name_is_in_the_bottom_line(open_reader: Opener) -> None:
    async with open_reader(size=(120, 40)) as s:
        await s.press("j", "enter", "tab")
        assert "said Marta Lindqvist, who chairs the harbour council" in s.bottom


async def test_a_quote_jumps_to_its_place(open_reader: Opener) -> None:
    async with open_reader(size=(120, 20)) as s:
        await s.press("j", "enter", "space", "tab", "G")
        assert "Marta Lindqvist: “" in s.text
        await s.press("enter")
        assert "We have waited eleven winters" in s.text.split("\n", 2)[2]


async def test_filtering_names_by_typing(open_reader: Opener) -> None:
    async with open_reader(size=(120, 40)) as s:
        await s.press("j", "enter", "tab", "slash")
        text = await s.type("norr")
        assert "Norrvik" in text and "Organisations" not in text
        assert len([r for r in s.app.desk.names.rows if r.stops]) == 1
        await s.press("enter", "escape")
        assert len(s.app.desk.names.rows) > 5


async def test_an_entity_page_shows_every_article(open_reader: Opener) -> None:
    async with open_reader(size=(100, 30)) as s:
        await s.press("j", "enter", "tab")
        s.app.desk.names.choose(next(e for e in s.entities if e.name == "Norrvik"))
        text = await s.press("E")
        assert "Norrvik" in text.split("\n")[0]
        assert "place · 2 articles, 1 unread" in text
        assert "A very long report on the fishing quota talks" in text
        assert "Marta Lindqvist" in text
        await s.press("G", "enter")
        assert s.app.place == "article"
        assert s.reading.entry.id == s.ids["long"]


async def test_following_a_name_is_shown_and_undone(open_reader: Opener) -> None:
    async with open_reader(size=(120, 40)) as s:
        text = await s.press("j", "enter", "tab", "f")
        assert "Following Marta Lindqvist" in s.bottom
        assert "Marta Lindqvist ✓" in text
        assert [row.name for row, _c in s.library.followed()] == ["Marta Lindqvist"]
        await s.press("f")
        assert s.library.followed() == []


async def test_corrections_by_key_with_undo(open_reader: Opener) -> None:
    async with open_reader(size=(120, 40)) as s:
        await s.press("j", "enter", "tab", "j", "c", "h")
        assert "Hidden: Ole Sund" in s.bottom
        assert "Ole Sund" not in s.names
        await s.press("u")
        assert "Ole Sund" in s.names
        await s.press("g", "g", "c", "r", "ctrl+u")
        await s.type("Marta L")
        await s.press("enter")
        assert "Now Marta L" in s.bottom
        assert "Marta L" in s.names


async def test_find_in_the_article(open_reader: Opener) -> None:
    async with open_reader() as s:
        await s.press("j", "enter", "slash")
        await s.type("sund")
        await s.press("enter")
        assert "4 found" in s.bottom or "found" in s.bottom
        await s.press("n")
        assert s.bottom.strip().startswith("2 of ")
        await s.press("escape")
        assert s.app.desk.article.marks == {}


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
        assert not s.app.desk.list.grouped


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


async def test_commands_complete_and_say_what_is_near(open_reader: Opener) -> None:
    async with open_reader() as s:
        await s.press("colon")
        await s.type("orde")
        await s.press("tab")
        assert ":order" in s.bottom
        await s.type(" fo")
        await s.press("tab", "enter")
        assert s.app.edition.order is Order.FOLDER
        await s.press("colon")
        await s.type("staar")
        await s.press("enter")
        assert "did you mean star?" in s.bottom
        await s.press("colon")
        await s.type("3")
        await s.press("enter")
        assert s.app.desk.list.cursor == 2


async def test_the_palette_does_what_is_chosen(open_reader: Opener) -> None:
    async with open_reader() as s:
        await s.press("ctrl+p")
        text = await s.type("star or")
        assert "Star or unstar" in text
        await s.press("enter")
        assert "★" in s.text


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


async def test_links_are_numbered_hinted_and_followed_inside(open_reader: Opener) -> None:
    async with open_reader() as s:
        await s.press("j", "enter", "space")
        place = s.app.desk.article.top
        await s.press("b", "1", "f")
        visited = s.reading
        assert visited.entry.url == "https://example.org/subsidy"
        assert ("fetch", visited.entry.id, None) in s.sync.asked
        await s.press("backspace")
        assert s.reading.entry.id == s.ids["ferry"]
        assert s.app.desk.article.top <= place
        text = await s.press("l")
        assert "1  https://example.org/subsidy" in text
        await s.press("escape", "f")
        assert "follow:" in s.bottom
        await s.press("a")
        assert s.reading.entry.url == "https://example.org/subsidy"


async def test_another_reading_is_asked_for_and_kept(open_reader: Opener) -> None:
    async with open_reader() as s:
        await s.press("j", "enter", "x")
        assert ("fetch", s.ids["ferry"], Source.FEED) in s.sync.asked
        assert s.stored("ferry").feed.reading == "feed"


async def test_typography_by_key(open_reader: Opener) -> None:
    async with open_reader(size=(120, 30)) as s:
        await s.press("j", "enter")
        before = s.app.desk.article.window()
        await s.press("minus", "minus", "minus", "minus", "minus", "minus", "minus", "minus")
        assert s.app.typography.measure == 40
        assert s.app.desk.article.window() != before
        await s.press("z", "j", "z", "h", "z", "s")
        assert (s.app.typography.justify, s.app.typography.hyphenate, s.app.typography.spacing) == (
            True,
            True,
            2,
        )


async def test_feeds_the_worst_first(open_reader: Opener) -> None:
    def break_one(library: SqliteLibrary, _ids: dict[str, int]) -> None:
        from tests.ui.newsroom import NOW
        from tui.domain.feeds import FeedState

        feed = next(f for f in library.feeds() if f.title == "Science Ledger")
        library.save_schedule(
            replace(
                feed, state=FeedState.FAILING, error="timeout after 20 s", errors=3, error_since=NOW
            )
        )

    async with open_reader(prepare=break_one, size=(100, 24)) as s:
        text = await s.press("F")
        rows = text.split("\n")
        assert "Science Ledger" in rows[1] and "timeout after 20 s" in rows[1]
        await s.press("r")
        assert s.sync.asked[-1][0] == "sync"
        await s.press("t", "ctrl+u")
        await s.type("Ledger")
        await s.press("enter")
        assert "Ledger" in [f.title for f in s.library.feeds()]
        await s.press("D")
        assert "Unsubscribed" in s.bottom
        await s.press("u")
        assert len(s.library.feeds()) == 3


async def test_what_goes_wrong_is_in_the_log_with_what_to_do(open_reader: Opener) -> None:
    async with open_reader() as s:
        await s.sync.queue.put(Trouble("The engine stopped", "It starts again by itself."))
        await s.settle()
        assert "The engine stopped" in s.bottom
        text = await s.press("L")
        assert "It starts again by itself." in text


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


async def test_an_empty_library_offers_first_steps(open_reader: Opener) -> None:
    async with open_reader(empty=True) as s:
        assert "Your library is empty" in s.text
        await s.press("enter")
        await s.type("example.org")
        await s.press("enter")
        assert ("add", "https://example.org", "") in s.sync.asked


async def test_the_sample_edition_is_asked_for_by_the_result(open_reader: Opener) -> None:
    async with open_reader(empty=True) as s:
        await s.press("j", "enter")
        app: Reader = s.app
    assert app.return_value == "sample"


async def test_tiny_and_odd_sizes_do_not_crash(open_reader: Opener) -> None:
    async with open_reader(size=(20, 5)) as s:
        for keys in (
            ("j", "enter"),
            ("tab", "tab"),
            ("question_mark", "q"),
            ("F", "q"),
            ("e", "escape"),
            ("E",),
        ):
            await s.press(*keys)
        for size in ((1, 1), (3, 2), (200, 60), (81, 1), (20, 5)):
            await s.pilot.resize_terminal(*size)
            await s.settle()
            await s.press("j", "k", "space")


async def test_panes_by_width_and_by_key(open_reader: Opener) -> None:
    async with open_reader(size=(120, 30)) as s:
        desk = s.app.desk

        def shown() -> list[str | None]:
            return [w.id for w in (desk.list, desk.article, desk.names) if w.display]

        assert shown() == ["list", "article", "names"]
        await s.press("1", "z", "p")
        assert shown() == ["list"]
        await s.press("colon")
        await s.type("panes 0")
        await s.press("enter")
        assert shown() == ["list", "article", "names"]


async def test_mouse_works(open_reader: Opener) -> None:
    async with open_reader() as s:
        await s.pilot.click("#list", offset=(5, 3))
        await s.settle()
        assert s.app.desk.list.cursor == 1
        await s.pilot.click("#list", offset=(5, 3))
        await s.settle()
        assert s.app.place == "article"


async def test_remote_text_is_never_markup(open_reader: Opener) -> None:
    hostile = "[b]bold[/b] [@click=app.quit]x[/] [/nothing] [TODO]"

    def prepare(library: SqliteLibrary, ids: dict[str, int]) -> None:
        story = article("https://gazette.example/ferry", hostile, (p(hostile),), bylines=(hostile,))
        library.save_article(ids["ferry"], story, None)
        feed = library.feeds()[0]
        library.edit_feed(feed.id, title=hostile)

    async with open_reader(prepare=prepare) as s:
        text = await s.press("j", "enter")
        assert "[b]bold[/b] [@click=app.quit]x[/]" in text.replace("\n", " ")
        assert "[b]bold[/b]" in await s.press("F")
        assert "[b]bold[/b]" in await s.press("q", "e")


async def test_themes_by_name(open_reader: Opener) -> None:
    settings = Settings(screen=ScreenSettings(theme="dark"))
    async with open_reader(settings=settings) as s:
        assert s.app.look.name == "dark"
        await s.press("colon")
        await s.type("theme light")
        await s.press("enter")
        assert s.app.look.name == "light"
        assert "Theme light" in s.bottom


async def test_quitting_keeps_the_position(open_reader: Opener, tmp_path: object) -> None:
    async with open_reader() as s:
        await s.press("G", "k", "enter", "space", "space")
        await s.press("q")
        await s.app.background.idle()
        position = s.stored("long").position
        assert position is not None and position.share > 0


async def test_pictures_that_are_here_are_drawn_in_the_rows_kept_for_them(
    open_reader: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("TMUX", raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    picture = io.BytesIO()
    Image.radial_gradient("L").convert("RGB").save(picture, "PNG")

    def prepare(library: SqliteLibrary, _ids: dict[str, int]) -> None:
        library.save_image("https://example.org/ferry.jpg", picture.getvalue())

    async with open_reader(prepare=prepare) as s:
        await s.press("j", "enter", "1", "8", "j")
        caption = next(n for n, row in enumerate(s.text.split("\n")) if "The Aurora" in row)
        for _ in range(100):
            await s.settle()
            if "▀" in s.text:
                break
        assert "▀" in s.text
        assert "The Aurora" in s.text.split("\n")[caption]


async def test_pictures_that_are_not_here_are_a_line_until_asked_for(
    open_reader: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    async with open_reader() as s:
        assert "[picture 1200×800]" in await s.press("j", "enter")
        await s.press("I")
        assert ("images", s.ids["ferry"]) in s.sync.asked
        picture = [line.picture for _p, line in s.app.desk.article.window() if line.picture]
        assert picture and picture[0].rows > 3


async def test_an_entry_may_count_as_read_only_at_its_end(open_reader: Opener) -> None:
    settings = Settings(screen=ScreenSettings(mark_read="end"))
    async with open_reader(settings=settings) as s:
        await s.press("j", "enter")
        assert not s.stored("ferry").entry.read
        await s.press("G")
        assert s.stored("ferry").entry.read


async def test_q_goes_back_to_the_list_where_one_pane_fills_the_screen(open_reader: Opener) -> None:
    async with open_reader(size=(50, 20)) as s:
        await s.press("j", "enter")
        assert s.app.place == "article"
        await s.press("q")
        assert s.app.place == "list" and s.app.is_running


async def test_a_session_that_is_told_to_end_keeps_the_position(open_reader: Opener) -> None:
    async with open_reader() as s:
        await s.press("G", "k", "enter", "space", "space")
        s.app.exit()
    library = open_library(s.app.paths, Settings())
    kept = library.reading(s.ids["long"])
    library.close()
    assert kept is not None and kept.position is not None and kept.position.share > 0
