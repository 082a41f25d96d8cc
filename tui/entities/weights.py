"""The fitted weights, and what they make of a text's candidates.

`weights.json` has for each word of evidence (`evidence.Evidence`) and for each number of
`numbers.numbers` how much it speaks for each of `KINDS`, against no name. `python -m
tests.bench.fit_entities` makes the file from annotated texts (of GUM, the Georgetown University
Multilayer corpus, and of WikiGold), and says how well such weights do on texts that they have not seen.
"""

import json
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import numpy as np

from tui.domain.naming import Kind
from tui.entities import lattice
from tui.entities.chances import Numbers
from tui.entities.evidence import Evidence
from tui.entities.numbers import numbers
from tui.entities.reading import Reading, Span

KINDS = (Kind.PERSON, Kind.ORG, Kind.PLACE, Kind.OTHER)
# A name counts from this chance on. F1 is best with half of itself (Lipton and others 2014, thresholding
# to maximise F1), which is about 0.36 here; a little less finds more.
ENOUGH = 0.3
# How much the same name's other places in the text count for its kind, beside the place itself.
TOGETHER = 0.8
_BLOCK = 2_000  # spans whose numbers are in memory at once, 8 MB


class Weights:
    """Weights by word of evidence and by number."""

    def __init__(self, words: dict[str, list[float]], values: list[list[float]]) -> None:
        self._columns = {word: column for column, word in enumerate(words)}
        self._words: Numbers = np.array(list(words.values()), dtype=np.float32)
        self._values: Numbers = np.array(values, dtype=np.float32)

    def names(self, reading: Reading) -> list[tuple[Span, Kind]]:
        """The names of `reading` with their kinds, in order, without overlaps."""
        if not reading.spans:
            return []
        return decide(reading.spans, self._sums(reading))

    def _sums(self, reading: Reading) -> Numbers:
        evidence = Evidence(reading)
        cells: list[int] = []
        firsts: list[int] = []
        for position in range(len(reading.spans)):
            firsts.append(len(cells))
            cells += [c for c in map(self._columns.get, evidence.of(position)) if c is not None]
        # Every span has the evidence "bias", so no sum is empty.
        sums: Numbers = np.add.reduceat(self._words[cells], firsts)
        for first in range(0, len(sums), _BLOCK):
            block = slice(first, first + _BLOCK)
            sums[block] += numbers(reading, block) @ self._values
        return sums


def decide(spans: Sequence[Span], sums: Numbers) -> list[tuple[Span, Kind]]:
    """The names among `spans`, of which `sums` has a score for each kind."""
    ends = [(span.first, span.end) for span in spans]
    _, alone = lattice.chances(ends, sums)
    drawn = together(spans, sums, alone.sum(axis=1))
    _, chances = lattice.chances(ends, drawn)
    chosen = lattice.choose(ends, (chances.max(axis=1) - ENOUGH).tolist())
    return [(spans[at], KINDS[int(chances[at].argmax())]) for at in chosen]


def together(spans: Sequence[Span], sums: Numbers, certain: Numbers) -> Numbers:
    """`sums` with the kind, but not the being a name, drawn to that of the same name elsewhere.

    `certain` is the chance of each span to be a name: sure places have more say.
    """
    namesakes: dict[str, list[int]] = defaultdict(list)
    for position, span in enumerate(spans):
        namesakes[span.key].append(position)
    drawn = sums.astype(np.float64)
    for positions in namesakes.values():
        if len(positions) > 1:
            here = drawn[positions]
            whole = _logsum(here)
            kinds = here - whole
            say = certain[positions] + 1e-6
            mean = (kinds * say[:, None]).sum(axis=0) / say.sum()
            mixed = (1 - TOGETHER) * kinds + TOGETHER * mean
            drawn[positions] = whole + mixed - _logsum(mixed)
    return drawn


def _logsum(values: Numbers) -> Numbers:
    top = values.max(axis=1, keepdims=True)
    summed: Numbers = top + np.log(np.exp(values - top).sum(axis=1, keepdims=True))
    return summed


@cache
def weights() -> Weights:
    """The shipped weights."""
    text = (files("tui.entities") / "weights.json").read_text(encoding="utf-8")
    return Weights(**json.loads(text))
