"""What the model knows of the words of a candidate, as numbers beside the words of evidence.

Of each candidate, in this order: in its sentence the mean, the first and the last of its words and the
words before and after (64 numbers each); by themselves the mean and the last (300 each); the roots of
the chances of spaCy's labels (18). Vectors have length 1, or 0 where there is no word.
"""

import numpy as np

from tui.entities.chances import Numbers, Positions
from tui.entities.reading import Reading


def numbers(reading: Reading) -> Numbers:
    """A row of numbers for each span of `reading`."""
    count = len(reading.spans)
    firsts = np.fromiter((s.first for s in reading.spans), dtype=np.int64, count=count)
    ends = np.fromiter((s.end for s in reading.spans), dtype=np.int64, count=count)
    begins = np.array(reading.begins, dtype=np.int64)[firsts]
    lasts = np.array(reading.lasts, dtype=np.int64)[firsts]
    rows, meanings = reading.rows, reading.meanings
    before = rows[firsts - 1] * (firsts > begins)[:, None]
    after = rows[np.minimum(ends, len(rows) - 1)] * (ends < lasts)[:, None]
    parts = [
        _mean(rows, firsts, ends),
        rows[firsts],
        rows[ends - 1],
        before,
        after,
        _mean(meanings, firsts, ends),
        meanings[ends - 1],
    ]
    return np.hstack([*map(_unit, parts), np.sqrt(np.minimum(reading.chances, 1))])


def _mean(values: Numbers, firsts: Positions, ends: Positions) -> Numbers:
    """The mean of the rows `first:end` of each span."""
    sums = np.add.reduceat(
        np.vstack([values, np.zeros_like(values[:1])]), np.stack([firsts, ends], axis=1).ravel()
    )[::2]
    mean: Numbers = sums / (ends - firsts)[:, None]
    return mean


def _unit(vectors: Numbers) -> Numbers:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Numbers = vectors / np.maximum(lengths, np.float32(1e-6))
    return unit
