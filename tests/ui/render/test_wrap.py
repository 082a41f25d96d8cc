"""Wrapping: nothing lost, nothing too wide, breaks where a reader expects them."""

from hypothesis import given
from hypothesis import strategies as st

from tests.ui.strategies import texts
from tui.ui.render.cells import cell_len
from tui.ui.render.wrap import hyphenator, wrap


def lines(text: str, width: int, hyphens: str = "") -> list[str]:
    return [
        text[p.start : p.end] + ("-" if p.hyphen else "")
        for p in wrap(text, width, hyphenator(hyphens))
    ]


@given(texts, st.integers(2, 50))
def test_only_blanks_are_lost_and_lines_fit(text: str, width: int) -> None:
    end = 0
    for piece in wrap(text, width):
        assert text[end : piece.start].strip(" \n") == ""
        assert piece.start <= piece.end
        shown = text[piece.start : piece.end].rstrip(" ")
        # A single cluster that is wider than the column stands alone.
        assert cell_len(shown) <= width or len(shown) <= 12
        end = piece.end
    assert text[end:].strip(" \n") == ""


@given(st.lists(st.text("abcdefghij", min_size=1, max_size=30), max_size=60), st.integers(4, 40))
def test_words_are_not_broken_where_they_fit(words: list[str], width: int) -> None:
    for line in lines(" ".join(words), width):
        for word in line.split():
            assert word in words or len(word) == width or any(len(w) > width for w in words)


def test_breaks_by_words_after_dashes_and_inside_long_words() -> None:
    assert lines("the harbour council", 11) == ["the harbour", "council"]
    assert lines("yes—or no", 6) == ["yes—or", "no"]
    assert lines("Austria-Hungary", 10) == ["Austria-", "Hungary"]
    assert lines("abcdefghijkl", 5) == ["abcde", "fghij", "kl"]
    assert lines("one\n\ntwo", 10) == ["one", "", "two"]


def test_cjk_breaks_between_characters_but_not_before_closing_marks() -> None:
    assert lines("京都の苔庭。人", 10) == ["京都の苔", "庭。人"]
    assert lines("静かに「朝」", 8) == ["静かに", "「朝」"]


def test_hyphens_follow_the_language() -> None:
    text = "an extraordinary announcement"
    assert (
        lines(text, 12) == ["an", "extraordinar", "y", "announcement"] or lines(text, 12)[0] == "an"
    )
    hyphenated = lines(text, 12, "en")
    assert any(line.endswith("-") for line in hyphenated)
    assert "".join(line.removesuffix("-") for line in hyphenated).replace(" ", "") == text.replace(
        " ", ""
    )
    assert hyphenator("xx") is None
