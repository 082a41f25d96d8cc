"""Widths: our short way agrees with Rich's table, and what is cut fits."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import get_character_cell_size

from tests.ui.strategies import texts
from tui.ui.render.cells import (
    LEFT_TO_RIGHT_MARK,
    cell_len,
    cut,
    fit,
    isolate,
    narrow,
    one_line,
    pad,
)


def test_every_narrow_character_is_one_column_in_richs_table() -> None:
    wrong = [
        hex(code)
        for code in range(0x3100)
        if not 0xD800 <= code < 0xE000
        and narrow(chr(code))
        and get_character_cell_size(chr(code)) != 1
    ]
    assert wrong == []


@given(texts, st.integers(0, 60))
def test_cut_is_a_beginning_that_fits(text: str, width: int) -> None:
    head, used = cut(text, width)
    assert text.startswith(head)
    assert used == cell_len(head) <= width


@given(texts, st.integers(0, 60))
def test_fit_leaves_no_breaks_and_says_its_width(text: str, width: int) -> None:
    shown, used = fit(text, width)
    assert used == cell_len(shown) <= width
    assert "\n" not in shown and "\t" not in shown
    if cell_len(one_line(text)) <= width and narrow(one_line(text)):
        assert shown == one_line(text)


@given(texts, st.integers(1, 60))
def test_pad_fills_exactly(text: str, width: int) -> None:
    assert cell_len(pad(text, width)) == width


def test_right_to_left_text_is_closed_against_its_neighbours() -> None:
    assert isolate("שלום") == "שלום" + LEFT_TO_RIGHT_MARK
    assert isolate("peace") == "peace"
    assert cell_len(isolate("שלום")) == cell_len("שלום")
