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
    file.write_text(
        """[commands]\nown = { ask = "!sh -c 'echo; echo Lent for $0; read x; test $x = well' %t" }\n"""
    )
    with Terminal([*READER, "--offline"], columns=80, rows=24) as terminal:
        terminal.wait_for(STORY)
        terminal.press(*":run ask", "enter")
        terminal.wait_for("Lent for Nine")
        terminal.press(*"no", "enter")
        terminal.wait_for("sh ended with status 1")
        assert "Unread  17" in terminal.text()
        terminal.press("Q")
        assert terminal.wait_for_end() == 0
