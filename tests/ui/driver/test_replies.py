"""Answers of the terminal are never keys, keys are never answers."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tui.ui.driver.replies import Ear

SAID = {
    "\x1b[?62;4;22c": ("c", (62, 4, 22)),
    "\x1b[?1;0;256S": ("S", (1, 0, 256)),
    "\x1b[?2;3S": ("S", (2, 3)),
    "\x1b[6;18;9t": ("t", (6, 18, 9)),
}
ANSWERS = ["\x1b[0n", "\x1b[?2026;2$y", "\x1b[?2026;0$y", *SAID]
KEYS = ["j", "é", "\x1b[A", "\x1b[1;5C", "\x1b[<0;10;5M", "\x1b[200~paste 0n\x1b[201~", "東", "\r"]


@given(
    st.lists(st.sampled_from([*ANSWERS, *KEYS]), max_size=12),
    st.lists(st.integers(0, 200), max_size=12),
)
def test_sorted_however_it_is_cut(parts: list[str], cuts: list[int]) -> None:
    data = "".join(parts).encode()
    edges = sorted({0, len(data), *(cut for cut in cuts if cut < len(data))})
    ear = Ear()
    keys, acknowledged = "", 0
    modes: list[int] = []
    said: list[tuple[str, tuple[int, ...]]] = []
    for start, end in pairwise(edges):
        heard = ear.hear(data[start:end], expecting=True)
        keys += heard.keys
        acknowledged += heard.acknowledged
        modes += heard.modes
        said += heard.said
    assert keys + ear.release() == "".join(part for part in parts if part in KEYS)
    assert acknowledged == parts.count("\x1b[0n")
    assert said == [SAID[part] for part in parts if part in SAID]
    assert modes == [2026] * parts.count("\x1b[?2026;2$y")


def test_escape_alone_is_kept_only_while_an_answer_is_due() -> None:
    ear = Ear()
    assert ear.hear(b"\x1b", expecting=False).keys == "\x1b"
    assert ear.hear(b"\x1b", expecting=True).keys == ""
    assert ear.keeps
    assert ear.release() == "\x1b"
    assert not ear.keeps
