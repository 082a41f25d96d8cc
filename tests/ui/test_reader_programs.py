"""The user's programs in the reader: bookmark, own commands, what is enclosed, comments."""

from dataclasses import replace
from pathlib import Path

from tests.ui.conftest import Opener, Session
from tests.ui.newsroom import entry
from tui.domain.blocks import Source
from tui.domain.feeds import Enclosure, Page, ParsedFeed
from tui.domain.records import dataclass
from tui.library.store import SqliteLibrary
from tui.settings import CommandSettings, Settings


def with_commands(**commands: str) -> Settings:
    own = {name: line for name, line in commands.items() if name.startswith("own_")}
    rest = {name: line for name, line in commands.items() if not name.startswith("own_")}
    named = {name.removeprefix("own_"): line for name, line in own.items()}
    return Settings(commands=CommandSettings(**rest, own=named))


async def said(s: Session, word: str) -> str:
    """The bottom line, once `word` is in it."""
    for _ in range(500):
        if word in s.bottom:
            return s.bottom
        await s.pilot.pause(0.02)
    raise AssertionError(f"{word!r} was never said: {s.bottom!r}")


async def test_a_bookmark_gets_link_and_title(open_reader: Opener, tmp_path: Path) -> None:
    told = tmp_path / "told"
    settings = with_commands(bookmark=f"""sh -c 'echo "$1|$0" > {told}; echo Saved' %u %t""")
    async with open_reader(settings=settings) as s:
        title, url = s.headline.title, s.headline.url
        await s.press("B")
        await said(s, "Saved")
        assert told.read_text() == f"{title}|{url}\n"


async def test_a_command_of_ones_own_reads_the_text(open_reader: Opener, tmp_path: Path) -> None:
    told = tmp_path / "told"
    async with open_reader(settings=with_commands(own_keep=f"tee {told}")) as s:
        await s.press("enter")
        s.app.perform("run", "keep")
        await said(s, "Summary of tides.")
        text = told.read_text()
        assert text.startswith(s.reading.entry.title + "\n")
        assert text.endswith("\n\nSummary of tides.\n")
        s.app.perform("run", "kep")
        await said(s, "No command kep; known are keep")


async def test_what_is_not_set_is_said(open_reader: Opener) -> None:
    async with open_reader(size=(120, 24)) as s:
        assert "No commands.bookmark; `broadsheet config --edit`" in await s.press("B")
        s.app.perform("run", "x")
        await said(s, "none in commands.own")
        assert "Nothing is enclosed" in await s.press("P")


@dataclass(frozen=True, slots=True)
class Radio:
    """A feed with one entry in the library, on top of the list."""

    files: tuple[str, ...]
    comments: str = ""

    def __call__(self, library: SqliteLibrary, _ids: dict[str, int]) -> None:
        feed = library.subscribe("https://radio.example/feed", "Radio")
        files = tuple(Enclosure(url, "audio/mpeg", 2_500_000) for url in self.files)
        heard = replace(entry("r1", "Heard", 0), enclosures=files, comments=self.comments)
        library.save_feed(
            feed, ParsedFeed(feed.url, "Radio", entries=(heard,)), Page(feed.url, b"")
        )


async def test_one_file_is_played_at_once_several_are_a_choice(
    open_reader: Opener, tmp_path: Path
) -> None:
    settings = with_commands(player="echo playing")
    one = Radio(("https://radio.example/a.mp3",))
    async with open_reader(settings=settings, prepare=one) as s:
        assert s.headline.title == "Heard"
        await s.press("P")
        await said(s, "playing https://radio.example/a.mp3")


async def test_several_files_are_a_choice(open_reader: Opener) -> None:
    settings = with_commands(player="echo playing")
    two = Radio(("https://radio.example/a.mp3", "https://radio.example/b.mp3", "javascript:x"))
    async with open_reader(settings=settings, prepare=two) as s:
        text = await s.press("P")
        assert "a.mp3" in text and "b.mp3" in text and "2.5 MB" in text and "javascript" not in text
        await s.press("down", "enter")
        await said(s, "playing https://radio.example/b.mp3")


async def test_comments_open_as_an_article(open_reader: Opener) -> None:
    talk = Radio((), comments="https://radio.example/talk?id=1")
    async with open_reader(prepare=talk) as s:
        await s.press("enter", "C")
        assert s.reading.entry.url == "https://radio.example/talk?id=1"
        assert s.sync.asked[-1] == ("fetch", s.reading.entry.id, Source.TALK)
        await s.press("backspace")
        assert s.reading.entry.title == "Heard"


async def test_without_a_page_of_their_own_comments_are_those_on_the_page(
    open_reader: Opener,
) -> None:
    async with open_reader() as s:
        await s.press("C")
        assert s.sync.asked[-1] == ("fetch", s.reading.entry.id, Source.TALK)
        await s.press("h", "enter")
        assert s.sync.asked[-1] != ("fetch", s.reading.entry.id, Source.TALK)


async def test_a_program_for_the_terminal_is_told_where_there_is_none(open_reader: Opener) -> None:
    async with open_reader(settings=with_commands(own_less="!less")) as s:
        s.app.perform("run", "less")
        await said(s, "less needs a terminal")
