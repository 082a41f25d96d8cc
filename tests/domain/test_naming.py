"""Shared keys of names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.domain.naming import fold_key


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("The New York Times", "new york times"),
        ("Angela Merkel's", "angela merkel"),
        ("Angela Merkel’s", "angela merkel"),
        ("U.S.", "us"),
        ("J. K. Rowling", "jk rowling"),
        ("J.K. Rowling", "jk rowling"),
        ("Gerhard Schröder", "gerhard schroder"),
        ("AT&T", "at t"),
        ("  al-Qaeda ", "al qaeda"),
        ("l’Élysée", "elysee"),
        ("Theresa May", "theresa may"),
        ("Lagos", "lagos"),
        ("The", "the"),
        ("北京", "北京"),
        ("…", ""),
    ],
)
def test_spellings(name: str, key: str) -> None:
    assert fold_key(name) == key


@given(st.text(max_size=60))
def test_keys_have_no_case_and_no_edges(name: str) -> None:
    key = fold_key(name)
    assert key == key.strip()
    assert "  " not in key
    assert fold_key(name.strip()) == key
