"""The saved first screen: what is kept, what is refused, and how it gives way."""

import os
import signal
import sys
import termios
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.terminal import Terminal
from tests.ui.driver.modes import left_behind
from tui import paths
from tui.ui.driver import splash
from tui.ui.driver.grid import Grid, Reader
from tui.ui.driver.looks import Looks
from tui.ui.driver.painter import Painter

ENVIRONMENT = {"TERM": "xterm-256color"}


@pytest.mark.parametrize(
    "environment",
    [
        {"HOME": "/home/me"},
        {"HOME": "/home/me", "XDG_STATE_HOME": "/state"},
        {"HOME": "/home/me", "XDG_STATE_HOME": "relative"},
        {"HOME": "/home/me", "XDG_STATE_HOME": ""},
        {"BROADSHEET_HOME": "/one", "XDG_STATE_HOME": "/state"},
        {"BROADSHEET_HOME": "~/two", "HOME": "/home/me"},
    ],
)
def test_same_file_as_the_paths_name(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HOME", "BROADSHEET_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert splash.first_screen(os.environ) == str(paths.find().first_screen)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "state" / "first-screen"
    monkeypatch.setattr(splash._State, "file", str(place))
    for name in ("COLORTERM", "NO_COLOR", "TMUX"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", ENVIRONMENT["TERM"])
    return place


def header(columns: int = 20, rows: int = 2) -> str:
    return splash._header(ENVIRONMENT, columns, rows)


ROWS = [[(1, "", "plain "), (7, "1;38;5;12", "“bold”")], [(3, "48;5;7", "   ")]]


def test_kept_for_the_owner_only_and_read_again(file: Path) -> None:
    splash.save(ROWS, 20)
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700
    frame = splash._read(str(file), header())
    assert frame == ("\x1b[1;1H\x1b[;mplain \x1b[;1;38;5;12m“bold”\x1b[2;3H\x1b[;48;5;7m   ")
    assert [path.name for path in file.parent.iterdir()] == ["first-screen"]


def test_another_terminal_does_not_get_it(file: Path) -> None:
    splash.save(ROWS, 20)
    assert splash._read(str(file), header(columns=21)) is None
    assert splash._read(str(file), splash._header({"TERM": "linux"}, 20, 2)) is None


@pytest.mark.parametrize(
    "line",
    [
        "1\x1f\x1fclip \x1b]52;c;ZXZpbA==\x07",
        "1\x1f31m\x1b[2J\x1ftext",
        "1\x1f\x1f\x9b31m",
        "1\x1f\x1f\u202etxet",
        "1;1H\x1f\x1ftext",
        "1\x1f\x1ftext\x1f9",
        "1\x1f\x1ftab\there",
    ],
)
def test_commands_in_the_file_are_refused(file: Path, line: str) -> None:
    splash.save(ROWS, 20)
    file.write_text(f"{header()}\n{line}\n", encoding="utf-8")
    with pytest.raises(ValueError):
        splash._read(str(file), header())


def test_a_file_that_others_could_write_is_not_read(file: Path) -> None:
    splash.save(ROWS, 20)
    file.chmod(0o620)
    assert splash._read(str(file), header()) is None
    file.chmod(0o600)
    link = file.with_name("link")
    link.symlink_to(file)
    with pytest.raises(OSError):
        splash._read(str(link), header())


def test_nothing_is_kept_for_who_never_asked_to_paint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(splash._State, "file", "")
    monkeypatch.chdir(tmp_path)
    splash.save(ROWS, 20)
    assert list(tmp_path.iterdir()) == []


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=12), max_size=4))
def test_whatever_is_on_the_screen_can_be_read_back(texts: list[str]) -> None:
    """All that a screen can hold is written so that it passes the gate, on the same columns."""
    looks = Looks()
    grid, reader = Grid(30, 4), Reader(looks)
    for y, text in enumerate(texts, 1):
        reader.read(f"\x1b[{y};3H\x1b[1;38;2;1;2;3m{text}\x1b[0m\x1b[1;1H", grid)
    rows = Painter(30, 4, looks).pieces(grid)
    again = Grid(30, 4)
    lines = [splash._PIECE.join(str(part) for piece in row for part in piece) for row in rows]
    reader.read("".join(splash._row(y, line) for y, line in enumerate(lines, 1)), again)
    for row, same in zip(grid.text, again.text, strict=True):
        for old, new in zip(row, same, strict=True):
            assert new in (old, " ")


def program(*options: str) -> list[str]:
    return [sys.executable, "-m", "tests.ui.driver.program", "--splash", *options]


@pytest.mark.pty
def test_painted_again_and_taken_over_without_a_flash(tmp_path: Path) -> None:
    environment = {"BROADSHEET_HOME": str(tmp_path)}
    with Terminal(program(), environment=environment) as terminal:
        terminal.wait_for("Story 3:")
        terminal.settle()
        first = terminal._emulator.cells()
        terminal.press("q")
        assert terminal.wait_for_end() == 0
    with Terminal(program(), environment=environment) as terminal:
        terminal.wait_for("Story 3:")
        terminal.wait_for(lambda seen: b"\x1b[?1006h" in seen.raw)
        terminal.settle()
        assert terminal._emulator.cells() == first
        # Up to the mouse it was the splash alone.
        splashed, later = bytes(terminal.raw).split(b"\x1b[?1006h")
        assert b"Story 3:" in splashed
        assert b"\x1b[2J" not in later
        assert terminal.raw.count(b"\x1b[?1049h") == 1
        assert b"Story" not in later
        terminal.press("q")
        assert terminal.wait_for_end() == 0
        assert left_behind(bytes(terminal.raw)) == []
        assert termios.tcgetattr(terminal._fd) == terminal.modes


@pytest.mark.pty
@pytest.mark.parametrize("end", ["fails", "term", "int"])
def test_terminal_is_given_back_when_the_reader_never_comes(tmp_path: Path, end: str) -> None:
    environment = {"BROADSHEET_HOME": str(tmp_path)}
    with Terminal(program(), environment=environment) as terminal:
        terminal.wait_for("Story 3:")
        terminal.settle()
        terminal.press("q")
        terminal.wait_for_end()
    option = "--fails" if end == "fails" else "--waits"
    with Terminal(program(option), environment=environment) as terminal:
        terminal.wait_for("Story 3:")
        if end == "term":
            os.kill(terminal.pid, signal.SIGTERM)
        elif end == "int":
            # Ctrl-z is for the reader that comes.
            assert termios.tcgetattr(terminal._fd)[6][termios.VSUSP] == b"\0"
            terminal.press("ctrl+c")
        status = terminal.wait_for_end()
        assert status == {"fails": 1, "term": -signal.SIGTERM, "int": 130}[end]
        assert left_behind(bytes(terminal.raw)) == []
        assert termios.tcgetattr(terminal._fd) == terminal.modes
        if end == "fails":
            last = terminal.raw.rindex(b"\x1b[?1049l")
            assert b"no library" in terminal.raw[last:]
