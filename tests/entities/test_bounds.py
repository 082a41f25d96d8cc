"""Where names begin and end."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.entities.bounds import settle
from tui.entities.models import Found


def _settled(text: str, label: str) -> list[str]:
    """The names that come out of what stands between the bars."""
    before, name, after = text.split("|")
    found = [Found(len(before), len(before) + len(name), label)]
    plain = before + name + after
    return [plain[f.start : f.end] for f in settle(plain, found)]


@pytest.mark.parametrize(
    ("text", "label", "expected"),
    [
        ("in |the United States|.", "GPE", ["United States"]),
        ("by |The Guardian| today", "ORG", ["Guardian"]),
        ("|NASA's| plan", "ORG", ["NASA"]),
        ("the |Pirates'| win", "ORG", ["Pirates"]),
        ("|Mr Lavrov| said", "PERSON", ["Lavrov"]),
        ("|Foreign Minister Lavrov| x", "PERSON", ["Lavrov"]),
        ("|King George VI| x", "PERSON", ["King George VI"]),
        ("|Pope Francis| x", "PERSON", ["Pope Francis"]),
        ("when Queen |Victoria| came", "PERSON", ["Queen Victoria"]),
        ("|Prince Charles Smith| x", "PERSON", ["Charles Smith"]),
        ("|Dr. Anna Lee| x", "PERSON", ["Anna Lee"]),
        ("|“Metro”| x", "ORG", ["Metro"]),
        ("|Imagine (| x", "WORK_OF_ART", ["Imagine"]),
        ("|Acme Inc.| x", "ORG", ["Acme Inc."]),
        ("the |U.S.| is", "GPE", ["U.S."]),
        ("near |Ancaster and| x", "FAC", ["Ancaster"]),
        ("|united Germany| x", "GPE", ["Germany"]),
        ("|van Beethoven| x", "PERSON", ["van Beethoven"]),
        ("|Paris, France| x", "GPE", ["Paris", "France"]),
        ("|Foo, Inc.| x", "ORG", ["Foo, Inc."]),
        ("the |Ross Ice| Shelf", "LOC", ["Ross Ice Shelf"]),
        ("in |Washington| D.C. today", "GPE", ["Washington D.C."]),
        ("the 65th |Air Division| left", "ORG", ["65th Air Division"]),
        ("sang The |Fantasy| twice", "WORK_OF_ART", ["The Fantasy"]),
        ("on |Monday| x", "DATE", []),
        ("a |carpenter| x", "PERSON", []),
        ("|la France| x", "LOC", ["France"]),
        ("|l’Élysée| x", "LOC", ["Élysée"]),
        ("in |東京| x", "GPE", ["東京"]),
        ("|" + "Very " * 60 + "Long| x", "ORG", []),
    ],
)
def test_bounds(text: str, label: str, expected: list[str]) -> None:
    assert _settled(text, label) == expected


@given(
    st.text(alphabet="Aa .,'’\"()-“”x9\n the", max_size=80),
    st.lists(st.tuples(st.integers(0, 79), st.integers(1, 30)), max_size=5),
    st.sampled_from(["PERSON", "ORG", "GPE", "WORK_OF_ART"]),
)
def test_settled_names_are_in_order_and_do_not_overlap(
    text: str, spans: list[tuple[int, int]], label: str
) -> None:
    found, last = [], 0
    for start, size in sorted(spans):
        if start >= last and start + size <= len(text):
            found.append(Found(start, start + size, label))
            last = start + size
    settled = settle(text, found)
    assert all(0 <= f.start < f.end <= len(text) for f in settled)
    assert all(a.end <= b.start for a, b in pairwise(settled))
    assert all(text[f.start : f.end] == text[f.start : f.end].strip() for f in settled)
