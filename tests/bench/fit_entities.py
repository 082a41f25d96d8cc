"""Fit `tui/entities/weights.json` on annotated texts: `python -m tests.bench.fit_entities [--write]`.

Prints first how well such weights do on documents that they were not fitted on (six parts, each
scored with weights from the other five): that is what to expect of other texts. `--write` then fits
on all documents and writes the file. The chance of the annotated names in a semi-Markov model
(`tui.entities.lattice`) is made as large as a ridge penalty lets it be.
"""

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

import tui.entities
from tests.bench.entities_gold import Gold, load, scorer
from tests.bench.fit_minimise import minimise
from tests.conftest import shared_folder
from tui.domain.naming import Kind
from tui.entities import lattice
from tui.entities.chances import Numbers
from tui.entities.evidence import Evidence
from tui.entities.models import FITTED, Model
from tui.entities.numbers import numbers
from tui.entities.reading import Span
from tui.entities.weights import KINDS, decide

FOLDS = 6
STEPS = 60
PENALTY = 8.0
RAREST = 5  # documents that must show a word of evidence before it counts
# How large numbers are beside words of evidence, which are 1 or 0.
SCALES = np.repeat([1.4, 1.4, 1.4, 1.0, 1.0, 1.0, 1.0, 1.4], [64, 64, 64, 64, 64, 300, 300, 18])
# The vectors of words by themselves are fitted in their main directions only: with more, the weights
# learn the names of these documents by heart, and do no better on others.
MEANINGS = (slice(320, 620), slice(620, 920))
DIRECTIONS = 20
_ORDER = {"PER": Kind.PERSON, "ORG": Kind.ORG, "LOC": Kind.PLACE}


@dataclass
class Document:
    """One annotated text: candidates with evidence, numbers and the true kind (-1: none)."""

    gold: Gold
    spans: list[Span]
    words: list[set[str]]
    numbers: Numbers
    kinds: list[int]
    ignored: list[bool]


def prepare(gold: Gold, model: Model) -> Document:
    """Candidates of one text with what is known of them."""
    reading = model.reading(gold.text)
    assert reading is not None
    evidence = Evidence(reading)
    true = {
        (start, end): KINDS.index(_ORDER.get(kind, Kind.OTHER))
        for start, end, kind, _ in gold.entities
    }
    spans = reading.spans
    return Document(
        gold,
        spans,
        [evidence.of(position) for position in range(len(spans))],
        numbers(reading),
        [true.get((span.start, span.stop), -1) for span in spans],
        [any(s.start < end and s.stop > start for start, end in gold.ignore) for s in spans],
    )


@dataclass
class Fitted:
    """Weights of words of evidence by their columns, and of numbers."""

    columns: dict[str, int]
    words: Numbers
    values: Numbers

    def predict(self, document: Document) -> dict[str, Any]:
        """The document's entities in the form of the scorer."""
        names = decide(document.spans, self._sums(document)) if document.spans else []
        return {"entities": [[s.start, s.stop, kind.code, None] for s, kind in names]}

    def _sums(self, document: Document) -> Numbers:
        sums = document.numbers @ self.values
        for row, known in enumerate(document.words):
            sums[row] += self.words[[self.columns[w] for w in known if w in self.columns]].sum(0)
        return sums


def vocabulary(documents: Sequence[Document]) -> dict[str, int]:
    """The words of evidence that enough documents show, with their columns."""
    counts = Counter(word for d in documents for word in set().union(*d.words))
    return {w: i for i, w in enumerate(sorted(w for w, n in counts.items() if n >= RAREST))}


def directions(documents: Sequence[Document]) -> Numbers:
    """From all numbers to those that are fitted, scaled."""
    parts = [np.diag(SCALES[:320])]
    for meaning in MEANINGS:
        seen = np.vstack([d.numbers[:, meaning] for d in documents])
        _, towards = np.linalg.eigh(seen.T @ seen)
        parts.append(towards[:, -DIRECTIONS:] * SCALES[meaning][:, None])
    parts.append(np.diag(SCALES[920:]))
    whole = np.zeros((len(SCALES), sum(part.shape[1] for part in parts)))
    row = column = 0
    for part in parts:
        whole[row : row + part.shape[0], column : column + part.shape[1]] = part
        row, column = row + part.shape[0], column + part.shape[1]
    return whole


class Objective:
    """The loss of weights on some documents."""

    def __init__(self, documents: Sequence[Document], columns: dict[str, int]) -> None:
        self._width = len(columns)
        self._turn = directions(documents)
        ends: list[tuple[int, int]] = []
        inputs, lists, kinds = [], [], []
        base = 0
        for document in documents:
            kept = [at for at, ignored in enumerate(document.ignored) if not ignored]
            inputs.append(document.numbers[kept])
            for at in kept:
                span = document.spans[at]
                ends.append((base + span.first, base + span.end))
                lists.append([columns[w] for w in document.words[at] if w in columns])
                kinds.append(document.kinds[at])
            base += max((span.end for span in document.spans), default=0)
        self._ends = ends
        self._inputs = np.vstack(inputs) @ self._turn
        self._rows = np.repeat(np.arange(len(lists)), [len(known) for known in lists])
        self._cells = np.concatenate([np.array(known, dtype=np.int64) for known in lists])
        self._first = np.concatenate([[0], np.cumsum([len(known) for known in lists])[:-1]])
        self._wanted = np.zeros((len(kinds), len(KINDS)))
        for row, kind in enumerate(kinds):
            if kind >= 0:
                self._wanted[row, kind] = 1

    @property
    def size(self) -> int:
        """How many weights there are."""
        return int(self._width + self._turn.shape[1]) * len(KINDS)

    def __call__(self, flat: Numbers) -> tuple[float, Numbers]:
        """The loss of the weights and its slope."""
        weights = flat.reshape(-1, len(KINDS))
        words, values = weights[: self._width], weights[self._width :]
        # Every candidate has the evidence "bias", so no sum is empty.
        sums = np.add.reduceat(words[self._cells], self._first) + self._inputs @ values
        total, chances = lattice.chances(self._ends, sums)
        loss = total - float((sums * self._wanted).sum()) + PENALTY / 2 * float(flat @ flat)
        excess = chances - self._wanted
        of_words = np.stack(
            [
                np.bincount(self._cells, excess[self._rows, kind], minlength=self._width)
                for kind in range(len(KINDS))
            ],
            axis=1,
        )
        slope = np.vstack([of_words, self._inputs.T @ excess]) + PENALTY * weights
        return loss, slope.ravel()

    def unfold(self, flat: Numbers, columns: dict[str, int]) -> Fitted:
        """The weights in the form of the shipped file."""
        weights = flat.reshape(-1, len(KINDS))
        return Fitted(columns, weights[: self._width], self._turn @ weights[self._width :])


def fit(documents: Sequence[Document]) -> Fitted:
    """Weights from `documents`."""
    columns = vocabulary(documents)
    objective = Objective(documents, columns)
    return objective.unfold(minimise(objective, STEPS, objective.size), columns)


def unseen(documents: Sequence[Document], seed: int = 1) -> dict[str, Any]:
    """Predictions for each document by weights from other documents."""
    order = random.Random(seed).sample(range(len(documents)), len(documents))
    found = {}
    for fold in range(FOLDS):
        held = set(order[fold::FOLDS])
        fitted = fit([documents[i] for i in order if i not in held])
        for i in held:
            found[documents[i].gold.id] = fitted.predict(documents[i])
    return found


def write(documents: Sequence[Document]) -> None:
    """Fit on all documents and write the shipped file."""
    fitted = fit(documents)
    words = {word: _rounded(fitted.words[column]) for word, column in fitted.columns.items()}
    values = [_rounded(row) for row in fitted.values]
    file = Path(tui.entities.__file__).with_name("weights.json")
    lines = [
        f'  "{part}": {json.dumps(value, ensure_ascii=False)}'
        for part, value in (("words", words), ("values", values))
    ]
    file.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    print(f"wrote {file.name}: {len(words)} words of evidence, {len(values)} numbers")


def _rounded(row: Numbers) -> list[float]:
    return [round(float(value), 3) for value in row]


def figures(folder: Path, documents: Sequence[Document]) -> Iterator[tuple[str, float, float]]:
    """(what, strict F1, lenient F1) on documents that the weights have not seen."""
    found = unseen(documents)
    score = scorer(folder)
    for title, kinds, genre in (
        ("news, PER ORG LOC", {"PER", "ORG", "LOC"}, "news"),
        ("all documents, PER ORG LOC", {"PER", "ORG", "LOC"}, ""),
        ("all documents, all kinds", None, ""),
    ):
        gold = [d.gold.value for d in documents if not genre or d.gold.genre == genre]
        result = score(gold, found, kinds)
        yield title, result["strict"]["f"], result["lenient"]["f"]


def main() -> None:
    """Print figures on unseen documents; with --write make the file."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    arguments.add_argument("--write", action="store_true", help="write tui/entities/weights.json")
    wish = arguments.parse_args()
    folder = shared_folder()
    if folder is None:
        raise SystemExit("the benchmark data (../shared) is not here")
    model = Model(FITTED)
    documents = [prepare(gold, model) for gold in load(folder)]
    for title, strict, lenient in figures(folder, documents):
        print(f"unseen, {title:<28} strict {strict} lenient {lenient}")
    if wish.write:
        write(documents)


if __name__ == "__main__":
    main()
