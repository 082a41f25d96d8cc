"""The real program in a real terminal: what it sends, and that every size says something."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.terminal import Terminal
from tests.ui.newsroom import open_newsroom

pytestmark = pytest.mark.pty
PROGRAM = [sys.executable, "-m", "tui", "--offline"]
COLOUR = re.compile(rb"\x1b\[(?:[\d;]*;)?(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;[\d;]*)?m")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    library, _ids = open_newsroom(tmp_path / "reader")
    library.close()
    return tmp_path / "reader"


def terminal(home: Path, columns: int = 80, rows: int = 24, **environment: str) -> Terminal:
    variables = {"BROADSHEET_HOME": str(home), "NO_COLOR": "", **environment}
    return Terminal(PROGRAM, columns=columns, rows=rows, environment=variables)


def test_reading_and_leaving(home: Path) -> None:
    with terminal(home) as t:
        t.wait_for("Night boat")
        t.press("j")
        t.press("enter")
        t.wait_for("By Ada Holm")
        t.press("tab")
        t.wait_for("People")
        t.press("Q")
        assert t.wait_for_end() == 0


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "vt100")])
def test_without_colour_not_one_is_sent(home: Path, name: str, value: str) -> None:
    variables = {"BROADSHEET_HOME": str(home), "NO_COLOR": "", name: value}
    with Terminal(PROGRAM, environment=variables) as t:
        t.wait_for("Night boat")
        t.press("j")
        t.press("enter")
        t.wait_for("By Ada Holm")
        t.press("Q")
        t.wait_for_end()
        assert not COLOUR.search(bytes(t.raw))


def test_sixteen_colours_by_default(home: Path) -> None:
    with terminal(home) as t:
        t.wait_for("Night boat")
        t.press("Q")
        t.wait_for_end()
        assert COLOUR.search(bytes(t.raw))
        assert b"38;2;" not in t.raw and b"48;" not in t.raw


@pytest.mark.parametrize(("columns", "rows"), [(20, 5), (50, 20), (200, 60)])
def test_every_size_says_something(home: Path, columns: int, rows: int) -> None:
    with terminal(home, columns, rows) as t:
        t.wait_for("Tides")
        t.press("enter")
        t.wait_for("Science Ledger")
        t.resize(81, 23)
        t.press("h")
        t.wait_for("Night boat")
        t.press("Q")
        assert t.wait_for_end() == 0


def test_a_dumb_terminal_gets_lines(home: Path) -> None:
    with terminal(home, TERM="dumb") as t:
        t.wait_for("2. [unread] Night boat")
        t.press("q")
        t.press("enter")
        assert t.wait_for_end() == 0
        assert b"\x1b" not in t.raw


def test_the_screen_knows_nothing_of_the_network_or_of_sqlite() -> None:
    """Importing the reader loads no other room."""
    code = (
        "import sys, tui.ui.app\n"
        "from tui.ui import actions\n"
        "actions.all_actions()\n"
        "known = {name.split('.')[0] for name in sys.modules}\n"
        "print(sorted(known & {'httpx', 'sqlite3', 'lxml', 'spacy', 'diskcache', 'pyphen', 'PIL'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_copy_goes_to_the_terminal_and_links_say_where_they_lead(home: Path) -> None:
    with terminal(home) as t:
        t.wait_for("Night boat")
        t.press("j")
        t.press("enter")
        t.wait_for("state")
        t.press("y")
        t.wait_for("Link sent to terminal")
        t.press("Q")
        assert t.wait_for_end() == 0
        assert b"\x1b]52;c;" in t.raw
        assert b"https://example.org/subsidy" in t.raw
