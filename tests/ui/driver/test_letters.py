"""Every character has something that stands for it, as wide as itself."""

import os
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcwidth

from tui.ui.driver import letters
from tui.ui.driver.letters import Letters, console_font

ASCII = frozenset(string.printable)
# The kernel's own font has most of code page 437.
CP437 = ASCII | set(bytes(range(128, 256)).decode("cp437")) | set("•♦°√►")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("“Ça va — s’il…” × 3", '"Ca va - s\'il." x 3'),
        ("● ○ ★ ▌ ≡ │ ─ ▁▃▅▇", "* o * | = | - _-=#"),
        ("Łódź e\u0301", "Łodz e"),
        ("日本", "日本"),
    ],
)
def test_on_a_font_of_ascii(text: str, shown: str) -> None:
    assert text.translate(Letters(ASCII)) == shown


def test_what_the_font_has_is_kept() -> None:
    assert "Ça va — ● ▌ ≡ │ é".translate(Letters(frozenset(CP437))) == "Ça va - • ▌ ≡ │ é"


def test_where_the_font_is_not_known_only_rare_signs_are_replaced() -> None:
    assert "“Ça” — ● ▌★ │".translate(Letters(None)) == "“Ça” — ● █* │"


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_nothing_becomes_wider(text: str) -> None:
    for font in (ASCII, None):
        for character in text:
            shown = character.translate(Letters(font))
            assert len(shown) <= 1
            if shown and wcwidth(character) == 1:
                assert wcwidth(shown) == 1


def test_commands_pass() -> None:
    command = "\x1b[1;31mred\x1b[m\x1b]8;;\x1b\\"
    assert command.translate(Letters(ASCII)) == command


def test_only_the_console_is_in_doubt() -> None:
    master, slave = os.openpty()
    try:
        assert console_font(slave) is None
        assert letters.letters({"TERM": "xterm-256color"}, slave) is None
        assert letters.letters({"TERM": "linux"}, slave) is not None
    finally:
        os.close(master)
        os.close(slave)
