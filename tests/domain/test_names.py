"""File names from text: safe everywhere, whatever the text."""

import unicodedata
import warnings
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.domain.names import LONGEST, fold_name, safe_name, unique_name


@given(st.text())
def test_a_safe_name_is_one_part_of_a_path(text: str) -> None:
    name = safe_name(text)
    assert name
    assert len(name.encode()) <= LONGEST
    assert PurePosixPath(name).parts == (name,)
    assert PureWindowsPath(name + ".md").parts == (name + ".md",)
    with warnings.catch_warnings():
        # Its successor is there from Python 3.13 on only.
        warnings.simplefilter("ignore", DeprecationWarning)
        assert not PureWindowsPath(name).is_reserved()
    assert name not in (".", "..")
    assert not {unicodedata.category(c) for c in name} & {"Cc", "Cs", "Zl", "Zp"}


@given(st.text())
def test_a_safe_name_stays_as_it_is(text: str) -> None:
    assert safe_name(safe_name(text)) == safe_name(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Oslo Lights Treaty", "Oslo Lights Treaty"),
        ("../../etc/passwd", "etc-passwd"),
        ("What now?", "What now"),
        ("AC/DC: live", "AC-DC- live"),
        (".hidden", "hidden"),
        ("--option", "option"),
        ("NUL", "_NUL"),
        ("con.txt", "_con.txt"),
        ("console", "console"),
        ("\x1b[31mred\x07", "[31mred"),
        ("灯台の声", "灯台の声"),
        ("", "untitled"),
        ("...", "untitled"),
    ],
)
def test_examples(text: str, name: str) -> None:
    assert safe_name(text) == name


def test_long_names_are_cut_between_characters() -> None:
    name = safe_name("灯" * 500, longest=64)
    assert name == "灯" * 21


@given(st.lists(st.sampled_from(["a", "A", "b", "a 2"]), max_size=12))
def test_unique_names_differ_for_every_file_system(names: list[str]) -> None:
    taken: set[str] = set()
    for name in names:
        taken.add(fold_name(unique_name(name, taken)))
    assert len(taken) == len(names)
