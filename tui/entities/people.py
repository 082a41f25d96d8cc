"""Which spellings of people in one article are one person."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from tui.domain.naming import fold_key

_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})


def full_names(spellings: Iterable[str]) -> dict[str, str]:
    """Each spelling to the fullest name of the one person here that it can mean, or to itself."""
    counts = Counter(spellings)
    by_key: dict[str, Counter[str]] = defaultdict(Counter)
    for spelling, count in counts.items():
        by_key[fold_key(spelling)][spelling] += count
    spoken = {key: _best(found) for key, found in by_key.items()}
    full = {key: _target(key, list(spoken)) for key in spoken}
    return {spelling: spoken[_last(full, fold_key(spelling))] for spelling in counts}


def _best(found: Counter[str]) -> str:
    return max(found, key=lambda name: (not name.isupper(), found[name], name))


def _last(full: dict[str, str], key: str) -> str:
    """Follow "Bush" -> "George Bush" -> "George W. Bush" to its end."""
    seen = {key}
    while full[key] not in seen:
        key = full[key]
        seen.add(key)
    return key


def _words(key: str) -> list[str]:
    words = key.split()
    while len(words) > 1 and words[-1] in _SUFFIXES:
        words.pop()
    return words


def _target(key: str, keys: list[str]) -> str:
    """The longer name that `key` is short for, if there is exactly one person with it."""
    words = _words(key)
    longer = [other for other in keys if other != key and len(_words(other)) > len(words)]
    if len(words) == 1:
        by_surname = [other for other in longer if _words(other)[-1] == words[0]]
        fitting = by_surname or [other for other in longer if _words(other)[0] == words[0]]
    else:
        fitting = [other for other in longer if _contains(_words(other), words)]
        fitting = fitting or [other for other in keys if _same_with_initial(words, _words(other))]
    people = _apart(fitting)
    return people[0] if len(people) == 1 else key


def _apart(keys: list[str]) -> list[str]:
    """The different people in `keys`: "George Bush" and "George W. Bush" are one."""
    longest = sorted(keys, key=lambda key: -len(key))
    people: list[str] = []
    for key in longest:
        if not any(_contains(_words(other), _words(key)) for other in people):
            people.append(key)
    return people


def _contains(longer: list[str], shorter: list[str]) -> bool:
    """Same first and last name with more between, or the end of the longer name."""
    if longer[-1] != shorter[-1]:
        return False
    return longer[0] == shorter[0] or longer[-len(shorter) :] == shorter


def _same_with_initial(words: list[str], other: list[str]) -> bool:
    """ "J Smith" and "John Smith"."""
    return (
        words[-1] == other[-1] and len(words[0]) <= 2 < len(other[0]) and other[0][0] == words[0][0]
    )
