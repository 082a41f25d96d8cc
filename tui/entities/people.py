"""Which spellings of people in one article are one person."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from tui.domain.naming import fold_key

_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})


def full_names(spellings: Sequence[str]) -> dict[str, str]:
    """Each spelling to the fullest name of the one person here that it can mean, or to itself.

    `spellings` are all mentions of people in the order of the text.
    """
    by_key: dict[str, Counter[str]] = defaultdict(Counter)
    for spelling in spellings:
        by_key[fold_key(spelling)][spelling] += 1
    spoken = {key: _best(found) for key, found in by_key.items()}
    # `by_key` keeps the order in which the text introduces its people.
    keys = list(by_key)
    full = {key: _target(key, keys) for key in keys}
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


def _words(key: str) -> list[str]:
    words = key.split()
    while len(words) > 1 and words[-1] in _SUFFIXES:
        words.pop()
    return words


def _target(key: str, keys: list[str]) -> str:
    """The longer name that `key` is short for, if there is exactly one person with it.

    Where there are several, the one who alone was introduced when `key` first stood alone: the story
    called him so before it spoke of his father.
    """
    fitting = _fitting(_words(key), [other for other in keys if other != key])
    if len(people := _apart(fitting)) == 1:
        return people[0]
    introduced = keys[: keys.index(key)]
    people = _apart([other for other in fitting if other in introduced])
    return people[0] if len(people) == 1 else key


def _fitting(words: list[str], keys: list[str]) -> list[str]:
    """The names among `keys` that `words` can be short for."""
    longer = [other for other in keys if len(_words(other)) > len(words)]
    if len(words) == 1:
        by_surname = [other for other in longer if _words(other)[-1] == words[0]]
        return by_surname or [other for other in longer if _words(other)[0] == words[0]]
    fitting = [other for other in longer if _contains(_words(other), words)]
    return fitting or [other for other in keys if _is_variant(words, _words(other))]


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


def _is_variant(words: list[str], other: list[str]) -> bool:
    """ "J Smith" of "John Smith"; "Ichiyo Higuchi" of "Higuchi Ichiyo", which sorts first."""
    if len(words) == len(other) == 2 and words == other[::-1]:
        return words > other
    return (
        words[-1] == other[-1] and len(words[0]) <= 2 < len(other[0]) and other[0][0] == words[0][0]
    )
