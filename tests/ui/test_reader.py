"""Reading: opening, moving, positions, links, pictures, typography."""

import io
from dataclasses import replace

import pytest
from PIL import Image

from tests.ui.conftest import Opener
from tests.ui.newsroom import article, ferry, p
from tui.domain.blocks import Source
from tui.domain.events import ArticleReady
from tui.library.store import SqliteLibrary, open_library
from tui.settings import ScreenSettings, Settings


async def test_opening_shows_the_article_and_marks_it_read(open_reader: Opener) -> None:
    async with open_reader() as s:
        text = await s.press("j", "enter")
        assert "By Ada Holm, Per Quist" in text
        assert s.app.place == "article"
        assert s.stored("ferry").entry.read
        # It stays on the list of the unread until the list is made anew.
        assert "Night boat to Sund Island" in await s.press("h")
        assert "Unread  6" in s.text
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


async def test_comments_are_asked_for_but_not_kept_for_the_feed(open_reader: Opener) -> None:
    async with open_reader() as s:
        await s.press("j", "enter")
        feed, entry = s.reading.feed.id, s.reading.entry.id
        s.library.choose_reading(feed, Source.WHOLE)
        article = replace(ferry()[0], source=Source.WHOLE)
        s.library.save_article(entry, article, None)
        s.app.desk.refresh_reading(entry)
        await s.settle()
        await s.press("x")
        assert ("fetch", entry, Source.TALK) in s.sync.asked
        assert s.stored("ferry").feed.reading == ""


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


async def test_quitting_keeps_the_position(open_reader: Opener, tmp_path: object) -> None:
    async with open_reader() as s:
        await s.press("G", "k", "enter", "space", "space")
        await s.press("Q")
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


async def test_a_copied_link_is_said_to_be_sent(open_reader: Opener) -> None:
    async with open_reader() as s:
        await s.press("j", "enter", "y")
        assert "Link sent to terminal" in s.bottom
