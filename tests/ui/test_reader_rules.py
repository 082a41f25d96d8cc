"""Rules in the reader: made on the command line, told of when something arrives."""

import io
from pathlib import Path

from tests.ui.conftest import Opener
from tests.ui.newsroom import QuietSync, entry, open_newsroom
from tui.domain.editions import Edition
from tui.domain.events import SyncFinished
from tui.domain.feeds import Page, ParsedFeed
from tui.domain.rules import Rule
from tui.library.store import SqliteLibrary
from tui.settings import CommandSettings, Settings
from tui.ui import linear


def arrive(library: SqliteLibrary, *titles: str) -> None:
    """New entries, an hour apart, the first the newest."""
    feed = library.subscribe("https://quakes.example/feed", "Quakes")
    listed = tuple(entry(title, title, n + 1) for n, title in enumerate(titles))
    library.save_feed(feed, ParsedFeed(feed.url, "Quakes", entries=listed), Page(feed.url, b""))


async def test_a_sync_tells_what_rules_found(open_reader: Opener) -> None:
    async with open_reader(size=(100, 24)) as s:
        s.library.save_rule(Rule(0, "Quakes", "earthquake", "notify"))
        s.library.save_rule(Rule(0, "Sea", "title:tsunami", "notify"))
        arrive(s.library, "Earthquake in Chile", "Earthquake in Peru", "Tsunami seen", "Rain")
        await s.sync.queue.put(SyncFinished(1, 4))
        await s.settle()
        assert "2 for “Quakes”: Earthquake in Chile …; 1 for “Sea”: Tsunami seen" in s.bottom
        await s.press("j")
        assert "Quakes" not in s.bottom
        await s.sync.queue.put(SyncFinished(1, 0))
        await s.settle()
        assert "Synced" in s.bottom
        log = await s.press("L")
        assert log.index("“Quakes”: Earthquake in Chile") < log.index("“Quakes”: Earthquake in Pe")
        assert "Rain" not in log
        await s.press("enter")
        assert s.reading.entry.title == "Earthquake in Chile"


async def test_what_came_while_the_reader_was_closed_is_told_at_its_start(
    open_reader: Opener,
) -> None:
    def quake(library: SqliteLibrary, _ids: dict[str, int]) -> None:
        library.save_rule(Rule(0, "Quakes", "earthquake", "notify"))
        arrive(library, "Earthquake in Chile")

    async with open_reader(prepare=quake) as s:
        assert "1 for “Quakes”: Earthquake in Chile" in s.bottom
        arrive(s.library, "Earthquake in Peru")  # as another process would
        s.app.watcher.look_around()
        await s.settle()
        assert "1 for “Quakes”: Earthquake in Peru" in s.bottom


async def test_a_program_is_told_too(open_reader: Opener, tmp_path: Path) -> None:
    told = tmp_path / "told"
    line = f"""sh -c 'echo "$1|$0" > {told}.part; mv {told}.part {told}' %n %t"""
    async with open_reader(settings=Settings(commands=CommandSettings(notify=line))) as s:
        s.library.save_rule(Rule(0, "Quakes", "earthquake", "notify"))
        arrive(s.library, "Earthquake in Chile", "Rain")
        await s.sync.queue.put(SyncFinished(1, 2))
        await s.settle()
        while not told.exists():
            await s.pilot.pause(0.02)
        assert told.read_text() == "1 for “Quakes”: Earthquake in Chile|1\n"


def test_the_linear_mode_tells_it_too(tmp_path: Path) -> None:
    library, _ids = open_newsroom(tmp_path)
    library.save_rule(Rule(0, "Quakes", "earthquake", "notify"))
    arrive(library, "Earthquake in Chile")
    out = io.StringIO()
    linear.run(
        library, QuietSync(), Settings(), edition=Edition("is:unread"), offline=True,
        lines_in=io.StringIO("m\n"), lines_out=out,
    )  # fmt: skip
    library.close()
    assert out.getvalue().count("1 for “Quakes”: Earthquake in Chile") == 1


async def test_a_rule_is_made_and_taken_back(open_reader: Opener) -> None:
    async with open_reader() as s:
        await s.press("colon")
        await s.type("rule tag:north norrvik -title:moss")
        await s.press("enter")
        found = s.library.count("norrvik -title:moss").total
        assert found > 0
        assert f"Rule 1 saved; it finds {found} now" in s.bottom
        rule = Rule(1, "norrvik -title:moss", "norrvik -title:moss", "tag", "north")
        assert list(s.library.rules()) == [rule]
        await s.press("u")
        assert list(s.library.rules()) == []
        assert "saved the rule norrvik" in s.bottom


async def test_a_rule_that_cannot_act_is_refused(open_reader: Opener) -> None:
    async with open_reader(size=(120, 24)) as s:
        for line, said in {
            "rule hide": "a rule needs a query",
            "rule drop sport": "drop is nothing that a rule does",
            "rule hide is:unred": "is:unred is not known; did you mean is:unread?",
        }.items():
            await s.press("colon")
            await s.type(line)
            await s.press("enter")
            assert said in s.bottom
        assert list(s.library.rules()) == []
        await s.press("colon")
        await s.type("rule st")
        await s.press("tab")
        assert "rule star" in s.bottom


async def test_rules_are_listed_tried_changed_and_removed(open_reader: Opener) -> None:
    def two(library: SqliteLibrary, _ids: dict[str, int]) -> None:
        library.save_rule(Rule(0, "", "title:bridge", "star"))
        library.save_rule(Rule(0, "North", "norrvik", "tag", "north"))

    async with open_reader(size=(80, 24), prepare=two) as s:
        text = await s.press("g", "r")
        assert "star       title:bridge" in text and "finds 1" in text
        assert "tag:north  norrvik  North" in text
        await s.press("x")
        assert s.library.count("is:starred").total == 1
        assert "star title:bridge: 1 changed" in s.bottom
        await s.press("c", "ctrl+u")
        await s.type("queue title:snow")
        assert "finds 1 now" in s.bottom
        assert "queue      title:snow" in await s.press("enter")
        await s.press("t")
        await s.type("Winter")
        assert "title:snow  Winter" in await s.press("enter")
        assert "Winter" not in await s.press("D")
        assert len(s.library.rules()) == 1
        assert "Winter" in await s.press("u")
        await s.press("g", "g", "enter")
        assert s.app.edition == Edition("title:snow")
        assert "First snow" in s.text


async def test_a_rule_is_typed_with_completion_and_refused_in_one_line(open_reader: Opener) -> None:
    async with open_reader(size=(80, 24)) as s:
        assert "No rules yet" in await s.press("g", "r")
        await s.press("a")
        assert "hide, star" in s.bottom
        await s.type("hi")
        await s.press("tab")
        await s.type("is:un")
        await s.press("tab")
        assert "rule: hide is:unread" in s.bottom
        await s.press("ctrl+u")
        await s.type("eat me")
        await s.press("enter")
        assert "eat is nothing that a rule does" in s.bottom
        assert s.library.rules() == []
