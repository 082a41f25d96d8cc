"""Where a name begins and ends: what the model took too much or too little is put right.

Determiners, possessives, titles, quotation marks, dangling brackets and function words are no part of
a name; a head word that follows ("Ross Ice" + "Shelf") is.
"""

import re
from collections.abc import Iterable, Iterator

from tui.domain.naming import fold_key
from tui.entities import lexicon
from tui.entities.models import Found

_DETERMINER = re.compile(r"(?:the|a|an|this|that|les?|la|une?|des|du|l['’]|d['’])\b\s*", re.I)
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)\s+", re.I)
_POSSESSIVE = re.compile(r"['’](?:s|S)?$")
_EDGE = "\"“”„«»‘’'`´()[]{}<>,;:!?…*•·|/\\—–-_ \t\u00a0"
_ABBREVIATION = re.compile(
    r"(?:\b\w\.|\b(?:Inc|Co|Corp|Ltd|Jr|Sr|St|Bros|Mass|Calif|Fla|Va|Pa))\.?$"
)
_LAST_WORD = re.compile(r"(?<=\s)[^\s]+$")
_FIRST_WORD = re.compile(r"^[^\s]+\s+")
_NEXT_WORD = re.compile(r" ([A-Z][\w’'&.-]*\w)")
# Particles that begin a name in lower case.
_PARTICLES = frozenset(
    "al el bin ibn ben de del della di da dos van von der den ter zu zum la le".split()
)
_COMMA_KEEPS = frozenset("inc ltd llc llp jr sr ii iii co plc dc md phd".split())
PERSON_LABELS = frozenset({"PERSON", "PER"})
# Labels that are no names.
AMOUNTS = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL"})


def settle(text: str, found: Iterable[Found]) -> list[Found]:
    """The names of `found` with right bounds, in order, without overlaps and without amounts."""
    settled: list[Found] = []
    for name in found:
        if name.label in AMOUNTS:
            continue
        for part in _divide(text, name):
            trimmed = trim(text, part)
            if trimmed is not None and (not settled or trimmed.start >= settled[-1].end):
                settled.append(trimmed)
    return [_extend(text, name, following) for name, following in _with_next(settled)]


def _with_next(names: list[Found]) -> Iterator[tuple[Found, int]]:
    for position, name in enumerate(names):
        following = names[position + 1].start if position + 1 < len(names) else 1 << 60
        yield name, following


def _divide(text: str, name: Found) -> Iterator[Found]:
    """Two names that a comma or a bracket divides; "Foo, Inc." is one."""
    start = name.start
    for comma in re.finditer(r",\s+|\s+\(|\)\s+", text[name.start : name.end]):
        rest = text[name.start + comma.end() : name.end]
        word = fold_key(rest.split(" ")[0]) if rest else ""
        if word in _COMMA_KEEPS or (
            name.label not in PERSON_LABELS and "University" in text[start : name.end]
        ):
            continue
        yield Found(start, name.start + comma.start(), name.label)
        start = name.start + comma.end()
    yield Found(start, name.end, name.label)


def trim(text: str, name: Found) -> Found | None:
    """`name` without what is no part of it, or None where nothing is left."""
    start, end = name.start, name.end
    while True:
        before = (start, end)
        start, end = _strip_edges(text, start, end)
        inner = text[start:end]
        if lead := _leading(inner, name.label):
            start += lead
        end -= _trailing(inner)
        if start >= end:
            return None
        if (start, end) == before:
            break
    if not any(_is_name_like(c) for c in text[start:end]):
        return None
    return Found(start, end, name.label)


def _is_name_like(character: str) -> bool:
    return (
        character.isupper()
        or character.isdigit()
        or (character.isalpha() and not character.islower())
    )


def _strip_edges(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _EDGE:
        start += 1
    while start < end and text[end - 1] in _EDGE:
        end -= 1
    if start < end and text[end - 1] == "." and not _ABBREVIATION.search(text[start:end]):
        end -= 1
    return start, end


def _leading(inner: str, label: str) -> int:
    """How many characters at the beginning are no part of the name."""
    if (found := _DETERMINER.match(inner)) and found.end() < len(inner):
        return found.end()
    first = _FIRST_WORD.match(inner)
    if first is None:
        return 0
    word = first.group().strip()
    if label in PERSON_LABELS and (
        word.lower().rstrip(".") in lexicon.titles() or _ORDINAL.match(inner)
    ):
        return first.end()
    if word.islower() and word.isalpha() and word not in _PARTICLES:
        return first.end()
    return 0


def _trailing(inner: str) -> int:
    """How many characters at the end are no part of the name."""
    if found := _POSSESSIVE.search(inner):
        return len(found.group())
    if (last := _LAST_WORD.search(inner)) and last.group().islower() and last.group() in _FUNCTION:
        return len(last.group())
    return 0


_FUNCTION = frozenset(
    "and or of in on at to from for with by near the a an as is was et ou de du des à en au aux".split()
)


def _extend(text: str, name: Found, limit: int) -> Found:
    """`name` with the head word that follows it directly: "Ross Ice" becomes "Ross Ice Shelf"."""
    following = _NEXT_WORD.match(text, name.end)
    if following is None or following.end() > limit:
        return name
    kind = lexicon.heads().get(fold_key(following[1]))
    if kind in ("org", "place", "person") and name.label not in ("NORP", "LANGUAGE"):
        return Found(name.start, following.end(), name.label)
    return name
