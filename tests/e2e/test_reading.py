"""The main job in a real terminal: headlines, article, names, offline, and the terminal after it."""

import sqlite3
import termios
from pathlib import Path

import pytest

from tests.e2e.conftest import READER
from tests.terminal import Terminal

pytestmark = [pytest.mark.pty, pytest.mark.model, pytest.mark.xdist_group("edition")]
STORY = "Nine countries agree"


def opened(terminal: Terminal) -> None:
    terminal.wait_for(STORY)
    terminal.press("enter")
    terminal.wait_for("Clara Whitlow")


def test_headlines_article_and_names_stand_side_by_side(reading: Path) -> None:
    with Terminal([*READER, "--offline"], columns=120, rows=40) as terminal:
        opened(terminal)
        terminal.wait_for("Ingrid Solheim")
        screen = terminal.text()
        assert "People" in screen
        assert "Places" in screen
        assert "By Clara Whitlow" in screen
        assert "after fog" not in screen
        terminal.press("Q")
        assert terminal.wait_for_end() == 0


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (50, 20), (200, 60)])
def test_every_size_reads(reading: Path, columns: int, rows: int) -> None:
    with Terminal([*READER, "--offline"], columns=columns, rows=rows) as terminal:
        opened(terminal)
        terminal.press("Q")
        assert terminal.wait_for_end() == 0


def test_offline_everything_opens_again_and_the_status_line_says_so(reading: Path) -> None:
    with Terminal([*READER, "--offline"], columns=120, rows=40) as terminal:
        opened(terminal)
        terminal.wait_for("ffline")
        terminal.wait_for("Ingrid Solheim")
        terminal.press("Q")
        terminal.wait_for_end()


def test_what_was_read_is_read_the_next_time(reading: Path) -> None:
    with Terminal([*READER, "--offline"], columns=120, rows=40) as terminal:
        terminal.wait_for("Unread  17")
        opened(terminal)
        terminal.wait_for("Unread  16")
        terminal.press("Q")
        terminal.wait_for_end()
    library = sqlite3.connect(reading / "data" / "library.db")
    assert library.execute("SELECT count(*) FROM entries WHERE read = 1").fetchone()[0] >= 1
    library.close()


def test_too_small_a_terminal_says_so_and_survives_growing(reading: Path) -> None:
    with Terminal([*READER, "--offline"], columns=20, rows=5) as terminal:
        terminal.wait_for(lambda t: t.text().strip() != "")
        terminal.settle(1)
        terminal.resize(100, 30)
        terminal.wait_for(STORY)
        terminal.press("Q")
        assert terminal.wait_for_end() == 0


@pytest.mark.parametrize("term", ["dumb", ""])
def test_a_dumb_terminal_gets_numbered_lines(reading: Path, term: str) -> None:
    with Terminal([*READER, "--offline"], rows=60, environment={"TERM": term}) as terminal:
        terminal.wait_for(STORY)
        assert b"\x1b" not in terminal.raw
        terminal.press("q", "enter")
        assert terminal.wait_for_end() == 0


def test_without_a_utf8_locale_letters_still_come_out(reading: Path) -> None:
    plain = {"LANG": "C", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    with Terminal([*READER, "--offline"], columns=120, rows=40, environment=plain) as terminal:
        terminal.wait_for("À Brest")
        terminal.press("Q")
        assert terminal.wait_for_end() == 0


def test_the_terminal_is_left_as_it_was(reading: Path) -> None:
    with Terminal([*READER, "--offline"], columns=80, rows=24) as terminal:
        before = terminal.modes
        terminal.wait_for(STORY)
        terminal.press("Q")
        assert terminal.wait_for_end() == 0
        ends = bytes(terminal.raw)
        assert ends.rindex(b"\x1b[?1049l") > ends.rindex(b"\x1b[?1049h")
        assert ends.rindex(b"\x1b[?25h") > ends.rindex(b"\x1b[?25l")
    assert before[3] & termios.ICANON


def test_a_library_of_a_later_version_is_refused_untouched(reading: Path) -> None:
    file = reading / "data" / "library.db"
    library = sqlite3.connect(file)
    library.execute("PRAGMA user_version = 9999")
    library.close()
    before = file.read_bytes()
    with Terminal([*READER, "--offline"]) as terminal:
        assert terminal.wait_for_end() == 3
        assert "later Broadsheet" in terminal.text()
    assert file.read_bytes() == before
