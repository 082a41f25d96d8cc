"""A program that takes the terminal gets it whole, and gives it back."""

from pathlib import Path

import pytest

from tests.e2e.conftest import READER
from tests.terminal import Terminal

pytestmark = [pytest.mark.pty, pytest.mark.model, pytest.mark.xdist_group("edition")]
STORY = "Nine countries agree"


def test_a_pager_has_the_terminal_until_it_ends(reading: Path) -> None:
    file = reading / "config" / "settings.toml"
    file.parent.mkdir(exist_ok=True)
    script = "echo; echo Lent for $0; head -n 1; read x </dev/tty; test $x = well"
    file.write_text(f"""[commands]\nown = {{ ask = "!sh -c '{script}' %f" }}\n""")
    with Terminal([*READER, "--offline"], columns=80, rows=24) as terminal:
        terminal.wait_for(STORY)
        terminal.press(*":run ask", "enter")
        # The text is its input, the keys are the terminal's.
        terminal.wait_for(lambda t: "Lent for World" in t.text() and "Nine countries" in t.text())
        terminal.press(*"no", "enter")
        terminal.wait_for("sh ended with status 1")
        assert "Unread  17" in terminal.text()
        terminal.press("Q")
        assert terminal.wait_for_end() == 0
