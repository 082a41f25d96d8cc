"""Where a name begins and ends: what the model took too much or too little is put right.

Determiners, possessives, titles, quotation marks, dangling brackets and function words are no part of
a name; a head word that follows ("Ross Ice" + "Shelf") is.
"""

import re
from collections.abc import Iterable, Iterator

from tui.domain.naming import fold_key
from tui.entities import lexicon
from tui.entities.models import Found

_LONGEST = 120  # characters; what is longer is a sentence
_DETERMINER = re.compile(r"(?:the|a|an|this|that|les?|la|une?|des|du|l['’]|d['’])\b\s*", re.I)
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)\s+", re.I)
_POSSESSIVE = re.compile(r"['’](?:s|S)?$")
_EDGE = "\"“”„«»‘’'`´()[]{}<>,;:!?…*•·|/\\—–-_ \t\u00a0"
_ABBREVIATION = re.compile(
    r"(?:\b\w\.|\b(?:Inc|Co|Corp|Ltd|Jr|Sr|St|Bros|Mass|Calif|Fla|Va|Pa))\.?$"
)
_LAST_WORD = re.compile(r"(?<=\s)[^\s]+$")
_FIRST_WORD = re.compile(r"^[^\s]+\s+")
_WORDS = re.compile(r"\S+\s*")
# Titles that are part of the name where one name follows: there is no surname.
_CROWNED = frozenset(
    "king queen pope prince princess emperor empress tsar sultan saint lord lady roi reine pape".split()
)
_CROWN = re.compile(r"\b(?:King|Queen|Pope|Prince|Princess|Emperor|Empress|Tsar|Sultan|Saint) $")
_NUMERAL = re.compile(r"[IVX]+")
_NEXT_WORD = re.compile(r" ([A-Z][\w’'&.-]*\w)")
# Particles that begin a name in lower case.
_PARTICLES = frozenset(
    "al el bin ibn ben de del della di da dos van von der den ter zu zum la le".split()
)
_COMMA_KEEPS = frozenset("inc ltd llc llp jr sr ii iii co plc dc md phd".split())
_TITLE_ARTICLE = re.compile(r"[\w,;\"“‘(] ?((?:The|An?) )$")
_NUMBER = re.compile(r"(?<![\w.,])\d{1,4}(?:st|nd|rd|th|d)? $")
_UNIT = re.compile(
    r"\b(?:Division|Wing|Squadron|Brigade|Regiment|Battalion|Infantry|Army|Fleet|Corps)\b"
)
_LISTED = re.compile(
    "(?:"
    + "|".join(
        re.escape(name)
        for name in sorted(
            (n for n in {**lexicon.places(), **lexicon.countries()} if " " in n),
            key=len,
            reverse=True,
        )
    )
    + r")(?!\w)"
)
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
    return [_extend(text, name, before, after) for name, before, after in _with_room(settled)]


def _with_room(names: list[Found]) -> Iterator[tuple[Found, int, int]]:
    """Each name with the end of the one before and the start of the one after."""
    for position, name in enumerate(names):
        before = names[position - 1].end if position else 0
        after = names[position + 1].start if position + 1 < len(names) else 1 << 60
        yield name, before, after


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
    if end - start > _LONGEST or not any(_is_name_like(c) for c in text[start:end]):
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
    if label in PERSON_LABELS and (size := _title(inner)):
        return size
    if word.islower() and word.isalpha() and word not in _PARTICLES:
        return first.end()
    return 0


def _title(inner: str) -> int:
    """The length of the title that a person's name begins with; "Pope" of "Pope Francis" is none."""
    words = _WORDS.findall(inner)
    for size in range(min(3, len(words) - 1), 0, -1):
        title = "".join(words[:size])
        plain = title.strip().lower().rstrip(".")
        if plain in lexicon.titles():
            given = [word for word in words[size:] if not _NUMERAL.fullmatch(word.strip())]
            crowned = plain in _CROWNED and len(given) == 1
            return 0 if crowned else len(title)
    ordinal = _ORDINAL.match(inner)
    return ordinal.end() if ordinal else 0


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


def _extend(text: str, name: Found, floor: int, limit: int) -> Found:
    """`name` with what belongs to it between `floor` and `limit`.

    A head word that follows ("Ross Ice" + "Shelf"), the rest of a listed place ("Washington" +
    "D.C."), a unit's number ("65th" + "Air Division").
    """
    start, end = name.start, name.end
    following = _NEXT_WORD.match(text, end)
    if following is not None and following.end() <= limit:
        kind = lexicon.heads().get(fold_key(following[1]))
        if kind in ("org", "place", "person") and name.label not in ("NORP", "LANGUAGE"):
            end = following.end()
    listed = _LISTED.match(text, start)
    if listed is not None and end < listed.end() <= limit:
        end = listed.end()
    article = _TITLE_ARTICLE.search(text, max(floor, start - 8), start)
    if article is not None and name.label == "WORK_OF_ART":
        start = article.start(1)
    crown = _CROWN.search(text, max(floor, start - 10), start)
    if crown is not None and name.label in PERSON_LABELS and " " not in text[start:end]:
        start = crown.start()
    number = _NUMBER.search(text, max(floor, start - 8), start)
    if number is not None and _UNIT.search(text[start:end]):
        start = number.start()
    return Found(start, end, name.label)
