"""What the model knows of the words of a name, as numbers: the meaning of the words by themselves,
and how the model saw them in their sentence. Both are there when the model has found its names.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float32]


class Vectors:
    """Numbers for each token of a text.

    `starts` are offsets of the tokens in order, `meanings` gives the vector of a token by itself
    (300 numbers in the English model), `rows` are the tokens in their sentence (64 numbers each).
    """

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._tokens: list[Any] = []
        self._blocks: list[Numbers] = []
        self._rows: Numbers | None = None

    def add(self, tokens: Sequence[Any], offset: int, rows: Numbers | None) -> None:
        """The tokens of a piece of the text that begins at `offset`, with a row for each."""
        if rows is None:
            return
        self._starts += (offset + token.idx for token in tokens)
        self._tokens += tokens
        self._blocks.append(rows)

    def of(self, start: int, end: int) -> Numbers:
        """All numbers of the name `start:end`: its words, it and its neighbours in their sentence."""
        if self._rows is None:
            self._rows = np.concatenate(self._blocks)
        first = max(0, bisect_right(self._starts, start) - 1)
        last = max(first, bisect_left(self._starts, end) - 1)
        rows = self._rows[first : last + 1]
        meaning = np.mean([token.vector for token in self._tokens[first : last + 1]], axis=0)
        parts = (
            meaning,
            rows.mean(axis=0),
            rows[-1],
            rows[0],
            self._row(first - 1),
            self._row(last + 1),
        )
        return np.concatenate([_unit(part) for part in parts])

    def _row(self, position: int) -> Numbers:
        assert self._rows is not None
        if 0 <= position < len(self._rows):
            row: Numbers = self._rows[position]
            return row
        return np.zeros(self._rows.shape[1], dtype=np.float32)


def _unit(numbers: Numbers) -> Numbers:
    length = float(np.linalg.norm(numbers))
    return numbers / length if length else numbers
