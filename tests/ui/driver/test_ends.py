"""After every end the terminal is as it was."""

import os
import shlex
import signal
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.terminal import Terminal
from tests.ui.driver.modes import left_behind

pytestmark = pytest.mark.pty

PROGRAM = [sys.executable, "-m", "tests.ui.driver.program"]


def press_q(terminal: Terminal) -> None:
    terminal.press("q")


def crash(terminal: Terminal) -> None:
    terminal.press("z")


def kill(number: int) -> Callable[[Terminal], None]:
    return lambda terminal: os.kill(terminal.pid, number)


@pytest.mark.parametrize(
    ("options", "end", "status"),
    [
        ([], press_q, 0),
        ([], kill(signal.SIGTERM), 128 + signal.SIGTERM),
        ([], kill(signal.SIGHUP), 128 + signal.SIGHUP),
        ([], kill(signal.SIGINT), 128 + signal.SIGINT),
        (["--crash"], crash, 1),
        (["--stuck"], kill(signal.SIGTERM), -signal.SIGALRM),
    ],
    ids=["q", "term", "hup", "int", "crash", "stuck"],
)
def test_left_as_it_was(options: list[str], end: Callable[[Terminal], None], status: int) -> None:
    with Terminal([*PROGRAM, *options]) as terminal:
        terminal.wait_for("Story 3:")
        terminal.press("j")
        terminal.settle()
        assert left_behind(bytes(terminal.raw)) != []
        end(terminal)
        assert terminal.wait_for_end() == status
        assert left_behind(bytes(terminal.raw)) == []
        assert termios.tcgetattr(terminal._fd) == terminal.modes


def test_error_is_shown_after_a_crash() -> None:
    with Terminal([*PROGRAM, "--crash"]) as terminal:
        terminal.wait_for("Story 3:")
        crash(terminal)
        terminal.wait_for_end()
        last = terminal.raw.rindex(b"\x1b[?1049l")
        assert b"a crash of Panes" in terminal.raw[last:]


def test_ends_with_the_shell_that_started_it() -> None:
    with Terminal(["/bin/sh", "-c", f"{shlex.join(PROGRAM)}; true"]) as terminal:
        terminal.wait_for("Story 3:")
        children = Path(f"/proc/{terminal.pid}/task/{terminal.pid}/children").read_text("ascii")
        os.kill(terminal.pid, signal.SIGKILL)
        terminal.wait_for_end()
        (pid,) = map(int, children.split())
        # The pty closes for us when the last process that has it open is gone or has let go.
        for _ in range(600):
            if _is_gone(pid):
                return
            time.sleep(0.1)
        raise AssertionError(f"process {pid} goes on without its terminal")


def _is_gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").split()[2] == "Z"
    except FileNotFoundError:
        return True
