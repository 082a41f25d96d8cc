"""Mentions to entities in one article. Exact rules only; nothing is merged because it looks alike.

    forms of a country         US, U.S., United States; "Russian" counts as Russia, shown apart
    surname, first name        Lavrov -> Sergei Lavrov, where only one person here has that name
    middle names, initials     George W. Bush -> George Bush, J. Smith -> John Smith, where unique
    acronym and expansion      World Health Organization (WHO); WHO alone where the initials fit one
    short form                 Harvard -> Harvard University, Pirates -> Pittsburgh Pirates,
                               Scientology, the Church -> Church of Scientology, the North -> North Korea

What isn't unique stays apart.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from tui.domain.naming import Entity, Kind, Mention, fold_key
from tui.entities import lexicon, people
from tui.entities.acronyms import acronyms
from tui.entities.datelines import datelines

_DIRECTIONS = frozenset({"north", "south", "east", "west"})
_STATE_OF = re.compile(r"^(?:State|City|Town|Republic|Kingdom|Province|County) of (?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Named:
    """A mention with its spelling, before it belongs to an entity."""

    mention: Mention
    text: str


def entities(text: str, mentions: Iterable[Mention]) -> list[Entity]:
    """The entities that `mentions` of `text` name, in order of their first mention."""
    named = [Named(m, text[m.start : m.end]) for m in mentions]
    canonical = _canonical_names(text, named)
    groups: dict[str, list[Named]] = defaultdict(list)
    for one in named:
        groups[fold_key(canonical[one.mention.start])].append(one)
    return [
        _entity(key, canonical[group[0].mention.start], group)
        for key, group in groups.items()
        if key
    ]


def _canonical_names(text: str, named: Sequence[Named]) -> dict[int, str]:
    """The canonical name of each mention, by where it starts."""
    persons = people.full_names([n.text for n in named if n.mention.kind is Kind.PERSON])
    capitals = datelines(text)
    spelled = {
        n.mention.start: n.text.title() if n.mention.start in capitals else n.text for n in named
    }
    others = [spelled[n.mention.start] for n in named if n.mention.kind is not Kind.PERSON]
    expansions = acronyms(text, [(n.mention.start, n.mention.end) for n in named])
    short = short_forms(named)
    best = _best_spellings(others)
    names: dict[int, str] = {}
    for one in named:
        if one.mention.kind is Kind.PERSON:
            names[one.mention.start] = persons[one.text]
            continue
        name = expansions.get(fold_key(one.text), spelled[one.mention.start])
        name = short.get(fold_key(name), name)
        names[one.mention.start] = _listed(name, one.mention) or best.get(fold_key(name), name)
    return names


def _listed(name: str, mention: Mention) -> str | None:
    """The canonical name of a listed country or place."""
    bare = name.replace(".", "")
    shouted = name.title() if _shouted(name) else bare
    known = next(filter(None, map(lexicon.countries().get, (name, bare, shouted))), None)
    if known is not None and known.derived == mention.derived:
        return known.canonical
    if organisation := lexicon.organisations().get(name) or lexicon.organisations().get(bare):
        return organisation
    if mention.kind is Kind.PLACE:
        inner = _STATE_OF.sub("", name)
        return lexicon.places().get(inner) or (inner if inner != name else None)
    return None


def _best_spellings(names: Iterable[str]) -> dict[str, str]:
    """For each key its most frequent spelling; capitals only where there is no other."""
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for name in names:
        spellings[fold_key(name)][name] += 1
    return {
        key: max(found, key=lambda name: (not _shouted(name), found[name], name))
        for key, found in spellings.items()
    }


def _shouted(name: str) -> bool:
    return name.isupper() and len(name) > 5


def short_forms(named: Sequence[Named]) -> dict[str, str]:
    """Keys of short names to the one long name here that they begin or end.

    The beginning of an organisation before its head words ("Harvard" University); the end after a
    place or another name of the story ("Pittsburgh" Pirates, "Google" Chrome); of an organisation what
    follows its "of", and its head word alone; of a place its direction ("North" Korea).
    """
    spelling: dict[str, str] = {}
    for one in named:
        spelling.setdefault(fold_key(one.text), one.text)
    long: dict[str, set[str]] = defaultdict(set)
    for key in {fold_key(n.text) for n in named if n.mention.kind in (Kind.ORG, Kind.OTHER)}:
        words = key.split()
        for size in range(1, len(words)):
            first, last = " ".join(words[:size]), " ".join(words[size:])
            if all(lexicon.heads().get(word) == "org" for word in words[size:]):
                long[first].add(key)
            if first in spelling or first in _listed_keys():
                long[last].add(key)
    for short, full in [*_parts_of_organisations(named), *_directions(named)]:
        long[short].add(full)
    places = {
        fold_key(n.text) for n in named if n.mention.kind is Kind.PLACE or n.mention.derived
    } - _DIRECTIONS
    return {
        key: spelling[min(full)]
        for key, full in long.items()
        if len(full) == 1 and key not in places and key not in _listed_keys()
    }


def _parts_of_organisations(named: Sequence[Named]) -> Iterator[tuple[str, str]]:
    """Keys of "Scientology" and "Church" with that of "Church of Scientology"."""
    keys = {fold_key(one.text) for one in named if one.mention.kind is Kind.ORG}
    others = {fold_key(one.text) for one in named if one.mention.kind is Kind.OTHER}
    for key in keys:
        head, of, rest = key.partition(" of ")
        alone = (head if of else key).split()[-1:]
        if not alone or lexicon.heads().get(alone[0]) not in ("org", "place"):
            continue
        if of and rest in keys | others:
            yield rest, key
        if alone[0] in keys and alone[0] != key:
            yield alone[0], key


def _directions(named: Sequence[Named]) -> Iterator[tuple[str, str]]:
    """Keys of "North" with that of "North Korea"."""
    keys = {fold_key(one.text) for one in named if one.mention.kind is Kind.PLACE}
    for key in keys:
        first, _, rest = key.partition(" ")
        if first in _DIRECTIONS and first in keys and rest:
            yield first, key


@cache
def _listed_keys() -> frozenset[str]:
    """Keys of all listed places and what is of them: never short for anything else."""
    return frozenset(map(fold_key, lexicon.places().keys() | lexicon.countries().keys()))


def _entity(key: str, canonical: str, group: Sequence[Named]) -> Entity:
    own = [one for one in group if not one.mention.derived]
    kind = _kind(own)
    # The story's own fullest spelling; of a country, the one that it uses most.
    if fold_key(canonical) in {fold_key(one.text) for one in own}:
        name = next(one.text for one in own if fold_key(one.text) == fold_key(canonical))
    elif own:
        name = Counter(one.text for one in own).most_common(1)[0][0]
    else:
        name = canonical
    only_case = fold_key(name) == fold_key(canonical)
    return Entity(
        name=canonical if _shouted(name) or (name.isupper() and only_case) else name,
        key=key,
        kind=kind,
        mentions=tuple(
            one.mention if one.mention.derived else replace(one.mention, kind=kind) for one in group
        ),
        shared=not (kind is Kind.PERSON and " " not in key),
        canonical=canonical,
    )


def _kind(own: Sequence[Named]) -> Kind:
    """The kind of the entity: what its fullest names are taken for. "IMO" alone says little."""
    sizes = [len(one.text.split()) for one in own]
    most = max(sizes, default=0)
    fullest = [one.mention.kind for one, size in zip(own, sizes, strict=True) if size == most]
    return Counter(fullest).most_common(1)[0][0] if fullest else Kind.PLACE
