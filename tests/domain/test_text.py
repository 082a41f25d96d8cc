"""The border: nothing a terminal obeys gets through `clean`."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.domain.text import clean, clean_line

HOSTILE = [
    ("\x1b[31mred\x1b[0m", "[31mred[0m"),
    ("\x1b]52;c;ZXZpbA==\x07copy", "]52;c;ZXZpbA==copy"),
    ("\x9b31mC1", "31mC1"),
    ("user\u202etxt.exe", "usertxt.exe"),
    ("zero\u200bwidth", "zerowidth"),
    ("tag\U000e0041s", "tags"),
    ("soft\u00adhyphen", "softhyphen"),
    ("nul\x00", "nul"),
    ("a\r\nb\rc\u2028d\u0085e", "a\nb\nc\nd\ne"),
    ("lone \ud800 surrogate", "lone \ufffd surrogate"),
    ("pixels \U000f8000\U000ffffd \U0010eeee", "pixels \ufffd\ufffd \ufffd"),
    ("icon \uf09e \U000f0001", "icon \uf09e \U000f0001"),
    ("[TODO] [/b] [@click=app.quit]", "[TODO] [/b] [@click=app.quit]"),
]


@pytest.mark.parametrize(("dirty", "expected"), HOSTILE)
def test_hostile_text_loses_its_commands(dirty: str, expected: str) -> None:
    assert clean(dirty) == expected


def test_what_scripts_and_emoji_need_stays() -> None:
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    persian = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"
    assert clean(family) == family
    assert clean(persian) == persian


def test_stacks_of_marks_are_cut() -> None:
    assert len(clean("Z" + "\u0335" * 400)) <= 8


@given(st.text(st.characters()))
def test_cleaned_text_holds_no_control_and_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    for character in once:
        category = unicodedata.category(character)
        assert character in "\n\t" or category not in ("Cc", "Cs")
        assert not "\u202a" <= character <= "\u202e"
        assert not "\u2066" <= character <= "\u2069"


@given(st.text(), st.integers(2, 80))
def test_a_line_is_one_line_within_its_limit(text: str, limit: int) -> None:
    line = clean_line(text, limit)
    assert len(line) <= limit
    assert "\n" not in line
    assert line == line.strip()


def test_a_cut_line_says_so() -> None:
    assert clean_line("one two three", 8) == "one two…"
