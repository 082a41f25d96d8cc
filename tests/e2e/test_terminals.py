"""Terminals of all kinds, and what people and other programs do to them."""

import os
import random
import shlex
import signal
import time
from pathlib import Path

import pytest

from tests.e2e.conftest import READER
from tests.terminal import Terminal
from tests.ui.driver.modes import left_behind
from tests.ui.newsroom import open_newsroom

pytestmark = pytest.mark.pty
PROGRAM = [*READER, "--offline"]
FIRST, SECOND = "Tides reckoned", "Night boat"


@pytest.fixture
def home(home: Path) -> Path:
    """A small newspaper."""
    library, _ids = open_newsroom(home)
    library.close()
    return home


class Mute(Terminal):
    """Answers nothing."""

    def answers(self, data: bytes) -> bytes:
        return b""


class Twice(Terminal):
    """Says everything twice."""

    def answers(self, data: bytes) -> bytes:
        return super().answers(data) * 2


class Late(Terminal):
    """Answers what it was asked before, when something new comes."""

    due = b""

    def answers(self, data: bytes) -> bytes:
        late, self.due = self.due, super().answers(data)
        return late


def leave(terminal: Terminal) -> None:
    terminal.press("Q")
    assert terminal.wait_for_end() == 0
    assert left_behind(bytes(terminal.raw)) == []
    assert terminal.is_as_it_was()


@pytest.mark.parametrize("kind", [Terminal, Mute, Twice, Late])
def test_reads_however_the_terminal_answers(home: Path, kind: type[Terminal]) -> None:
    with kind(PROGRAM) as terminal:
        terminal.wait_for(FIRST)
        terminal.press("j", "enter")
        terminal.wait_for("By Ada Holm")
        leave(terminal)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_told_to_end_it_leaves_the_terminal_as_it_was(home: Path, number: int) -> None:
    with Terminal(PROGRAM) as terminal:
        terminal.wait_for(FIRST)
        os.kill(terminal.pid, number)
        assert terminal.wait_for_end() == 128 + number
        assert left_behind(bytes(terminal.raw)) == []
        assert terminal.is_as_it_was()


class Shell(Terminal):
    """An interactive shell with job control, and the reader as its job."""

    def __init__(self) -> None:
        argv = ["bash", "--norc", "--noprofile", "-i"]
        super().__init__(argv, environment={"PS1": "$ "})
        self.wait_for("$")
        self.press("bind 'set enable-bracketed-paste off'; clear", "enter")
        self.press(shlex.join(PROGRAM), "enter")
        self.wait_for(FIRST)

    def job(self) -> int:
        """The reader's process."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text("ascii")
        return int(children.split()[0])

    def says(self, word: str) -> None:
        """The shell has the terminal: what is typed is shown and done."""
        self.press(f"echo {word}=$((40 + 2))", "enter")
        self.wait_for(f"{word}=42")

    def comes_back(self) -> None:
        """The reader is on the screen again, whole, and hears keys."""
        sent = len(self.raw)
        self.press("fg", "enter")
        self.wait_for(lambda shown: b"\x1b[?1049h" in shown.raw[sent:])
        self.wait_for(lambda shown: FIRST in shown.text() and "keys" in shown.text())
        assert "=42" not in self.text()
        self.press("j", "enter")
        self.wait_for("By Ada Holm")


def test_ctrl_z_goes_to_the_shell_and_fg_comes_back() -> None:
    with Shell() as shell:
        shell.press("ctrl+z")
        shell.wait_for("Stopped")
        assert left_behind(bytes(shell.raw)) == []
        shell.says("here")
        shell.comes_back()
        shell.press("Q")
        shell.wait_for(lambda shown: left_behind(bytes(shown.raw)) == [])
        shell.settle()
        shell.says("end")


def test_stopped_without_a_warning_it_takes_the_terminal_again() -> None:
    with Shell() as shell:
        shell.settle()
        os.kill(shell.job(), signal.SIGSTOP)
        shell.wait_for("Stopped")
        shell.says("here")
        shell.comes_back()
        shell.press("Q")
        shell.wait_for(lambda shown: left_behind(bytes(shown.raw)) == [])
        shell.settle()
        shell.says("end")


def test_ctrl_z_without_a_shell_goes_on(home: Path) -> None:
    """As the command of an SSH session or of a tmux window there is nobody to say `fg`."""
    with Terminal(PROGRAM) as terminal:
        terminal.wait_for(FIRST)
        sent = len(terminal.raw)
        terminal.press("ctrl+z")
        terminal.wait_for(lambda shown: FIRST.encode() in shown.raw[sent:])
        terminal.press("j", "enter")
        terminal.wait_for("By Ada Holm")
        leave(terminal)


def test_a_large_paste_is_one_line_of_bounded_length(home: Path) -> None:
    with Terminal(PROGRAM) as terminal:
        terminal.wait_for(FIRST)
        terminal.press("/")
        terminal.wait_for("search:")
        terminal.send(b"\x1b[200~" + "harbour\tépée\nboat 日本 ".encode() * 5000 + b"\x1b[201~")
        terminal.wait_for("boat 日本")
        terminal.press("ctrl+u")
        terminal.press("boat", "enter")
        terminal.wait_for(SECOND)
        leave(terminal)


def test_what_is_pasted_presses_no_key(home: Path) -> None:
    with Terminal(PROGRAM) as terminal:
        terminal.wait_for(FIRST)
        terminal.send(b"\x1b[200~Q\x1b[AQ\rQ\x1b\x1b[201~")
        terminal.press("j", "enter")
        terminal.wait_for("By Ada Holm")
        leave(terminal)


UNASKED = [
    b"\x1b[I",
    b"\x1b[O",
    b"\x1b]11;rgb:ffff/ffff/ffff\x07",
    b"\x1b]11;rgb:ffff/ffff/ffff\x1b\\",
    b"\x1bP>|XTerm(379)\x1b\\",
    b"\x1b_Gi=1;OK\x1b\\",
    b"\x1b[>41;354;0c",
    b"\x1b[?62;22c",
    b"\x1b[8;24;80t",
    b"\x1b[3;1R",
    b"\x1b[0n",
    b"\x1b[?1u",
    b"\x1b[<0;900;900M",
    b"\x1b[<35;4;4M",
    b"\x1b[200~\x1b[201~",
    b"\xff\xfe",
]


def test_what_nobody_asked_for_presses_no_key(home: Path) -> None:
    with Terminal(PROGRAM) as terminal:
        terminal.wait_for(FIRST)
        terminal.settle()
        before = terminal.text()
        for report in UNASKED:
            terminal.send(report)
        terminal.settle()
        assert terminal.text() == before
        leave(terminal)


@pytest.mark.parametrize("key", [b"\x1b[97;5:3u", b"\x1b[99999999999u", b"\x1b[99999999999A"])
def test_a_key_that_is_none_takes_no_other_with_it(home: Path, key: bytes) -> None:
    with Terminal(PROGRAM) as terminal:
        terminal.wait_for(FIRST)
        terminal.send(key)
        terminal.settle()
        terminal.press("j", "enter")
        terminal.wait_for("By Ada Holm")
        leave(terminal)


def test_a_storm_of_sizes_ends_in_the_right_picture(home: Path) -> None:
    """The one that is sent anew, to a terminal that lost all (ctrl-l)."""
    chance = random.Random(7)
    with Terminal(PROGRAM) as terminal:
        terminal.wait_for(FIRST)
        terminal.press("j", "enter")
        for _ in range(100):
            terminal.resize(chance.randint(1, 240), chance.randint(1, 70))
            terminal.press(chance.choice("jk"))
            terminal.settle(0)
        terminal.resize(100, 30)
        terminal.wait_for("copy from")
        terminal.settle(1)
        shown = terminal.text()
        sent = len(terminal.raw)
        terminal.screen.reset()
        terminal.press("ctrl+l")
        terminal.wait_for(lambda again: len(again.raw) > sent + 500)
        terminal.settle(1)
        assert terminal.text() == shown
        leave(terminal)


def test_the_mouse_opens_and_scrolls(home: Path) -> None:
    with Terminal(PROGRAM) as terminal:
        terminal.wait_for(SECOND)
        row = next(y for y, line in enumerate(terminal.text().split("\n"), 1) if SECOND in line)
        click = f"\x1b[<0;8;{row}M\x1b[<0;8;{row}m".encode()
        terminal.send(click * 2)
        terminal.wait_for("By Ada Holm")
        terminal.send(b"\x1b[<65;60;12M" * 40)
        terminal.wait_for("votes to 3")
        leave(terminal)


def test_keys_typed_while_it_is_stopped_are_not_lost(home: Path) -> None:
    with Terminal(PROGRAM) as terminal:
        terminal.wait_for(FIRST)
        os.kill(terminal.pid, signal.SIGSTOP)
        terminal.press("j", "enter")
        time.sleep(0.2)
        os.kill(terminal.pid, signal.SIGCONT)
        terminal.wait_for("By Ada Holm")
        leave(terminal)


@pytest.mark.parametrize("term", ["linux", "screen", "vt220"])
def test_without_an_alternate_screen_the_shell_goes_on_on_an_empty_one(
    home: Path, term: str
) -> None:
    """Older consoles have none, and GNU screen as it comes."""
    environment = {"TERM": term}
    with Terminal(PROGRAM, environment=environment) as terminal:
        terminal.wait_for(FIRST)
        leave(terminal)
        # pyte has none either.
        assert terminal.text().strip() == ""
        assert (terminal.screen.cursor.x, terminal.screen.cursor.y) == (0, 0)


def test_the_console_gets_signs_that_its_fonts_have(home: Path) -> None:
    with Terminal(PROGRAM, environment={"TERM": "linux"}) as terminal:
        terminal.wait_for("█")
        leave(terminal)
        seen = terminal.raw.decode()
        assert not set(seen) & set("▌★○◆▎✓")
        assert "●" in seen
    with Terminal(PROGRAM, environment={"TERM": "linux"}) as again:
        # The first screen is the last session's.
        again.wait_for(FIRST)
        leave(again)
        assert "▌" not in again.raw.decode()
