"""How sure spaCy's recogniser is: the chance of each label for each run of words.

The recogniser walks through the words and opens, goes on and closes names; what it decides of a word
depends on that word, the first word of the open name and the word before (`spacy.ml.parser_model` and
`_state.set_context_tokens` for three words). So the chance that it opens a name at one word and closes
it at another can be computed for all runs at once, and takes a fourth of the time of the walk itself,
which tells nothing but the one best name.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.floating[Any]]
Positions = npt.NDArray[np.int64]
_NEVER = -30.0  # the logarithm of no chance


class Chances:
    """The upper layers of a spaCy recogniser `component`."""

    def __init__(self, component: Any) -> None:
        _, lower, upper = component.model.layers
        self._lower: Numbers = lower.get_param("W")  # 3 roles, 64 hidden, 2 pieces, 64 numbers
        self._bias: Numbers = lower.get_param("b")
        self._nobody: Numbers = lower.get_param("pad")[0]
        self._upper: Numbers = upper.get_param("W")
        self._upper_bias: Numbers = upper.get_param("b")
        moves: Sequence[str] = component.move_names
        self.labels = tuple(sorted({m[2:] for m in moves if m.startswith("B-")}))
        self._single, self._open, self._inside, self._close = (
            [moves.index(f"{move}-{label}") for label in self.labels] for move in "UBIL"
        )
        self._outside = moves.index("O")

    def of(
        self, rows: Numbers, firsts: Sequence[int], lasts: Positions, longest: int
    ) -> tuple[Numbers, Numbers]:
        """Logarithms of the chance of names that begin at each of `firsts`, and of no name.

        `rows` are the words in their sentence, `lasts` says of each word where its paragraph ends. The
        first result is [first, length - 1, label], the second the chance of each word that no name
        begins or goes on there.
        """
        cached = np.tensordot(rows, self._lower, axes=(1, 3))
        closed = cached[:, 0] + (self._nobody[1] + self._nobody[2] + self._bias)
        alone = _normal(closed.max(axis=-1) @ self._upper.T + self._upper_bias)
        start = np.array(firsts, dtype=np.int64)
        table = np.full((len(start), longest, len(self.labels)), _NEVER, dtype=np.float32)
        table[:, 0] = alone[start][:, self._single]
        going = alone[start][:, self._open]
        begun = cached[:, 1] + self._bias
        rest = np.arange(len(start))
        for length in range(1, longest):
            kept = start[rest] + length < lasts[start[rest]]
            rest, going = rest[kept], going[kept]
            if not len(rest):
                break
            here = start[rest] + length
            hidden = (cached[here, 0] + begun[start[rest]] + cached[here - 1, 2]).max(axis=-1)
            close = hidden @ self._upper[self._close].T + self._upper_bias[self._close]
            inside = hidden @ self._upper[self._inside].T + self._upper_bias[self._inside]
            both = np.logaddexp(close, inside)
            table[rest, length] = going + close - both
            going = going + inside - both
        return table, np.exp(alone[:, self._outside])


def _normal(sums: Numbers) -> Numbers:
    """`sums` as logarithms of chances that add up to 1 in each row."""
    above = sums - sums.max(axis=1, keepdims=True)
    normal: Numbers = above - np.log(np.exp(above).sum(axis=1, keepdims=True))
    return normal
