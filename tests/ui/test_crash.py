"""A fault of ours ends the reader: terminal as it was, a few lines that say what to do, status 1."""

import sys
import termios
from pathlib import Path

import pytest

from tests.terminal import Terminal
from tests.ui.crashing import EVIL
from tests.ui.driver.modes import left_behind
from tui.ui.crash import report


def test_report_is_short_and_harmless() -> None:
    def deep(steps: int) -> None:
        if not steps:
            raise ValueError(EVIL)
        deep(steps - 1)

    with pytest.raises(ValueError, match="wrong") as caught:
        deep(50)
    lines = report(caught.value).splitlines()
    assert len(lines) < 20
    assert "ValueError: wrong" in "\n".join(lines)
    assert lines[-1] == "Please report this with the lines above."
    assert not any(character in "\n".join(lines) for character in "\x1b\x07\u202e")


@pytest.mark.pty
def test_crash_in_a_real_terminal(tmp_path: Path) -> None:
    with Terminal(
        [sys.executable, "-m", "tests.ui.crashing"],
        columns=90,
        rows=30,
        environment={"BROADSHEET_HOME": str(tmp_path)},
    ) as terminal:
        terminal.wait_for(lambda seen: bool(seen.text().strip()))
        terminal.settle()
        terminal.press("j")
        assert terminal.wait_for_end() == 1
        raw = bytes(terminal.raw)
        assert left_behind(raw) == []
        assert termios.tcgetattr(terminal._fd) == terminal.modes
        said = raw[raw.rindex(b"\x1b[?1049l") :].decode()
    assert "ValueError: wrong" in said
    assert "`broadsheet` starts again" in said
    assert len(said) < 3000
    assert "\x1b]52" not in said
    assert "\x1b[2J" not in said
