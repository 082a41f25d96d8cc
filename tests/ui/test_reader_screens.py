"""Screens and sizes: commands, help, feeds, log, first steps, panes, mouse, themes."""

from dataclasses import replace

from tests.ui.conftest import Opener
from tests.ui.newsroom import article, p
from tui.domain.editions import Order
from tui.domain.events import ArticleFailed, Trouble
from tui.library.store import SqliteLibrary
from tui.settings import ScreenSettings, Settings
from tui.ui.app import Reader


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


async def test_what_is_waited_for_says_how_it_ended(open_reader: Opener) -> None:
    async with open_reader(size=(120, 24)) as s:
        await s.press("enter")
        assert "Fetching the article" in s.bottom
        for _ in range(2):
            s.library.save_failure(s.ids["tides"], "timeout", "ledger.example did not answer")
            await s.sync.queue.put(
                ArticleFailed(s.ids["tides"], "timeout", "ledger.example did not answer")
            )
            await s.settle()
        assert "ledger.example did not answer" in s.bottom
        assert "not here: ledger.example" in " ".join(s.text.split())
        assert "ledger.example did not answer  2 times" in await s.press("L")
