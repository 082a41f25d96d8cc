"""What speaks for a candidate being a person, an organisation, a place, another name, or none.

`Evidence.of` turns a candidate into words ("head=place", "before=in"); `weights.json` says how much
each word speaks for each kind. The weights are fitted, not written by hand:
`python -m tests.bench.fit_entities` makes them from annotated text and prints how well they do on
documents that they have not seen. No word of evidence is a name: of the words of a text, only small
ones beside a candidate are looked at, the rest through our lists and the model's numbers.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator

import numpy as np

from tui.entities import lexicon
from tui.entities.chances import Numbers
from tui.entities.guess import KINDS as _KINDS
from tui.entities.guess import Guess
from tui.entities.reading import Reading, Span
from tui.entities.signs import ARTICLES, facts, head, head_of, lists, shape, spelling
from tui.entities.spans import has_capital, like_name

_GROUPS = {
    "PERSON": "person",
    "PER": "person",
    "ORG": "org",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "NORP": "other",
    "EVENT": "other",
    "WORK_OF_ART": "other",
    "PRODUCT": "other",
    "LAW": "other",
    "LANGUAGE": "other",
}
_STEPS = (0.02, 0.1, 0.3, 0.5, 0.8, 0.95)
_PREPOSITIONS = frozenset(
    "in at from near to into of by with for on between and the a an as under over".split()
)
_SAYING = frozenset(
    "said says told added wrote asked argued claimed noted was is has had who are were will would did "
    "does born".split()
)
_JOINING = frozenset("of the and & for".split())
_OPENING, _CLOSING = frozenset("\"“‘'«"), frozenset("\"”’'»")
_STOPS = frozenset(".:!?")
_SHORT_LINE = 60  # characters: a headline or a list entry
_NAMED = ("Aa", "AA", "A", "AaA")


def group(label: str) -> str:
    """spaCy's label as one of our kinds, or "other"."""
    return _GROUPS.get(label, "other")


class Evidence:
    """The evidence in one text."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        kinds = [_KINDS.index(_GROUPS.get(label, "amount")) for label in reading.labels]
        fold = np.zeros((len(reading.labels), len(_KINDS)), dtype=np.float32)
        fold[np.arange(len(kinds)), kinds] = 1
        self._chances = reading.chances @ fold if len(reading.spans) else np.zeros((0, len(_KINDS)))
        self._lower = Counter(word for word in reading.words if word.islower())
        none = np.zeros(len(_KINDS), dtype=np.float32)
        self._sums: dict[str, Numbers] = defaultdict(none.copy)
        self._counts = Counter[str]()
        # How often a word is the last or the first of longer names.
        self._parts: dict[str, dict[str, Numbers]] = {
            "last": defaultdict(none.copy),
            "first": defaultdict(none.copy),
        }
        self._lines: dict[int, tuple[int, int]] = {}
        self._guess = Guess(reading, self._chances)
        for span, chances in zip(reading.spans, self._chances, strict=True):
            self._sums[span.key] += chances
            self._counts[span.key] += 1
            words = span.key.split()
            if len(words) > 1:
                self._parts["last"][words[-1]] += chances
                self._parts["first"][words[0]] += chances

    def of(self, position: int) -> set[str]:
        """What is known about the span at `position`, as words; each may count for several kinds."""
        span = self._reading.spans[position]
        chances = self._chances[position]
        words = self._reading.words[span.first : span.end]
        text = self._reading.text[span.start : span.stop]
        total = float(chances.sum())
        top = _KINDS[int(chances.argmax())] if total > 0.3 else "weak" if total > 0.03 else "no"
        found = {"bias", f"top={top}"}
        found.update(self._model(position, chances))
        found.update(self._elsewhere(span, chances))
        found.update(self._guess.of(span, top))
        found.update(lists(text, words, top))
        found.update(spelling(text, words, top))
        found.update(self._beside(span, top))
        found.update(self._place(span, words, top))
        return found

    def _model(self, position: int, chances: Numbers) -> Iterator[str]:
        """What spaCy says of the span and of the words around it."""
        span = self._reading.spans[position]
        yield from _over("", chances, _STEPS)
        labels = self._reading.chances[position]
        best = int(labels.argmax())
        if labels[best] > 0.1:
            yield f"label={self._reading.labels[best]}"
            if labels[best] > 0.5:
                yield f"label!={self._reading.labels[best]}"
        outside = self._reading.outside
        inner = outside[span.first : span.end]
        yield f"most outside={int(4 * inner.max())}"
        yield f"least outside={int(4 * inner.min())}"
        if span.first > self._reading.begins[span.first]:
            yield f"outside before={int(4 * outside[span.first - 1])}"
        if span.end < self._reading.lasts[span.first]:
            yield f"outside after={int(4 * outside[span.end])}"

    def _elsewhere(self, span: Span, chances: Numbers) -> Iterator[str]:
        """What spaCy says of the same name, and of longer ones with it, in the rest of the text."""
        others = self._counts[span.key] - 1
        if others:
            mean = (self._sums[span.key] - chances) / others
            yield from _over("elsewhere ", mean, (0.1, 0.3, 0.6, 0.9))
            if others > 2:
                yield "often"
            if mean.sum() < 0.1:
                yield "elsewhere none"
        else:
            yield "once"
        if " " not in span.key:
            for part, sums in self._parts.items():
                if (found := sums.get(span.key)) is not None:
                    yield from _over(f"{part} of ", found, (0.3, 1.5))

    def _beside(self, span: Span, top: str) -> Iterator[str]:
        """The words before and after the span."""
        reading = self._reading
        words, text = reading.words, reading.text
        begin, last = reading.begins[span.first], reading.lasts[span.first]
        before = words[span.first - 1] if span.first > begin else ""
        after = words[span.end] if span.end < last else ""
        before2 = words[span.first - 2] if span.first - 1 > begin else ""
        after2 = words[span.end + 1] if span.end + 1 < last else ""
        tight_before = "_" if before and text[span.start - 1] != " " else ""
        tight_after = "_" if after and text[span.stop : span.stop + 1] != " " else ""
        yield f"shape before={shape(before)}{tight_before}"
        yield f"shape after={shape(after)}{tight_after}"
        if before == "-" and tight_before:
            yield "hyphen before"
        if after == "-" and tight_after:
            yield "hyphen after"
        yield f"shape before={shape(before)}&{top}"
        yield f"shape after={shape(after)}&{top}"
        yield from _small_words(before, after, before2, after2, top)
        if before in ARTICLES:
            yield "large article before"
            yield f"large article before&{top}"
        yield from facts(before, "before")
        yield from facts(after, "after")
        if shape(before) in _NAMED:
            yield "cut before"
            yield f"cut before&{top}"
        if shape(after) in _NAMED:
            yield "cut after"
            yield f"cut after&{top}"
        if after.lower() in _JOINING and after2 and like_name(after2):
            yield f"joins after={after.lower()}"
            yield f"joins after={after.lower()}&{head(words[span.first : span.end])}"
        if before.lower() in _JOINING and before2 and like_name(before2):
            yield f"joins before={before.lower()}"
            yield f"joins before={before.lower()}&{head_of(before2)}"
        if before.rstrip(".").lower() in lexicon.titles() and before[:1].isupper():
            yield "title before"
            yield f"title before&{top}"
        if before in _OPENING and (
            after in _CLOSING or (after in (",", ".") and after2 in _CLOSING)
        ):
            if after:
                yield "quoted"
                yield f"quoted&{top}"
        elif before in _OPENING and before:
            yield "quote opens"
        if before == "(" and after == ")":
            yield "bracketed"

    def _line(self, span: Span, begin: int) -> tuple[int, int]:
        """Where the line of `span` starts and ends; looked for once in each paragraph."""
        if begin not in self._lines:
            text = self._reading.text
            end = text.find("\n", span.stop)
            start = text.rfind("\n", 0, span.start) + 1
            self._lines[begin] = (start, len(text) if end < 0 else end)
        return self._lines[begin]

    def _place(self, span: Span, words: list[str], top: str) -> Iterator[str]:
        """Where in its sentence, line and text the span stands."""
        reading = self._reading
        begin = reading.begins[span.first]
        before = reading.words[span.first - 1] if span.first > begin else ""
        first = words[0].lower()
        if not before or before in _STOPS or (span.first - 1 == begin and before in '"“‘('):
            yield "starts"
            yield f"starts&{top}"
            if self._lower[first]:
                yield "starts&lower elsewhere"
                yield f"starts&lower elsewhere&{top}"
        elif len(words) == 1 and self._lower[first]:
            yield "lower elsewhere"
        line, end = self._line(span, begin)
        if end - line < _SHORT_LINE:
            yield "short line"
            yield f"short line&{top}"
        if span.start == line and span.stop == end:
            yield "whole line"
            yield f"whole line&{top}"
        elif span.start == line:
            yield "line starts"
        if line == 0:
            yield "first line"


def _over(what: str, chances: Numbers, steps: tuple[float, ...]) -> Iterator[str]:
    """Each step that the chance of each kind is over."""
    for kind, chance in zip(_KINDS, chances.tolist(), strict=True):
        for step in steps:
            if chance <= step:
                break
            yield f"{what}{kind}>{step}"


def _small_words(before: str, after: str, before2: str, after2: str, top: str) -> Iterator[str]:
    """Words in lower case and marks around the span."""
    if before and not has_capital(before):
        yield f"before={before.lower()}"
        if before.lower() in _PREPOSITIONS:
            yield f"before={before.lower()}&{top}"
    if after and not has_capital(after):
        yield f"after={after.lower()}"
        if after.lower() in _SAYING:
            yield f"after={after.lower()}&{top}"
    if before2 and not has_capital(before2):
        yield f"before 2={before2.lower()}"
    if after2 and not has_capital(after2):
        yield f"after 2={after2.lower()}"
