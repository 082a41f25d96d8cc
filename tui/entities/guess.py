"""The names that spaCy by itself is most sure of, and how a candidate lies to them."""

from collections.abc import Iterator

from tui.entities import lattice
from tui.entities.chances import Numbers
from tui.entities.reading import Reading, Span

KINDS = ("person", "org", "place", "other", "amount")
_SURE = 0.3
_SEPARATORS = frozenset({",", "and", "or", "/", "&", ";", ", and", ", or"})


class Guess:
    """The best names without overlaps by the chances alone."""

    def __init__(self, reading: Reading, chances: Numbers) -> None:
        """`chances` are of each span of `reading` for each of KINDS."""
        self._reading = reading
        ends = [(span.first, span.end) for span in reading.spans]
        best: list[float] = (chances.max(axis=1) - _SURE).tolist() if ends else []
        self._names: list[tuple[int, int, str]] = [
            (*ends[at], KINDS[int(chances[at].argmax())]) for at in lattice.choose(ends, best)
        ]
        # Of each word the name that it is in.
        self._at: dict[int, tuple[int, int, str]] = {
            word: name for name in self._names for word in range(name[0], name[1])
        }

    def of(self, span: Span, top: str) -> Iterator[str]:
        """How `span` lies to the names, and what stands beside it in a list ("Paris, Berlin and X")."""
        over = sorted({self._at[w] for w in range(span.first, span.end) if w in self._at})
        if not over:
            yield "guess none"
        elif len(over) > 1:
            yield "guess many"
        else:
            yield from _relation(span, over[0])
        for beside, name in (("after", self._before(span)), ("before", self._after(span))):
            if name is not None:
                yield f"listed {beside}={name[2]}"
                yield f"listed {beside}={name[2]}&{top}"

    def _before(self, span: Span) -> tuple[int, int, str] | None:
        words = self._reading.words
        for gap in (2, 1):
            separator = " ".join(words[max(0, span.first - gap) : span.first])
            if separator in _SEPARATORS and (name := self._at.get(span.first - gap - 1)):
                return name
        return None

    def _after(self, span: Span) -> tuple[int, int, str] | None:
        words = self._reading.words
        for gap in (2, 1):
            separator = " ".join(words[span.end : span.end + gap])
            if separator in _SEPARATORS and (name := self._at.get(span.end + gap)):
                return name
        return None


def _relation(span: Span, name: tuple[int, int, str]) -> Iterator[str]:
    first, end, kind = name
    if (first, end) == (span.first, span.end):
        yield "guessed"
        yield f"guessed={kind}"
        return
    if first <= span.first and end >= span.end:
        relation = "in"
    elif first >= span.first and end <= span.end:
        relation = "around"
    else:
        relation = "across"
    yield f"guess {relation}"
    yield f"guess {relation}={kind}"
    if first == span.first:
        yield f"guess {relation}, same start"
    if end == span.end:
        yield f"guess {relation}, same end"
