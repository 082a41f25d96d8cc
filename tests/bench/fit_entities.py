"""Fit `tui/entities/weights.json` on annotated texts: `python -m tests.bench.fit_entities [--write]`.

Prints first how well such weights do on documents that they were not fitted on (six parts, each
scored with weights from the other five): that is what to expect of other texts. `--write` then fits
on all documents and writes the file. Logistic regression, five classes, ridge penalty.
"""

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

import tui.entities
from tests.bench.entities_gold import Gold, load, scorer
from tests.conftest import shared_folder
from tui.domain.naming import Kind
from tui.entities.bounds import settle
from tui.entities.evidence import features
from tui.entities.models import FITTED, Found, Model
from tui.entities.story import Story
from tui.entities.vectors import Numbers
from tui.entities.weights import KINDS, together

FOLDS = 6
PENALTY = 5.0
STEPS = 400
RAREST = 4  # documents' candidates that must show a word of evidence before it counts
# Found by the folds: a missed name costs more than a wrong one in F1 of this data.
LESS_NONE = 0.5
# How large the parts of Vectors.of are beside words of evidence, which are 1 or 0: the words by
# themselves, the name in its sentence (mean, last, first token), its two neighbours.
SCALES = np.repeat(np.array([1, 2, 2, 2, 1, 1], dtype=np.float32), [300, 64, 64, 64, 64, 64])
_CODES = {"none": None, **{kind.value: kind.code for kind in Kind}}


@dataclass
class Document:
    """One annotated text with its candidates and what is known about them."""

    gold: Gold
    story: Story
    names: list[Found]
    words: list[set[str]]
    numbers: Numbers
    kinds: list[int]
    ignored: list[bool]


def prepare(gold: Gold, model: Model) -> Document:
    """Candidates of one text with evidence, numbers and true kinds."""
    found, vectors = model.read(gold.text)
    story = Story(gold.text, settle(gold.text, found))
    names = story.candidates()
    true = {(start, end): kind for start, end, kind, _ in gold.entities}
    order = {"PER": 1, "ORG": 2, "LOC": 3}
    spans = [true.get((name.start, name.end)) for name in names]
    return Document(
        gold,
        story,
        names,
        [set(features(name, story)) for name in names],
        np.stack([vectors.of(n.start, n.end) for n in names]) * SCALES,
        [0 if span is None else order.get(span, 4) for span in spans],
        [any(n.start < end and n.end > start for start, end in gold.ignore) for n in names],
    )


def vocabulary(documents: list[Document]) -> dict[str, int]:
    """The words of evidence that occur often enough, with their columns."""
    counts = Counter(word for d in documents for words in d.words for word in words)
    return {w: i for i, w in enumerate(sorted(w for w, n in counts.items() if n >= RAREST))}


def matrix(document: Document, columns: dict[str, int]) -> Numbers:
    """A row a candidate: words of evidence as 0 or 1, then numbers."""
    rows = np.zeros((len(document.names), len(columns)), dtype=np.float32)
    for row, words in enumerate(document.words):
        rows[row, [columns[w] for w in words if w in columns]] = 1
    return np.hstack([rows, document.numbers])


def fit(documents: list[Document], columns: dict[str, int]) -> Numbers:
    """Weights (columns and numbers, by kind), by accelerated gradient descent."""
    keep = [[not i for i in d.ignored] for d in documents]
    inputs = np.vstack([matrix(d, columns)[k] for d, k in zip(documents, keep, strict=True)])
    kinds = [kind for d in documents for kind, i in zip(d.kinds, d.ignored, strict=True) if not i]
    wanted = np.eye(len(KINDS), dtype=np.float32)[kinds]
    weights = ahead = np.zeros((inputs.shape[1], len(KINDS)), dtype=np.float32)
    rate = 1 / (np.linalg.norm(inputs, 2) ** 2 / 2 + PENALTY)
    momentum = 1.0
    for _ in range(STEPS):
        sums = inputs @ ahead
        chances = np.exp(sums - sums.max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        better = ahead - rate * (inputs.T @ (chances - wanted) + PENALTY * ahead)
        following = (1 + (1 + 4 * momentum**2) ** 0.5) / 2
        ahead = better + (momentum - 1) / following * (better - weights)
        weights, momentum = better, following
    weights[columns["bias"], 0] -= LESS_NONE
    return weights


def predict(document: Document, columns: dict[str, int], weights: Numbers) -> dict[str, Any]:
    """The document's entities in the form of the scorer."""
    sums = together(document.names, document.story, matrix(document, columns) @ weights)
    codes = [_CODES[KINDS[best]] for best in sums.argmax(axis=1)]
    spans = zip(document.names, codes, strict=True)
    return {"entities": [[n.start, n.end, code, None] for n, code in spans if code]}


def unseen(documents: list[Document]) -> dict[str, Any]:
    """Predictions for each document by weights from other documents."""
    order = random.Random(1).sample(range(len(documents)), len(documents))
    found = {}
    for fold in range(FOLDS):
        held = set(order[fold::FOLDS])
        rest = [documents[i] for i in order if i not in held]
        columns = vocabulary(rest)
        weights = fit(rest, columns)
        for i in held:
            found[documents[i].gold.id] = predict(documents[i], columns, weights)
    return found


def write(documents: list[Document]) -> None:
    """Fit on all documents and write the shipped file."""
    columns = vocabulary(documents)
    weights = fit(documents, columns)
    words = {word: _rounded(weights[column]) for word, column in columns.items()}
    numbers = [_rounded(row) for row in weights[len(columns) :] * SCALES[:, None]]
    file = Path(tui.entities.__file__).with_name("weights.json")
    lines = [
        f'  "{part}": {json.dumps(value)}'
        for part, value in (("words", words), ("numbers", numbers))
    ]
    file.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    print(f"wrote {file.name}: {len(words)} words of evidence, {len(numbers)} numbers")


def _rounded(row: Numbers) -> list[float]:
    return [round(float(value), 3) for value in row]


def figures(folder: Path, documents: list[Document]) -> Iterator[tuple[str, float, float]]:
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
