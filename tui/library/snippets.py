"""The place in a text where a search found something, with marks around each hit. Pure."""

import re
import unicodedata
from collections.abc import Iterable
from itertools import islice

from tui.domain.query import Term
from tui.library.folding import fold
from tui.library.inflection import LANGUAGES, forms

OPEN, CLOSE = "\x02", "\x03"
_BEFORE = 48
_LONGEST = 180
_MOST_HITS = 200  # that are looked at: of more, the first places are good enough
_SPACES = re.compile(r"\s+")

# Letters that folding makes two of, so that a word of the query meets them as they stand.
_LONG = {"ss": "(?:ss|ß)", "oe": "(?:oe|œ)", "ae": "(?:ae|æ)"}


def _base(code: int) -> str | None:
    base = unicodedata.normalize("NFKD", chr(code))
    return base[0] if len(base) > 1 and unicodedata.combining(base[1]) else None


_PLAIN = {code: base for code in range(0xC0, 0x500) if (base := _base(code))}
_PLAIN.update({ord(c): p for c, p in zip("øØłŁđĐı", "oOlLdDi", strict=True)})
"""Letters without their accents, one for one: places in a text stay what they are."""


class Finder:
    """Finds the words of a query in texts."""

    def __init__(self, words: Iterable[Term]) -> None:
        patterns = [pattern for term in words for pattern in _patterns(term)]
        self._pattern = re.compile("|".join(patterns) or r"(?!)", re.I)

    def snippet(self, *texts: str) -> str:
        """The best place in the first of `texts` that has one, on one line; "" if none has."""
        for text in texts:
            plain = text if text.isascii() else text.translate(_PLAIN)
            hits = [hit.span() for hit in islice(self._pattern.finditer(plain), _MOST_HITS)]
            if hits:
                return _cut(text, hits)
        return ""


def _patterns(term: Term) -> list[str]:
    words = fold(term.value).split()
    if not words:
        return []
    bare = not term.exact and not term.start and len(words) == 1
    spellings = {term.value}
    if bare:
        spellings |= {form for lang in LANGUAGES for form in forms(term.value, lang)}
    found = [r"[\W_]+".join(map(_word, fold(s).split())) for s in spellings]
    if re.search("[\u3040-\ud7af\uf900-\ufaff]", term.value):
        return [re.escape(term.value)]
    end = r"\w*" if term.start else r"\b"
    return [rf"\b(?:{'|'.join(sorted(found, key=len, reverse=True))}){end}"]


def _word(word: str) -> str:
    for pair, either in _LONG.items():
        word = word.replace(pair, either)
    return word


def _cut(text: str, hits: list[tuple[int, int]]) -> str:
    """Start before the first hit of the window that holds most hits."""
    best = max(
        hits,
        key=lambda hit: (sum(hit[0] <= s < hit[0] + _LONGEST - _BEFORE for s, _ in hits), -hit[0]),
    )
    start = max(0, best[0] - _BEFORE) if len(text) > _LONGEST else 0
    if start:
        start = text.find(" ", start, best[0]) + 1 or start
    end = min(len(text), start + _LONGEST)
    if end < len(text):
        end = max(text.rfind(" ", best[1], end), best[1]) if " " in text[best[1] : end] else end
    marked, last = [], start
    for s, e in hits:
        if s >= start and e <= end:
            marked += [text[last:s], OPEN, text[s:e], CLOSE]
            last = e
    marked.append(text[last:end])
    line = _SPACES.sub(" ", "".join(marked)).strip()
    return ("…" if start else "") + line + ("…" if end < len(text) else "")
