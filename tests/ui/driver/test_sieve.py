"""Pasted text is never keys, and what the terminal says without being asked is nothing at all."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.ui.driver.sieve import Pasted, Sieve

KEYS = [
    "j",
    "é",
    "東",
    "\r",
    "\x1b[A",
    "\x1b[1;5C",
    "\x1b[<0;10;5M",
    "\x1bOP",
    "\x1b[3~",
    "\x1b[1;2R",
]
NOISE = [
    "\x1b]11;rgb:ffff/ffff/ffff\x07",
    "\x1b]10;rgb:0/0/0\x1b\\",
    "\x1bP>|XTerm(379)\x1b\\",
    "\x1bP1$r0m\x1b\\",
    "\x1b_Gi=1;OK\x1b\\",
    "\x1b[>41;354;0c",
    "\x1b[?62;22c",
    "\x1b[?1u",
    "\x1b[8;24;80t",
    "\x1b[12;40R",
    "\x1b[<u",
    "\ufffd",
]
PASTES = ["two words", "", "a\nb", "[31mred", "Q\x1b[AQ\x1bq", "\x1b]11;x\x07", "\x1b[200~again"]


@given(st.lists(st.sampled_from(["key", "noise", "paste"]), max_size=6), st.data())
def test_keys_and_pastes_come_out_in_order_however_they_are_cut(
    kinds: list[str], data: st.DataObject
) -> None:
    sent, keys, pasted = "", "", []
    for kind in kinds:
        if kind == "paste":
            text = data.draw(st.sampled_from(PASTES))
            sent += f"\x1b[200~{text}\x1b[201~"
            pasted.append((len(keys), text))
        else:
            text = data.draw(st.sampled_from(KEYS if kind == "key" else NOISE))
            sent += text
            keys += text if kind == "key" else ""
    # Reports come in one piece; pastes and strings are cut anywhere.
    sieve = Sieve()
    typed, found = "", []
    for piece in sieve.sort(sent):
        if isinstance(piece, Pasted):
            found.append((len(typed), str(piece)))
        else:
            typed += piece
    assert (typed, found) == (keys, pasted)


@given(st.sampled_from([*PASTES, "x" * 5000]), st.lists(st.integers(6, 6000), max_size=8))
def test_a_paste_in_pieces_is_one(text: str, cuts: list[int]) -> None:
    sent = f"\x1b[200~{text}\x1b[201~j"
    edges = sorted({0, len(sent), *(cut for cut in cuts if cut < len(sent))})
    sieve = Sieve()
    found = [piece for start, end in pairwise(edges) for piece in sieve.sort(sent[start:end])]
    assert found == [text, "j"]
    assert isinstance(found[0], Pasted)


@pytest.mark.parametrize("cut", range(3, 8))
def test_a_paste_whose_beginning_is_cut(cut: int) -> None:
    sent = "\x1b[200~Q\x1b[201~"
    sieve = Sieve()
    assert [*sieve.sort(sent[:cut]), *sieve.sort(sent[cut:])] == ["Q"]


@given(st.integers(4, 22))
def test_a_string_in_pieces_types_nothing(cut: int) -> None:
    sent = "\x1b]11;rgb:1/2/3;abcd\x1b\\j"
    sieve = Sieve()
    assert "".join([*sieve.sort(sent[:cut]), *sieve.sort(sent[cut:])]) == "j"


def test_a_string_without_an_end_is_given_up() -> None:
    now = 0.0
    sieve = Sieve(clock=lambda: now)
    assert list(sieve.sort("\x1b]0;never")) == []
    assert list(sieve.sort(" ends")) == []
    now = 2.0
    assert list(sieve.sort("j")) == ["j"]


def test_an_endless_paste_is_bounded() -> None:
    sieve = Sieve()
    assert list(sieve.sort("\x1b[200~")) == []
    for _ in range(20):
        assert list(sieve.sort("x" * 100_000)) == []
    (pasted,) = sieve.sort("\x1b[201~")
    assert len(pasted) == 1 << 20
