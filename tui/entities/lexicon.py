"""Our own lists of facts (`words/*.txt`), read once: countries, places, peoples, titles, head words.

Lines that begin with "#" are comments. Look-ups that say `fold` take `naming.fold_key` spellings.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from tui.domain.naming import fold_key


@dataclass(frozen=True, slots=True)
class Known:
    """What a listed name stands for. `derived`: it is of the country ("Russian"), not it."""

    canonical: str
    derived: bool = False


def _lines(name: str) -> Iterator[str]:
    text = (files("tui.entities") / "words" / name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()


def _commas(text: str) -> Iterator[str]:
    return (form.strip() for form in text.split(",") if form.strip())


@cache
def countries() -> dict[str, Known]:
    """Countries and regions by each spelling of them, exactly as it is written in a story."""
    known: dict[str, Known] = {}
    for line in _lines("countries.txt"):
        canonical, names, of_it = (part.strip() for part in f"{line} | |".split("|")[:3])
        for form in (canonical, *_commas(names)):
            known[form] = Known(canonical)
        for form in _commas(of_it):
            known.setdefault(form, Known(canonical, derived=True))
    return known


def _forms(name: str) -> dict[str, str]:
    """ "canonical | other names" lines as a look-up by each form."""
    known: dict[str, str] = {}
    for line in _lines(name):
        canonical, _, names = (part.strip() for part in line.partition("|"))
        known[canonical] = canonical
        for form in _commas(names):
            known.setdefault(form, canonical)
    return known


@cache
def places() -> dict[str, str]:
    """States, waters, cities: the spelling in a story to the canonical one."""
    return _forms("places.txt")


@cache
def organisations() -> dict[str, str]:
    """Organisations of the world: the spelling in a story to the canonical one."""
    return _forms("organisations.txt")


@cache
def peoples() -> frozenset[str]:
    """Peoples, faiths and parties that are no country's."""
    return frozenset(form for line in _lines("peoples.txt") for form in _commas(line))


@cache
def titles() -> frozenset[str]:
    """Titles before names, in lower case and without a full stop."""
    forms = (form for line in _lines("titles.txt") for form in _commas(line))
    return frozenset(form.lower().rstrip(".") for form in forms)


@cache
def long_titles() -> frozenset[tuple[str, ...]]:
    """Titles of several words ("Secretary of State"), in lower case."""
    return frozenset(tuple(title.split()) for title in titles() if " " in title)


@cache
def heads() -> dict[str, str]:
    """Head words ("University") to "org", "place", "other" or "person", in folded spelling."""
    known: dict[str, str] = {}
    section = ""
    for line in _lines("heads.txt"):
        if line.startswith("["):
            section = line.strip("[]")
            continue
        for form in _commas(line):
            known.setdefault(fold_key(form), section)
    return known


@cache
def first_names() -> frozenset[str]:
    """Given names."""
    return frozenset(name for line in _lines("first_names.txt") for name in line.split())


@cache
def plain_words() -> frozenset[str]:
    """Capitalised words that are no names by themselves, in lower case."""
    words = (word for line in _lines("plain_words.txt") for word in line.split())
    return frozenset(word.lower() for word in words)
