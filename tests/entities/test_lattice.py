"""Names that overlap exclude each other: the recursions against counting all ways."""

import math
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.entities.lattice import chances, choose

Ends = list[tuple[int, int]]


def _apart(ends: Ends) -> bool:
    return all(a[1] <= b[0] or b[1] <= a[0] for a, b in combinations(ends, 2))


def _ways(count: int, ends: Ends) -> list[tuple[int, ...]]:
    """All sets of candidates that do not overlap."""
    every = [c for size in range(count + 1) for c in combinations(range(count), size)]
    return [way for way in every if _apart([ends[at] for at in way])]


ENDS = st.lists(
    st.tuples(st.integers(0, 6), st.integers(1, 3)), min_size=1, max_size=5, unique=True
).map(lambda pairs: sorted((first, first + size) for first, size in pairs))


@given(ENDS, st.integers(0, 99))
def test_chances_are_those_of_all_ways(ends: Ends, seed: int) -> None:
    sums = np.random.default_rng(seed).normal(size=(len(ends), 2)) * 2
    whole = 0.0
    parts = np.zeros_like(sums)
    for way in _ways(len(ends), ends):
        for kinds in product(range(2), repeat=len(way)):
            weight = math.exp(sum(sums[at, kind] for at, kind in zip(way, kinds, strict=True)))
            whole += weight
            for at, kind in zip(way, kinds, strict=True):
                parts[at, kind] += weight
    total, found = chances(ends, sums)
    assert total == pytest.approx(math.log(whole))
    assert found == pytest.approx(parts / whole)


@given(ENDS, st.lists(st.floats(-3, 3), min_size=5, max_size=5))
def test_the_best_way_is_chosen(ends: Ends, gains: list[float]) -> None:
    chosen = choose(ends, gains[: len(ends)])
    assert _apart([ends[at] for at in chosen])
    best = max(sum(gains[at] for at in way) for way in _ways(len(ends), ends))
    assert sum(gains[at] for at in chosen) == pytest.approx(best)


def test_nothing_comes_of_nothing() -> None:
    assert choose([], []) == []
    assert chances([], np.zeros((0, 4)))[0] == 0.0


def test_large_scores_do_not_overflow() -> None:
    _, found = chances([(0, 1), (0, 2)], np.array([[500.0, -500.0], [490.0, 0.0]]))
    assert found[0, 0] == pytest.approx(1, abs=1e-3)
