"""Spans, and the kinds of blocks that they make."""

from enum import IntFlag, StrEnum

from tui.domain.records import dataclass


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
