"""Models: how a text is cut for them, and what they find."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.entities.models import LONGEST_PIECE, Model, ModelMissing, pieces


def _parts(text: str) -> list[str]:
    return [text[start:end] for start, end in pieces(text)]


def test_a_piece_is_a_paragraph() -> None:
    assert _parts("Headline\nFirst one.\n\n \nSecond one.") == [
        "Headline",
        "First one.",
        "Second one.",
    ]


def test_a_long_paragraph_is_cut_after_a_sentence() -> None:
    parts = _parts("This is a sentence. " * 1000)
    assert max(map(len, parts)) <= LONGEST_PIECE
    assert all(part.endswith("sentence. ") for part in parts)


def test_a_long_sentence_is_cut_after_a_word() -> None:
    parts = _parts("word " * 10_000)
    assert max(map(len, parts)) <= LONGEST_PIECE
    assert all(part.endswith("word ") for part in parts)


def test_a_long_word_is_cut_anywhere() -> None:
    assert "".join(_parts("x" * 50_000)) == "x" * 50_000


@given(st.text(alphabet="ab. \n\u00a0日", max_size=300))
def test_pieces_lose_nothing_but_blank_lines(text: str) -> None:
    spans = list(pieces(text))
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    kept = "".join("".join(text[a:b].split()) for a, b in spans)
    assert kept == "".join(text.split())


def test_a_model_that_is_not_installed_says_what_to_do() -> None:
    with pytest.raises(
        ModelMissing, match=r"no_such_model is not installed; install it .* settings"
    ):
        Model("no_such_model")


@pytest.mark.model
def test_names_keep_their_offsets_across_pieces(english: Model) -> None:
    text = "Angela Merkel spoke.\n\n" + "It rained a lot. " * 600 + "\nAngela Merkel left Berlin."
    found = english.names(text)
    assert [text[f.start : f.end] for f in found if f.label == "PERSON"] == ["Angela Merkel"] * 2
