"""Other forms of a word, by language, for the search. Pure.

Not stems: a stem needs the same algorithm on every word of the index, and one algorithm is right
for one language only. Here a word of the query becomes the few forms that its endings allow; a form
that no text has costs one look into the index. Only regular endings of nouns, adjectives and verbs
(as school grammars list them); short words have none, where a wrong guess is likelier than a right.
"""

from tui.library.folding import fold

LANGUAGES = ("en", "fr", "de")
_SHORTEST = 4  # letters of a word that has forms
_SHORTEST_STEM = 3
_VOWELS = "aeiouy"

# Endings that stand for each other after one stem, of each language.
_ENDINGS: dict[str, tuple[tuple[str, ...], ...]] = {
    "en": (
        ("", "s"),
        ("", "ed", "ing", "s"),
        ("e", "ed", "ing", "es"),
        ("y", "ies", "ied", "ying"),
        ("s", "ses"),
        ("sh", "shes", "shed", "shing"),
        ("ch", "ches", "ched", "ching"),
        ("x", "xes"),
        ("z", "zes"),
        ("is", "es"),
        ("man", "men"),
        ("fe", "ves"),
        ("f", "ves"),
    ),
    "fr": (
        ("", "s", "e", "es"),
        ("", "x"),
        ("al", "aux", "ale", "ales"),
        ("eux", "euse", "euses"),
        ("if", "ive", "ifs", "ives"),
        ("er", "e", "es", "ee", "ees", "ent", "ant", "ait", "aient", "era"),
        ("ien", "ienne", "iens", "iennes"),
        ("eur", "euse", "eurs", "euses"),
        ("teur", "trice", "teurs", "trices"),
    ),
    "de": (
        ("", "e", "en", "er", "es", "s", "n", "em", "ern"),
        ("e", "en", "er", "es", "em", "t", "te", "ten"),
        ("in", "innen"),
        ("ung", "ungen"),
        ("um", "en"),
        ("us", "en"),
    ),
}


def forms(word: str, language: str) -> list[str]:
    """Forms of `word` in `language`, without itself, folded; none for more than one word."""
    plain = fold(word)
    if len(plain) < _SHORTEST or not plain.isalpha() or not plain.isascii():
        return []
    found: set[str] = set()
    for endings in _ENDINGS[language]:
        for ending in endings:
            stem = plain.removesuffix(ending) if ending else plain
            if len(stem) < _SHORTEST_STEM or not plain.endswith(ending):
                continue
            found.update(stem + other for other in endings)
    if language == "en":
        found |= _doubled(plain)
    return sorted(found - {plain})


def _doubled(word: str) -> set[str]:
    """English doubles a last consonant before "ed" and "ing": stop, stopped, stopping."""
    for ending in ("ed", "ing"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "aeiouls":
            return {stem[:-1], stem[:-1] + "s", stem + "ed", stem + "ing"}
    short = len(word) <= 5 and word[-1] not in _VOWELS + "wx" and word[-2] in _VOWELS
    if short and word[-3] not in _VOWELS:
        return {word + word[-1] + "ed", word + word[-1] + "ing"}
    return set()
