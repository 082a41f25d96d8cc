"""For models without weights: what a text says about its names beyond each single mention of them.

A name is often clear in one place ("Brock Holt") and unclear in the others ("Holt"): a `Story` looks
at all of its places together. It also offers names that the model did not see: those that it saw
elsewhere in the text, and runs of capitalised words.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from tui.domain.naming import fold_key
from tui.entities import lexicon
from tui.entities.bounds import trim
from tui.entities.models import Found

UNSEEN = ""  # the label of a name that the model did not see
_CAPITAL = (
    r"(?:St|Mt|Ft|Jr|Sr|Inc|Co|Corp|Ltd)\.|"
    r"(?:[a-z]{1,5}(?=[A-Z]))?[A-ZÀ-ÖØ-ÞĀ-Ž][\w’'&.\-]*\w\b|[A-Z]\b\.?"
)
_RUN = re.compile(
    rf"(?<![\w’'@#])(?:{_CAPITAL})(?:[ ](?:(?:of|the|and|&|de|du|des|la) )?(?:{_CAPITAL}))*"
)
_WORD = re.compile(r"\w[\w’'\-]*")


class Story:
    """One text with the settled names of the model."""

    def __init__(self, text: str, names: Sequence[Found]) -> None:
        self.text = text
        self.names = tuple(names)
        self.votes: dict[str, Counter[str]] = defaultdict(Counter)
        for name in names:
            self.votes[fold_key(text[name.start : name.end])][name.label] += 1

    def candidates(self) -> list[Found]:
        """The model's names and what may be names between them, in order, without overlaps."""
        found: list[Found] = []
        at = 0
        for name in self.names:
            found += self._unseen(at, name.start)
            found.append(name)
            at = name.end
        return [*found, *self._unseen(at, len(self.text))]

    def _unseen(self, start: int, end: int) -> Iterator[Found]:
        for run in _RUN.finditer(self.text, start, end):
            trimmed = self._without_plain_words(*run.span())
            if trimmed is not None:
                yield trimmed

    def _without_plain_words(self, start: int, end: int) -> Found | None:
        """The run without plain words at its beginning: "However Mérida" is "Mérida"."""
        while start < end:
            word = _WORD.match(self.text, start)
            if word is None or not _is_plain(word.group()):
                break
            start = word.end()
            while start < end and not self.text[start].isalnum():
                start += 1
        return trim(self.text, Found(start, end, UNSEEN)) if start < end else None


def _is_plain(word: str) -> bool:
    """True for "However"; "FIRST" in capitals may be an acronym."""
    return word.lower() in lexicon.plain_words() and not (word.isupper() and len(word) > 2)
