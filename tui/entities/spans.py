"""Which runs of words may be names: the candidates among which the weights choose.

A candidate begins and ends with a word that has a capital or a digit, or that a hyphen ties to one
("Leung Yiu-chung", "pro-European"); it may have a particle before it ("von Trapp") and a mark after it
("Jerry D.", "Yahoo!"). Between such words there may be at most two
small ones. All parts of a run are candidates too: "Bank", "Bank of England" and "England"; but no part of a title
("State" in "Secretary of State"). Of the annotated texts that the weights were fitted on, 97 of 100 names are among them.
"""

from collections.abc import Sequence
from functools import cache

from tui.entities import lexicon

LONGEST = 9  # words in a name
_LONGEST_SHOUTED = 4
_SHOUTED = 0.7  # the part of a long paragraph's words that are all capitals or begin with one
_LONG = 30  # words
_GAP = 2
_PREFIX = 5  # letters of "anti"
_INNER = frozenset(
    "of the and for in on to de du des la le les et von van der den del della da di dos el al bin ibn "
    "y e zu at with from & - – / ' . ’ 's d' l' a an : ! ,".split()
)
_LEADING = frozenset("de la von van al el der le les d' l'".split())


def has_capital(word: str) -> bool:
    """True if a letter of `word` is large."""
    return not word.islower() and any(c.isupper() for c in word)


def like_name(word: str) -> bool:
    """True if a name can begin or end with `word`."""
    return has_capital(word) or any(c.isdigit() for c in word)


def spans(words: Sequence[str], glued: Sequence[bool]) -> list[tuple[int, int]]:
    """The candidates in one paragraph's `words`, as (first, one after the last), in order.

    `glued` says of each word whether nothing stands between it and the one before.
    """
    capital = [has_capital(word) for word in words]
    begins, ends = _edges(words, glued, capital)
    shouted = len(words) > _LONG and sum(capital) > _SHOUTED * len(words)
    longest = _LONGEST_SHOUTED if shouted else LONGEST
    found: set[tuple[int, int]] = set()
    for first in range(len(words)):
        if begins[first]:
            found.update((first, end) for end in _ends(words, first, longest, ends, capital))
    for first, end in list(found):
        if first and words[first - 1].lower() in _LEADING:
            found.add((first - 1, end))
        if end < len(words) and _belongs(words[end - 1], words[end]):
            found.add((first, end + 1))
    titles = _titles(words)
    return sorted((first, end) for first, end in found if titles.get(first, 0) < end)


def _titles(words: Sequence[str]) -> dict[int, int]:
    """Of each word in a title of several words, where that title ends."""
    lower = [word.lower() for word in words]
    ends: dict[int, int] = {}
    for first in range(len(words) - 1):
        if lower[first] in _title_words():
            for size in (2, 3):
                if tuple(lower[first : first + size]) in lexicon.long_titles():
                    ends.update(dict.fromkeys(range(first, first + size), first + size))
    return ends


@cache
def _title_words() -> frozenset[str]:
    return frozenset(title[0] for title in lexicon.long_titles())


def _edges(
    words: Sequence[str], glued: Sequence[bool], capital: Sequence[bool]
) -> tuple[list[bool], list[bool]]:
    """With which words a candidate can begin, and with which end."""
    begins = [large or like_name(word) for large, word in zip(capital, words, strict=True)]
    ends = begins.copy()
    for at in range(1, len(words) - 1):
        if words[at] == "-" and glued[at] and glued[at + 1]:
            if ends[at - 1] and words[at + 1].isalpha():
                ends[at + 1] = True
            if capital[at + 1] and words[at - 1].isalpha() and len(words[at - 1]) <= _PREFIX:
                begins[at - 1] = True
    return begins, ends


def _belongs(word: str, mark: str) -> bool:
    """True if the `mark` after `word` may be part of the name; the tokeniser knows "Inc." and "U.S."."""
    return mark in ("!", "?") or (mark == "." and len(word) == 1)


def _ends(
    words: Sequence[str], first: int, longest: int, named: list[bool], capital: Sequence[bool]
) -> list[int]:
    """Where candidates that begin with the word `first` can end."""
    ends = []
    gap = 0
    large = False
    for position in range(first, min(len(words), first + longest)):
        if named[position] or position == first:
            gap = 0
            large = large or capital[position]
            if large:
                ends.append(position + 1)
            continue
        gap += 1
        if gap > _GAP or words[position].lower() not in _INNER:
            break
    return ends
