"""Who and what a story is about. Offsets count characters of `Article.text`."""

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache

from tui.domain.records import dataclass

_POSSESSIVE = re.compile(r"['’](?:s)?$", re.I)
_LEADING_ARTICLE = re.compile(r"^(?:the|an?|les?|la|l['’])\b\s*(?=\w)", re.I)
_INITIALS = re.compile(r"\b(\w)\.\s*(?=\w\b)")
_NOT_WORD = re.compile(r"[\W_]+")
_LONGEST_KEY = 200


@lru_cache(maxsize=20_000)
def fold_key(name: str) -> str:
    """The spelling that two names of one thing share: for keys, search and filters.

    Case, accents, punctuation, a leading article and a possessive do not count; initials are
    written together ("J. K. Rowling" and "J.K. Rowling" are "jk rowling", "U.S." is "us").
    Idempotent for names that are keys already.
    """
    text = _LEADING_ARTICLE.sub("", _POSSESSIVE.sub("", name.strip()))
    text = _INITIALS.sub(r"\1", text)
    text = unicodedata.normalize("NFKD", text)
    text = "".join(c for c in text if not unicodedata.combining(c)).casefold()
    return _NOT_WORD.sub(" ", text).strip()[:_LONGEST_KEY].rstrip()


class Kind(StrEnum):
    """The kinds of entity, in the order of the pane."""

    PERSON = "person"
    ORG = "org"
    PLACE = "place"
    OTHER = "other"

    @property
    def code(self) -> str:
        """The name on the stable command line: PERSON ORG LOC MISC."""
        return {"person": "PERSON", "org": "ORG", "place": "LOC", "other": "MISC"}[self.value]


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a name stands: `text[start:end]`.

    `kind` is that of this mention and may differ from its entity's: "Russian" is OTHER,
    its entity is the place Russia; such forms have `derived` set and are shown apart.
    """

    start: int
    end: int
    kind: Kind
    derived: bool = False


@dataclass(frozen=True, slots=True)
class Entity:
    """What one or more mentions name, in one article.

    `name` is the story's own fullest spelling, for the screen. `key` is the folded spelling that
    is shared across articles; a person known by surname only has `shared` False and is never
    linked to another article. `salience` is 0 to 1, the greatest first in `Recognition.entities`.
    """

    name: str
    key: str
    kind: Kind
    mentions: tuple[Mention, ...]
    salience: float = 0.0
    shared: bool = True
    canonical: str = ""

    @property
    def count(self) -> int:
        """How often the story names it."""
        return len(self.mentions)


@dataclass(frozen=True, slots=True)
class Said:
    """A quotation: `text[start:end]` with its marks; `speaker` is an entity's key, or ""."""

    start: int
    end: int
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Recognition:
    """All that was recognised in one article, the most salient entity first.

    `missing` is why there is nothing ("" when there is): the language without a model, the model
    not installed, text without letters. `note` is what the reader should know of what there is: that
    only the beginning of a very long text was read.
    """

    lang: str
    entities: tuple[Entity, ...] = ()
    quotes: tuple[Said, ...] = ()
    model: str = ""
    missing: str = ""
    note: str = ""
