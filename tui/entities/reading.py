"""A text as the English model reads it: words, candidates for names, and numbers for both."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from tui.domain.naming import fold_key
from tui.entities.chances import Chances, Numbers
from tui.entities.spans import LONGEST, spans

_ARTICLES = frozenset({"the", "a", "an"})
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
        base, known = len(reading.words), len(reading.spans)
        for (offset, _), document in zip(batch, documents, strict=True):
            self._paragraph(reading, offset, document)
        vectors = self._nlp.vocab.vectors
        keys = np.concatenate([document.to_array(self._orth) for document in documents])
        found = vectors.find(keys=keys)
        meanings = np.where(found[:, None] < 0, np.float32(0), vectors.data[found])
        chances, outside = self._chances_of(reading, rows, base, reading.spans[known:])
        return rows, meanings, chances, outside

    @staticmethod
    def _paragraph(reading: Reading, offset: int, document: Any) -> None:
        base = len(reading.words)
        words, starts = [], []
        for token in document:
            words.append(token.text)
            starts.append(offset + token.idx)
        reading.words += words
        reading.starts += starts
        reading.begins += [base] * len(words)
        reading.lasts += [base + len(words)] * len(words)
        glued = [False] + [
            start + len(word) == after
            for start, word, after in zip(starts, words, starts[1:], strict=False)
        ]
        for first, end in spans(words, glued):
            start, stop = starts[first], starts[end - 1] + len(words[end - 1])
            if key := fold_key(reading.text[start:stop]):
                reading.spans.append(Span(base + first, base + end, start, stop, key))

    def _chances_of(
        self, reading: Reading, rows: Numbers, base: int, found: list[Span]
    ) -> tuple[Numbers, Numbers]:
        """Of each span: the chance that spaCy names it, or it with its article or possessive."""
        wanted = {first for span in found for first in (span.first, span.first - 1)}
        firsts = sorted(first - base for first in wanted if first >= base)
        lasts = np.array(reading.lasts[base:], dtype=np.int64) - base
        table, outside = self._chances.of(rows, firsts, lasts, LONGEST + 1)
        place = {first + base: at for at, first in enumerate(firsts)}
        chances = np.zeros((len(found), len(self._chances.labels)), dtype=np.float32)
        for row, span in enumerate(found):
            for first, end in _forms(reading, span):
                if end - first <= LONGEST + 1:
                    chances[row] += np.exp(table[place[first], end - first - 1])
        return chances, outside


def _forms(reading: Reading, span: Span) -> list[tuple[int, int]]:
    """The words of `span`, and them with an article before, a possessive or full stop after."""
    firsts, ends = [span.first], [span.end]
    inside = span.first > reading.begins[span.first]
    if inside and reading.words[span.first - 1].lower() in _ARTICLES:
        firsts.append(span.first - 1)
    if span.end < reading.lasts[span.first] and reading.words[span.end] in _AFTER:
        ends.append(span.end + 1)
    return [(first, end) for first in firsts for end in ends]
