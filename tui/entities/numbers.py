"""What the model knows of the words of a candidate, as numbers beside the words of evidence.

Of each candidate, in this order: in its sentence the mean, the first and the last of its words and the
words before and after (64 numbers each); by themselves the mean and the last (300 each); the roots of
the chances of spaCy's labels (18). Vectors have length 1, or 0 where there is no word.
"""

import numpy as np

from tui.entities.chances import Numbers, Positions
from tui.entities.reading import Reading


def numbers(reading: Reading, chosen: slice = slice(None)) -> Numbers:
    """A row of numbers for each of the `chosen` spans of `reading`."""
    spans = reading.spans[chosen]
    firsts = np.array([span.first for span in spans], dtype=np.int64)
    ends = np.array([span.end for span in spans], dtype=np.int64)
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
    return np.hstack([*map(_unit, parts), np.sqrt(np.minimum(reading.chances[chosen], 1))])


def _mean(values: Numbers, firsts: Positions, ends: Positions) -> Numbers:
    """The mean of the rows `first:end` of each span."""
    low, high = firsts.min(), ends.max()
    padded = np.vstack([values[low:high], np.zeros_like(values[:1])])
    sums = np.add.reduceat(padded, np.stack([firsts - low, ends - low], axis=1).ravel())[::2]
    mean: Numbers = sums / (ends - firsts).astype(np.float32)[:, None]
    return mean


def _unit(vectors: Numbers) -> Numbers:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Numbers = vectors / np.maximum(lengths, np.float32(1e-6))
    return unit
