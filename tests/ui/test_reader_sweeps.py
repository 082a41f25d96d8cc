"""Many entries at once, and what the list shows: sweeps, only the unread, feed after feed."""

from pathlib import Path

from tests.ui.conftest import Opener
from tests.ui.newsroom import article, p
from tests.ui.test_rows import told_twice
from tui.domain.editions import Edition, Order
from tui.settings import CommandSettings, Settings


async def test_all_above_or_below_a_row_is_read(open_reader: Opener) -> None:
    async with open_reader() as s:
        await s.press("2", "j", "z", "k")
        assert s.library.count("is:unread").unread == 5
        assert "2 marked read. u takes that back" in s.bottom
        assert s.headline.id == s.ids["bridge"]
        await s.press("j", "z", "j")
        assert s.library.count("is:unread").unread == 2
        await s.press("u", "u")
        assert s.library.count("is:unread").unread == 7
        await s.press("g", "g", "z", "k")
        assert "All was read already" in s.bottom


async def test_copies_go_with_what_is_swept(open_reader: Opener) -> None:
    async with open_reader(prepare=told_twice) as s:
        await s.press("2", "j", "z", "k")
        assert "Night boat" not in s.text
        assert not [h for h in s.library.headlines(Edition("is:unread"), 0) if "Night" in h.title]


async def test_read_ones_come_and_go(open_reader: Opener) -> None:
    async with open_reader(edition=Edition('is:unread folder:World OR tag:"a OR b"')) as s:
        await s.press("z", "r")
        assert s.app.edition.query == 'folder:World OR tag:"a OR b"'
        await s.press("z", "r")
        assert s.app.edition.query == 'folder:World is:unread OR tag:"a OR b" is:unread'


async def test_a_list_is_narrowed_in_its_order(open_reader: Opener) -> None:
    async with open_reader(edition=Edition("is:unread", Order.OLDEST)) as s:
        await s.press("&")
        await s.type("title:the")
        await s.pilot.pause(0.2)
        await s.press("enter")
        assert s.app.edition == Edition("is:unread title:the", Order.OLDEST)
        assert "First snow" in s.text and "Tides" not in s.text
        await s.press("&", "escape")
        assert s.app.edition == Edition("is:unread title:the", Order.OLDEST)


async def test_from_feed_to_feed_with_something_unread(open_reader: Opener) -> None:
    async with open_reader() as s:
        await s.press("}")
        assert s.app.edition.query == 'feed:"Science Ledger" is:unread'
        await s.press("}")
        assert s.app.edition.query == 'feed:"The Norrvik Gazette" is:unread'
        await s.press("}")
        assert s.app.edition.query == 'feed:"Science Ledger" is:unread'
        await s.press("{")
        assert s.app.edition.query == 'feed:"The Norrvik Gazette" is:unread'
        await s.press("A", "}", "A", "}")
        assert "No other feed has unread entries" in s.bottom


async def test_feeds_whose_titles_have_quotes_are_met_in_turn(open_reader: Opener) -> None:
    async with open_reader() as s:
        feeds = sorted(s.library.feeds(), key=lambda feed: feed.title)
        for feed, title in zip(feeds[:2], ('The "Big" Paper', "“Ada” News"), strict=True):
            s.library.edit_feed(feed.id, title=title)
        met = []
        for _ in range(4):
            await s.press("}")
            met.append(s.app.edition.query)
        assert met[:2] == met[2:] and len(set(met)) == 2
        assert all(s.library.count(query).unread for query in met)


async def test_settings_change_for_the_session(open_reader: Opener) -> None:
    async with open_reader(size=(120, 40)) as s:
        for line, said in {
            "set measure 60": "measure: 60",
            "set justify": "justify: on",
            "set justify off": "justify: off",
            "set measure wide": "measure: expected a whole number",
            "set mark_read sometimes": "mark_read: expected open, end or never",
            "set sidebar off": "sidebar: off",
            "set colour red": "No setting colour",
            "set order oldest": "order: oldest",
            "set theme dark": "Theme dark",
        }.items():
            await s.press("colon")
            await s.type(line)
            await s.press("enter")
            assert said in s.bottom, line
        assert s.app.typography.measure == 60
        assert s.app.edition.order is Order.OLDEST
        assert not s.app.desk.names.display
        await s.press("colon", *"set")
        text = await s.press("enter")
        assert "mark_read" in text and "hyphenate" in text
        await s.type("hyphenate")
        await s.press("enter")
        assert s.app.typography.hyphenate


async def test_an_article_is_saved_and_never_over_another_file(
    open_reader: Opener, tmp_path: Path
) -> None:
    async with open_reader() as s:
        await s.press("j", "enter", "S")
        assert "save as: Night-boat-to-Sund-Island-returns-after-eleven-winters.md" in s.bottom
        await s.press("ctrl+u")
        await s.type(str(tmp_path / "boat.md"))
        await s.press("enter")
        text = (tmp_path / "boat.md").read_text()
        assert "# Night boat" in text and "## What it costs" in text
        s.app.perform("save", str(tmp_path / "boat.md"))
        await s.settle()
        assert "boat.md is there already; nothing was written" in s.bottom
        s.app.perform("save", str(tmp_path / "boat.txt"))
        await s.settle()
        assert "Year: 2013; Passengers: 31,200" in (tmp_path / "boat.txt").read_text()
        s.app.perform("save", str(tmp_path / "none" / "boat.txt"))
        await s.settle()
        assert "can't be written" in s.bottom


async def test_a_selection_opens_in_the_browser(open_reader: Opener, tmp_path: Path) -> None:
    told = tmp_path / "opened"
    browser = f"sh -c 'echo $0 >> {told}' %u"
    async with open_reader(settings=Settings(commands=CommandSettings(browser=browser))) as s:
        await s.press("v", "v", "o")
        assert "Opened 2 pages" in s.bottom
        while not told.exists() or len(told.read_text().split()) < 2:
            await s.pilot.pause(0.02)
        assert set(told.read_text().split()) == {
            "https://ledger.example/tides",
            "https://gazette.example/ferry",
        }


async def test_the_text_goes_to_a_command(open_reader: Opener) -> None:
    async with open_reader() as s:
        await s.press("j", "|")
        await s.type("sh -c 'grep -c Norrvik'")
        await s.press("enter")
        while "is running" in s.bottom:
            await s.pilot.pause(0.02)
        assert s.bottom.strip()[0].isdigit()


async def test_a_followed_link_is_found_once_it_is_starred(open_reader: Opener) -> None:
    async with open_reader() as s:
        await s.press("j", "enter")
        s.app.perform("follow-link", "https://elsewhere.example/fjord")
        await s.settle()
        visited = s.reading.entry.id
        story = article("https://elsewhere.example/fjord", "The fjord", (p("Deep and cold."),))
        s.library.save_article(visited, story, None)
        assert s.library.count("is:starred").total == 0
        await s.press("s")
        found = s.library.headlines(Edition("is:starred"), 0)
        assert [h.id for h in found] == [visited]
        await s.press("u")
        assert s.library.count("is:starred").total == 0
        await s.press("w")
        assert [h.id for h in s.library.headlines(Edition("is:queued"), 0)] == [visited]
