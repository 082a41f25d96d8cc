"""Ranges hold exactly the ids they were given, and are short for runs."""

from hypothesis import given
from hypothesis import strategies as st

from tui.library import ranges


@given(st.sets(st.integers(0, 1 << 50)))
def test_what_goes_in_comes_out(ids: set[int]) -> None:
    assert list(ranges.from_text(ranges.to_text(ids))) == sorted(ids)


def test_a_run_is_short() -> None:
    assert ranges.to_text(range(1, 10_001)) == "1-9999"
    assert ranges.to_text([5, 7, 8, 9, 20]) == "5,2-2,11"
