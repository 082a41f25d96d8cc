"""The search language, shared by search, editions, filters, rules and virtual feeds.

    climate "polar ice" prefi*  -sport      words, phrases, beginnings, without
    feed:bbc  folder:world  tag:later       titles contain; own labels are equal
    is:unread is:starred is:queued is:read is:hidden is:cached is:full  -is:read
    is:images is:followed is:new is:today   a picture is here; names what you follow; in a day; today
    title:budget  by:smith  note:idea  status:paywall  lang:fr
    person:"Angela Merkel"  org:nato  place:kyiv  about:nato   entities; about: only the main ones
    before:2026-11-01  after:7d  age:2d..7d                     dates, or days, hours, weeks ago
    id:17  story:3  ids:1,2,3                                   what the screens ask for
    climate OR energy                                           either side

`parse` never fails: what it can't use is kept in `Query.problems` and said to the user.
"""

import difflib
import re
from datetime import UTC, datetime, timedelta

from tui.domain.records import dataclass
from tui.domain.text import clean_line

FIELDS = frozenset(
    "feed folder tag is title by note status lang person org place other about before after age "
    "id ids story".split()
)
STATES = frozenset(
    "unread read starred queued hidden cached full images followed new today".split()
)
_TOKEN = re.compile(
    r"""(?P<minus>-)?(?:(?P<field>[a-z]+):)?"""
    r"""(?:"(?P<phrase>[^"]*)"|"(?P<open>.*?)(?=\sOR\s|$)|(?P<word>[^\s"]+))""",
    re.I,
)
# Typographic quotes, as some keyboards type them.
_QUOTES = str.maketrans("“”„‟", '"' * 4)
_ANY = datetime(2000, 1, 1, tzinfo=UTC)
_AGO = re.compile(r"(\d+)\s*([hdwmy])$", re.I)
_HOURS = {"h": 1, "d": 24, "w": 24 * 7, "m": 24 * 30, "y": 24 * 365}


@dataclass(frozen=True, slots=True)
class Term:
    """One condition. `field` "" is full text; `exact` was quoted; `start` ended in "*"."""

    field: str
    value: str
    exact: bool = False
    start: bool = False
    without: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """Any of `groups` must hold; a group holds when all its terms do. No groups: everything."""

    groups: tuple[tuple[Term, ...], ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[Term, ...]:
        """The full-text terms that must occur, for snippets and relevance."""
        return tuple(t for g in self.groups for t in g if not t.field and not t.without)


def parse(text: str) -> Query:
    """Read `text` as a query."""
    text = clean_line(text).translate(_QUOTES)
    groups: list[list[Term]] = [[]]
    problems: list[str] = []
    for match in _TOKEN.finditer(text):
        field = (match["field"] or "").lower()
        phrase, word = match["phrase"], match["word"]
        if match["open"] is not None:
            phrase = match["open"].rstrip()
            problems.append(f'a quote is not closed: write "{phrase}"')
        if _is_or(match):
            groups.append([])
            continue
        value = phrase if phrase is not None else word
        if field and field not in FIELDS:
            problems.extend(_no_field(field, value))
            # A word with a colon ("https://…", "Star Wars: …") is text.
            value, field = f"{field}:{value}", ""
        if not value.strip('*:"'):
            continue
        if problem := _problem(field, value):
            problems.append(problem)
            continue
        if word and not problems and _parenthesis(word):
            problems.append("parentheses group nothing; write both sides of OR in full")
        start = phrase is None and value.endswith("*")
        groups[-1].append(
            Term(
                field,
                value.rstrip("*") if start else value,
                phrase is not None,
                start,
                bool(match["minus"]),
            )
        )
    return Query(tuple(tuple(g) for g in groups if g), tuple(problems))


def _is_or(token: re.Match[str]) -> bool:
    return token["word"] == "OR" and not token["field"] and not token["minus"]


def _no_field(field: str, value: str) -> list[str]:
    """What is said of a word that looks like a field and is none; an address is only text."""
    near = difflib.get_close_matches(field, FIELDS, 1, 0.75)
    if near:
        return [f"{field}: was taken as text; did you mean {near[0]}:?"]
    if value.startswith("//"):
        return []
    return [f"{field}: is no field, it was taken as text; fields are {', '.join(sorted(FIELDS))}"]


def _parenthesis(word: str) -> bool:
    """True for what somebody means as a group: "(climate", "energy)", not "f(x)"."""
    return word.startswith("(") or word.count("(") != word.count(")")


def _problem(field: str, value: str) -> str:
    """Why a term can't be used, or ""."""
    if field == "is" and value.lower() not in STATES:
        near = difflib.get_close_matches(value.lower(), STATES, 1)
        hint = f"; did you mean is:{near[0]}?" if near else f": {', '.join(sorted(STATES))}"
        return f"is:{value} is not known{hint}"
    times = value.split("..") if field == "age" else [value]
    if field in ("before", "after", "age") and not all(moment(t, _ANY) for t in times):
        return f"{field}:{value} is no time; write 2026-11-25, 2026-11, 7d, 12h or today"
    return ""


def alternatives(text: str) -> list[str]:
    """The sides of OR in a query, as they are written; [""] for one that finds everything."""
    text = clean_line(text).translate(_QUOTES)
    sides, start = [], 0
    for match in _TOKEN.finditer(text):
        if _is_or(match):
            sides.append(text[start : match.start()].strip())
            start = match.end()
    return [side for side in (*sides, text[start:].strip()) if side] or [""]


def narrowed(query: str, words: str) -> str:
    """The query for what both find."""
    pairs = ((one, other) for one in alternatives(query) for other in alternatives(words))
    return " OR ".join(" ".join(filter(None, pair)) for pair in pairs)


def without(query: str, term: str) -> str:
    """`query` without a term like "is:unread" on any side; a side that was no more finds all."""
    sides = [
        " ".join(part for part in side.split(" ") if part != term) for side in alternatives(query)
    ]
    return " OR ".join(sides) if all(sides) else ""


def quoted(field: str, value: str) -> str:
    """`field:"value"` as `parse` reads it back, whatever is in `value`; `field` "" is a phrase."""
    plain = " ".join(clean_line(value).translate(_QUOTES).replace('"', " ").split())
    return f'{field}:"{plain}"' if field else f'"{plain}"'


def moment(value: str, now: datetime) -> datetime | None:
    """A date of `before:` and `after:`: ISO ("2026-11", "2026-11-25T08:00") or ago ("7d").

    A date without a zone is in the zone of `now`, which must be aware. None if it is neither.
    """
    try:
        return _moment(value, now)
    except (ValueError, OverflowError):  # no date, or one before the year 1
        return None


def _moment(value: str, now: datetime) -> datetime:
    if ago := _AGO.match(value):
        return now - timedelta(hours=int(ago[1]) * _HOURS[ago[2].lower()])
    named = {"today": 0, "yesterday": 1}
    if value.lower() in named:
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        return midnight - timedelta(days=named[value.lower()])
    padded = value + {4: "-01-01", 7: "-01"}.get(len(value), "")
    parsed = datetime.fromisoformat(padded)
    return (parsed if parsed.tzinfo else parsed.replace(tzinfo=now.tzinfo)).astimezone(UTC)
