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
            "rule": "Which? :rule hide QUERY",
            "rule hide": "Which? :rule hide QUERY",
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
