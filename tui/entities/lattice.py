"""Choosing among candidates that overlap: a semi-Markov model of each paragraph.

Each candidate has a score for each kind; a word outside of names has the score 0. The weight of a way
to read the paragraph is the exponential of the sum of its scores; ways never have overlapping names.
(Sarawagi and Cohen 2004, semi-Markov conditional random fields.)
"""

import math
from collections.abc import Sequence

import numpy as np

from tui.entities.chances import Numbers

_NEVER = -1e30


def chances(ends: Sequence[tuple[int, int]], sums: Numbers) -> tuple[float, Numbers]:
    """The logarithm of the weight of all ways, and the part of it that has each name of each kind.

    `ends` are the first and the one after the last word of each candidate, in order; `sums` has a row
    of scores for each.
    """
    if not len(ends):
        return 0.0, np.zeros_like(sums)
    top = sums.max(axis=1)
    whole = (top + np.log(np.exp(sums - top[:, None]).sum(axis=1))).tolist()
    first, last = ends[0][0], max(end for _, end in ends)
    before = _forward(ends, whole, first, last)
    after = _backward(ends, whole, first, last)
    total = before[-1]
    ways = [before[a - first] + after[b - first] - total for a, b in ends]
    return total, np.exp(np.array(ways)[:, None] + sums)


def _forward(
    ends: Sequence[tuple[int, int]], whole: list[float], first: int, last: int
) -> list[float]:
    """The weight of all ways up to each word."""
    before = [_NEVER] * (last - first + 1)
    before[0] = 0.0
    at = 0
    for word in range(last - first):
        here = before[word]
        before[word + 1] = _added(before[word + 1], here)
        while at < len(ends) and ends[at][0] - first == word:
            end = ends[at][1] - first
            before[end] = _added(before[end], here + whole[at])
            at += 1
    return before


def _backward(
    ends: Sequence[tuple[int, int]], whole: list[float], first: int, last: int
) -> list[float]:
    """The weight of all ways from each word on."""
    after = [0.0] * (last - first + 1)
    at = len(ends) - 1
    for word in range(last - first - 1, -1, -1):
        here = after[word + 1]
        while at >= 0 and ends[at][0] - first == word:
            here = _added(here, after[ends[at][1] - first] + whole[at])
            at -= 1
        after[word] = here
    return after


def _added(one: float, other: float) -> float:
    if one < other:
        one, other = other, one
    return one + math.log1p(math.exp(other - one)) if one - other < 40 else one


def choose(ends: Sequence[tuple[int, int]], gains: Sequence[float]) -> list[int]:
    """The candidates without overlaps with the largest sum of `gains`, by their positions."""
    if not ends:
        return []
    first, last = ends[0][0], max(end for _, end in ends)
    best = [0.0] * (last - first + 1)
    chosen = [-1] * (last - first + 1)
    at = len(ends) - 1
    for word in range(last - first - 1, -1, -1):
        best[word] = best[word + 1]
        while at >= 0 and ends[at][0] - first == word:
            gain = gains[at] + best[ends[at][1] - first]
            if gains[at] > 0 and gain > best[word]:
                best[word], chosen[word] = gain, at
            at -= 1
    picked = []
    word = 0
    while word < last - first:
        if chosen[word] < 0:
            word += 1
        else:
            picked.append(chosen[word])
            word = ends[chosen[word]][1] - first
    return picked
