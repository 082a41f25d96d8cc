"""Which spellings of people in one article are one person."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from tui.domain.naming import fold_key
from tui.entities import lexicon

_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})


def full_names(spellings: Sequence[str]) -> dict[str, str]:
    """Each spelling to the fullest name of the one person here that it can mean, or to itself.

    `spellings` are all mentions of people in the order of the text.
    """
    by_key: dict[str, Counter[str]] = defaultdict(Counter)
    for spelling in spellings:
        by_key[fold_key(spelling)][spelling] += 1
    spoken = {key: _best(found) for key, found in by_key.items()}
    people = _People(list(by_key))
    full = {key: people.target(key) for key in by_key}
    return {spelling: spoken[_last(full, fold_key(spelling))] for spelling in set(spellings)}


def _best(found: Counter[str]) -> str:
    return max(found, key=lambda name: (not name.isupper(), found[name], name))


def _last(full: dict[str, str], key: str) -> str:
    """Follow "Bush" -> "George Bush" -> "George W. Bush" to its end."""
    seen = {key}
    while full[key] not in seen:
        key = full[key]
        seen.add(key)
    return key


class _People:
    """The names of one article in the order in which it introduces them."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._introduced = {key: place for place, key in enumerate(keys)}
        self._words = {key: _without_suffix(key.split()) for key in keys}
        self._bare = {key: _without_titles(words) for key, words in self._words.items()}
        self._by_last: dict[str, list[str]] = defaultdict(list)
        self._by_first: dict[str, list[str]] = defaultdict(list)
        for key, words in self._words.items():
            if words:
                self._by_last[words[-1]].append(key)
                self._by_first[words[0]].append(key)

    def target(self, key: str) -> str:
        """The longer name that `key` is short for, if there is exactly one person with it.

        Where there are several, the one who alone was introduced when `key` first stood alone: the
        story called him so before it spoke of his father.
        """
        fitting = self._fitting(key)
        if len(people := self._apart(fitting)) == 1:
            return people[0]
        before = [o for o in fitting if self._introduced[o] < self._introduced[key]]
        people = self._apart(before)
        return people[0] if len(people) == 1 else key

    def _fitting(self, key: str) -> list[str]:
        """The names that `key` can be short for; without its title only where with it there is none,
        for a title may be part of the name ("Lady Gaga").
        """
        words, bare = self._words[key], self._bare[key]
        return self._longer(key, words) or (self._named(key, bare) if bare != words else [])

    def _named(self, key: str, words: list[str]) -> list[str]:
        """The names that `key` can be short for, whose words without titles are `words`."""
        others = [
            o for o in self._by_last[words[-1]] if o != key and len(self._bare[o]) > len(words)
        ]
        return [o for o in others if len(words) == 1 or _contains(self._bare[o], words)]

    def _longer(self, key: str, words: list[str]) -> list[str]:
        if not words:
            return []
        same_last = [o for o in self._by_last[words[-1]] if o != key]
        longer = [o for o in same_last if len(self._words[o]) > len(words)]
        if len(words) == 1:
            return longer or [o for o in self._by_first[words[0]] if len(self._words[o]) > 1]
        fitting = [o for o in longer if _contains(self._words[o], words)]
        reversed_ = [o for o in self._by_last[words[0]] if _is_reversed(words, self._words[o])]
        return fitting or [o for o in same_last if _is_initial(words, self._words[o])] or reversed_

    def _apart(self, keys: list[str]) -> list[str]:
        """The different people in `keys`: "George Bush" and "George W. Bush" are one."""
        people: list[str] = []
        for key in sorted(keys, key=lambda key: -len(key)):
            if not any(_contains(self._bare[other], self._bare[key]) for other in people):
                people.append(key)
        return people


def _without_titles(words: list[str]) -> list[str]:
    """ "van Houten" of "Mr van Houten"; at least the last word stays."""
    first = 0
    while first < len(words) - 1 and words[first] in lexicon.titles():
        first += 1
    return words[first:]


def _without_suffix(words: list[str]) -> list[str]:
    while len(words) > 1 and words[-1] in _SUFFIXES:
        words.pop()
    return words


def _contains(longer: list[str], shorter: list[str]) -> bool:
    """Same first and last name with more between, or the end of the longer name."""
    if longer[-1] != shorter[-1]:
        return False
    return longer[0] == shorter[0] or longer[-len(shorter) :] == shorter


def _is_initial(words: list[str], other: list[str]) -> bool:
    """ "J Smith" of "John Smith", but not "Mr Smith" of "Mrs Smith"."""
    if words[0] in lexicon.titles():
        return False
    return len(words[0]) <= 2 < len(other[0]) and other[0][0] == words[0][0]


def _is_reversed(words: list[str], other: list[str]) -> bool:
    """ "Ichiyo Higuchi" of "Higuchi Ichiyo", which sorts first."""
    return len(words) == len(other) == 2 and words == other[::-1] and words > other
