"""Cleaned text: an `Article` is a row of `Block`s, a block holds `Span`s.

What is *body* and what is not: `Article.text` is the story alone. Captions and credits of figures
and tables, bylines and the repeated headline are blocks of their own kind and are left out of it;
`Article.text_with_captions` has the captions. Offsets of mentions, quotes and find-in-page count
characters of `Article.text`; `Article.parts()` tells which block holds which offsets.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from enum import IntFlag, StrEnum

from tui.domain.records import dataclass

PART_SEPARATOR = "\n\n"
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff]")


class Style(IntFlag):
    """How a span is set."""

    PLAIN = 0
    STRONG = 1
    EMPHASIS = 2
    CODE = 4
    STRUCK = 8
    SUPERSCRIPT = 16
    SUBSCRIPT = 32


@dataclass(frozen=True, slots=True)
class Span:
    """A run of characters of one style. `href` is an absolute http(s) or mailto URL, or None."""

    text: str
    style: Style = Style.PLAIN
    href: str | None = None
    lang: str | None = None


Spans = tuple[Span, ...]


def plain(spans: Spans) -> str:
    """The characters of `spans` without style."""
    return "".join(span.text for span in spans)


class Role(StrEnum):
    """What a paragraph is for. Only `BODY` and `NOTE` count as text of the story."""

    BODY = "body"
    DEK = "dek"  # the standfirst below the headline
    NOTE = "note"  # a correction, an editor's note
    BYLINE = "byline"

    @property
    def counts(self) -> bool:
        """True if such a paragraph is in `Article.text`."""
        return self in (Role.BODY, Role.NOTE)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading or crosshead inside the article; `level` is 1 to 6 as in HTML."""

    spans: Spans
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; a line break inside it is "\\n" in a span."""

    spans: Spans
    role: Role = Role.BODY


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list; `depth` counts from 0; `number` is None for bullets."""

    spans: Spans
    depth: int = 0
    number: int | None = None


@dataclass(frozen=True, slots=True)
class List:
    """A list with its nested lists laid flat into `Item.depth`."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """A block quote, or a pull quote (a line of the story set large: `pull`)."""

    paragraphs: tuple[Spans, ...]
    cite: Spans = ()
    pull: bool = False


@dataclass(frozen=True, slots=True)
class Code:
    """Preformatted text with its line breaks; `language` as the page names it, or ""."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; `columns` is how many it spans."""

    spans: Spans
    header: bool = False
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A data table (tables for layout are taken apart by cleaning)."""

    rows: tuple[tuple[Cell, ...], ...]
    caption: Spans = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with its caption and credit; `width` and `height` in pixels, 0 if unknown."""

    src: str
    alt: str = ""
    caption: Spans = ()
    credit: str = ""
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Embed:
    """Something from elsewhere: `kind` is "post", "video", "audio", "map" or "frame"."""

    kind: str
    url: str
    title: str = ""
    paragraphs: tuple[Spans, ...] = ()


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note; `label` is what the text calls it ("1", "*")."""

    label: str
    spans: Spans


@dataclass(frozen=True, slots=True)
class Rule:
    """A break between parts of a story."""


Block = Heading | Paragraph | List | Quote | Code | Table | Figure | Embed | Footnote | Rule


def block_text(block: Block) -> str:
    """The body text of `block`: "" where it has none. Items, rows, paragraphs end in "\\n"."""
    match block:
        case Heading(spans=spans):
            return plain(spans)
        case Paragraph(spans=spans, role=role):
            return plain(spans) if role.counts else ""
        case List(items=items):
            return "\n".join(plain(item.spans) for item in items)
        case Quote(pull=True):
            return ""  # its words stand in the story already
        case Quote(paragraphs=paragraphs, cite=cite):
            parts = [plain(p) for p in paragraphs]
            return "\n".join([*parts, plain(cite)] if cite else parts)
        case Code(text=text):
            return text
        case Table(rows=rows):
            return "\n".join("\t".join(plain(c.spans) for c in row) for row in rows)
        case Embed(paragraphs=paragraphs):
            return "\n".join(plain(p) for p in paragraphs)
        case Footnote(spans=spans):
            return plain(spans)
        case Figure() | Rule():
            return ""


def block_caption(block: Block) -> str:
    """The caption and credit of `block`, or ""."""
    match block:
        case Figure(caption=caption, credit=credit):
            return " ".join(filter(None, (plain(caption), credit)))
        case Table(caption=caption):
            return plain(caption)
        case _:
            return ""


class Status(StrEnum):
    """What cleaning thinks of a page. `letter` is for the list, `advice` for the line above."""

    FULL = "full"
    TEASER = "teaser"
    PAYWALL = "paywall"
    CONSENT = "consent"
    SCRIPT = "script"
    CHALLENGE = "challenge"
    INDEX = "index"
    GONE = "gone"
    COMPLEX = "complex"

    @property
    def letter(self) -> str:
        """One letter for the headline list; a space when all is well."""
        return _LETTERS[self]

    @property
    def advice(self) -> str:
        """One line: what this is, and what the reader can do."""
        return _ADVICE[self]

    @property
    def readable(self) -> bool:
        """True if a person gets the whole text: what a promise to read offline counts."""
        return self in (Status.FULL, Status.COMPLEX)


_LETTERS = {
    Status.FULL: " ",
    Status.TEASER: "t",
    Status.PAYWALL: "$",
    Status.CONSENT: "c",
    Status.SCRIPT: "j",
    Status.CHALLENGE: "b",
    Status.INDEX: "i",
    Status.GONE: "g",
    Status.COMPLEX: "x",
}
_ADVICE = {
    Status.FULL: "",
    Status.TEASER: "Only the beginning is here. x tries another reading, o opens the page.",
    Status.PAYWALL: "The rest is for subscribers. o opens the page; cookies.txt can sign in.",
    Status.CONSENT: "The page shows only a consent wall. x tries another reading, o opens it.",
    Status.SCRIPT: "The page builds its text by script. x tries the feed's text, o opens it.",
    Status.CHALLENGE: "The site checks for robots and gave no article. o opens it.",
    Status.INDEX: "This is a list of stories, not one. l shows its links, o opens it.",
    Status.GONE: "The page is gone. What the feed said is shown.",
    Status.COMPLEX: "Too complex to lay out: text only. o opens the page.",
}


class Source(StrEnum):
    """Which reading of an entry this article is; `x` steps through them."""

    PAGE = "page"  # ours
    FEED = "feed"  # the text in the feed
    SECOND = "second"  # the second opinion
    WHOLE = "whole"  # all text of the page
    TALK = "talk"  # the comments on it


@dataclass(frozen=True, slots=True)
class Part:
    """A block's place in `Article.text`: characters `start` to `start + len(text)`."""

    block: int
    start: int
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """Cleaned text of one page. Times are aware; `dir` is "ltr" or "rtl"; empty means unknown."""

    url: str
    title: str = ""
    blocks: tuple[Block, ...] = ()
    status: Status = Status.FULL
    status_why: str = ""
    source: Source = Source.PAGE
    bylines: tuple[str, ...] = ()
    excerpt: str = ""
    site_name: str = ""
    published: datetime | None = None
    modified: datetime | None = None
    lang: str = ""
    dir: str = "ltr"
    lead_image: str = ""
    section: str = ""
    tags: tuple[str, ...] = ()
    canonical_url: str = ""
    next_page: str = ""
    fetched: datetime | None = None

    def parts(self) -> Iterator[Part]:
        """The blocks that have body text, with their offsets in `text`."""
        start = 0
        for number, block in enumerate(self.blocks):
            text = block_text(block)
            if text:
                yield Part(number, start, text)
                start += len(text) + len(PART_SEPARATOR)

    @property
    def text(self) -> str:
        """The story alone: no captions, no byline, no repeated headline."""
        return PART_SEPARATOR.join(part.text for part in self.parts())

    @property
    def text_with_captions(self) -> str:
        """The story with the captions of its figures and tables, in reading order."""
        parts = (t for b in self.blocks for t in (block_text(b), block_caption(b)) if t)
        return PART_SEPARATOR.join(parts)

    @property
    def words(self) -> int:
        """Words of the story; text without spaces (CJK) counts two characters a word."""
        return count_words(self.text)

    @property
    def minutes(self) -> int:
        """Reading time at 230 words a minute (Brysbaert 2019: 238 for English non-fiction)."""
        return max(1, round(self.words / 230))


def count_words(text: str) -> int:
    """Words in `text`; runs of CJK count one word for two characters."""
    return len(text.split()) + len(_CJK.findall(text)) // 2
