"""A text as the English model reads it: words, candidates for names, and numbers for both."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from tui.domain.naming import fold_key
from tui.entities.chances import Chances, Numbers
from tui.entities.spans import LONGEST, has_capital, spans

_ARTICLES = frozenset({"the", "a", "an"})
# Candidates with a smaller chance are kept only where they stand alone; of 100 that are dropped so,
# fewer than one is a name.
_UNLIKELY = 0.001
_SHORT = 2  # words
Pair = tuple[int, int]  # a candidate's first and the one after its last word
_AFTER = frozenset({"'s", "’s", "'", "’", "."})


@dataclass(frozen=True, slots=True)
class Span:
    """A candidate: `words[first:end]` of the reading, `text[start:stop]`, with its folded key."""

    first: int
    end: int
    start: int
    stop: int
    key: str


@dataclass(slots=True)
class Reading:
    """`rows` has 64 numbers a word, that word in its sentence; `meanings` 300, the word by itself.
    `chances` are of each span for each of `labels`, `outside` of each word for no name. `begins` and
    `lasts` bound each word's paragraph."""

    text: str
    labels: tuple[str, ...]
    words: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    begins: list[int] = field(default_factory=list)
    lasts: list[int] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    rows: Numbers = field(default_factory=lambda: np.zeros((0, 64), dtype=np.float32))
    meanings: Numbers = field(default_factory=lambda: np.zeros((0, 300), dtype=np.float32))
    chances: Numbers = field(default_factory=lambda: np.zeros((0, 18), dtype=np.float32))
    outside: Numbers = field(default_factory=lambda: np.zeros(0, dtype=np.float32))


class Reader:
    """Reads with the layers of a loaded spaCy pipeline `nlp`."""

    def __init__(self, nlp: Any) -> None:
        from spacy.attrs import ORTH

        self._nlp = nlp
        self._orth = ORTH
        component = nlp.get_pipe("ner")
        self._layer = component.model.layers[0]
        self._chances = Chances(component)

    def read(self, text: str, batches: Iterable[list[tuple[int, int]]]) -> Reading:
        """`text`, of which `batches` are the paragraphs in groups that are read at once."""
        reading = Reading(text, self._chances.labels)
        blocks = [self._batch(reading, batch) for batch in batches]
        if blocks:
            rows, meanings, chances, outside = zip(*blocks, strict=True)
            reading.rows = np.concatenate(rows)
            reading.meanings = np.concatenate(meanings)
            reading.chances = np.concatenate(chances)
            reading.outside = np.concatenate(outside)
        return reading

    def _batch(
        self, reading: Reading, batch: list[tuple[int, int]]
    ) -> tuple[Numbers, Numbers, Numbers, Numbers]:
        documents = [self._nlp.make_doc(reading.text[start:end]) for start, end in batch]
        rows: Numbers = self._layer.predict(documents)
        base = len(reading.words)
        pairs: list[Pair] = []
        for (offset, _), document in zip(batch, documents, strict=True):
            pairs += _paragraph(reading, offset, document)
        vectors = self._nlp.vocab.vectors
        keys = np.concatenate([document.to_array(self._orth) for document in documents])
        found = vectors.find(keys=keys)
        meanings = np.where(found[:, None] < 0, np.float32(0), vectors.data[found])
        chances, outside = self._chances_of(reading, rows, base, pairs)
        kept = []
        for at, (pair, total) in enumerate(zip(pairs, chances.sum(axis=1).tolist(), strict=True)):
            if (total > _UNLIKELY or _stands_alone(reading, pair)) and (
                span := _span(reading, pair)
            ):
                reading.spans.append(span)
                kept.append(at)
        return rows, meanings, chances[kept], outside

    def _chances_of(
        self, reading: Reading, rows: Numbers, base: int, pairs: list[Pair]
    ) -> tuple[Numbers, Numbers]:
        """Of each pair: the chance that spaCy names it, or it with its article or possessive."""
        wanted = {first for pair in pairs for first in (pair[0], pair[0] - 1)}
        firsts = sorted(first - base for first in wanted if first >= base)
        lasts = np.array(reading.lasts[base:], dtype=np.int64) - base
        table, outside = self._chances.of(rows, firsts, lasts, LONGEST + 1)
        place = {first + base: at for at, first in enumerate(firsts)}
        forms = [
            (row, place[first], end - first - 1)
            for row, pair in enumerate(pairs)
            for first, end in _forms(reading, pair)
            if end - first <= LONGEST + 1
        ]
        chances = np.zeros((len(pairs), len(self._chances.labels)), dtype=np.float32)
        if forms:
            row, begin, length = np.array(forms, dtype=np.int64).T
            np.add.at(chances, row, np.exp(table[begin, length]))
        return chances, outside


def _paragraph(reading: Reading, offset: int, document: Any) -> list[Pair]:
    """Add the words of one paragraph to `reading`; its candidates."""
    base = len(reading.words)
    words, starts = [], []
    for token in document:
        words.append(token.text)
        starts.append(offset + token.idx)
    glued = [False] + [
        start + len(word) == after
        for start, word, after in zip(starts, words, starts[1:], strict=False)
    ]
    reading.words += words
    reading.starts += starts
    reading.begins += [base] * len(words)
    reading.lasts += [base + len(words)] * len(words)
    return [(base + first, base + end) for first, end in spans(words, glued)]


def _stands_alone(reading: Reading, pair: Pair) -> bool:
    """True for one or two words without a large one beside them: names that spaCy may not know."""
    first, end = pair
    before = first > reading.begins[first] and has_capital(reading.words[first - 1])
    after = end < reading.lasts[first] and has_capital(reading.words[end])
    return end - first <= _SHORT and not before and not after


def _span(reading: Reading, pair: Pair) -> Span | None:
    first, end = pair
    start, stop = reading.starts[first], reading.starts[end - 1] + len(reading.words[end - 1])
    key = fold_key(reading.text[start:stop])
    return Span(first, end, start, stop, key) if key else None


def _forms(reading: Reading, pair: Pair) -> list[tuple[int, int]]:
    """The words of `pair`, and them with an article before, a possessive or full stop after."""
    begin, stop = pair
    firsts, ends = [begin], [stop]
    inside = begin > reading.begins[begin]
    if inside and reading.words[begin - 1].lower() in _ARTICLES:
        firsts.append(begin - 1)
    if stop < reading.lasts[begin] and reading.words[stop] in _AFTER:
        ends.append(stop + 1)
    return [(first, end) for first in firsts for end in ends]
