"""Acronyms and what they stand for, where an article says so or the initials leave no doubt."""

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from tui.domain.naming import fold_key

_ACRONYM = re.compile(r"[A-ZÀ-Þ][A-Za-zÀ-Þ&.\-]{0,8}[A-ZÀ-Þ]\.?")
_SMALL = frozenset("of the and for in on to de du des la le les et pour a an & at".split())
_BRACKET = re.compile(r"\s*\(\s*$")


def acronyms(text: str, spans: Sequence[tuple[int, int]]) -> dict[str, str]:
    """Keys of acronyms to their expansions; `spans` are the names of `text` in order."""
    said: dict[str, str] = {}
    for (start, end), (next_start, next_end) in pairwise(spans):
        if not _BRACKET.fullmatch(text[end:next_start]):
            continue
        first, second = text[start:end], text[next_start:next_end]
        if _stands_for(second, first):
            said.setdefault(fold_key(second), first)
        elif _stands_for(first, second):
            said.setdefault(fold_key(first), second)
    by_initials: dict[str, set[str]] = defaultdict(set)
    spelling: dict[str, str] = {}
    for start, end in spans:
        name = text[start:end]
        for letters in _initials(name):
            by_initials[letters].add(fold_key(name))
        spelling.setdefault(fold_key(name), name)
    for start, end in spans:
        short = text[start:end]
        fitting = by_initials.get(_letters(short), set())
        if _is_acronym(short) and len(_letters(short)) > 2 and len(fitting) == 1:
            said.setdefault(fold_key(short), spelling[next(iter(fitting))])
    return said


def _is_acronym(name: str) -> bool:
    return bool(_ACRONYM.fullmatch(name)) and sum(c.isupper() for c in name) * 2 > len(name)


def _letters(name: str) -> str:
    return "".join(c for c in name if c.isalpha()).upper()


def _initials(name: str) -> set[str]:
    """The initials of a name of three words or more, with and without its small words."""
    words = re.split(r"[\s\-]+", name)
    if len(words) < 3:
        return set()
    large = [word for word in words if word.lower() not in _SMALL]
    return {"".join(w[0] for w in words if w).upper(), "".join(w[0] for w in large if w).upper()}


def _stands_for(short: str, long: str) -> bool:
    """True if `short` in brackets after `long` abbreviates it: its letters are there in order."""
    if not _is_acronym(short) or len(long) <= len(short) or _letters(short)[0] != long[0].upper():
        return False
    rest = iter(long.upper())
    return all(letter in rest for letter in _letters(short))
