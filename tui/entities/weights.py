"""The fitted weights, and what they make of a story's candidates.

`weights.json` has for each word of evidence (`evidence.features`) and for each number of
`vectors.Vectors.of` how much it speaks for each of `KINDS`. `python -m tests.bench.fit_entities`
makes the file from annotated texts (of GUM, the Georgetown University Multilayer corpus, and of
WikiGold), and says how well such weights do on texts that they have not seen.
"""

import json
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import numpy as np

from tui.domain.naming import Kind, fold_key
from tui.entities.evidence import features
from tui.entities.models import Found
from tui.entities.story import Story
from tui.entities.vectors import Numbers, Vectors

KINDS = ("none", "person", "org", "place", "other")
# How much the other mentions of the same name in the story count beside the mention itself.
TOGETHER = 0.8


class Weights:
    """Weights by word of evidence and by number."""

    def __init__(self, words: dict[str, list[float]], numbers: list[list[float]]) -> None:
        self._words = {word: np.array(row, dtype=np.float32) for word, row in words.items()}
        self._numbers: Numbers = np.array(numbers, dtype=np.float32)

    def kinds(self, names: Sequence[Found], story: Story, vectors: Vectors) -> list[Kind | None]:
        """The kind of each candidate, or None where it is no name."""
        if not names:
            return []
        sums = np.stack([self._evidence(name, story) for name in names])
        sums += np.stack([vectors.of(name.start, name.end) for name in names]) @ self._numbers
        best = [KINDS[i] for i in together(names, story, sums).argmax(axis=1)]
        return [None if kind == "none" else Kind(kind) for kind in best]

    def _evidence(self, name: Found, story: Story) -> Numbers:
        total = np.zeros(len(KINDS), dtype=np.float32)
        for word in set(features(name, story)):
            if (row := self._words.get(word)) is not None:
                total += row
        return total


def together(names: Sequence[Found], story: Story, sums: Numbers) -> Numbers:
    """`sums` (a row a name) with each name drawn to the mean of its namesakes in the story."""
    namesakes: dict[str, list[int]] = defaultdict(list)
    for position, name in enumerate(names):
        namesakes[fold_key(story.text[name.start : name.end])].append(position)
    drawn = np.empty_like(sums)
    for positions in namesakes.values():
        mean = sums[positions].mean(axis=0)
        drawn[positions] = (1 - TOGETHER) * sums[positions] + TOGETHER * mean
    return drawn


@cache
def weights() -> Weights:
    """The shipped weights."""
    text = (files("tui.entities") / "weights.json").read_text(encoding="utf-8")
    return Weights(**json.loads(text))
