"""An article as plain lines, for pipes and terminals that only print."""

import re
import textwrap
from collections.abc import Iterator
from itertools import zip_longest
from urllib.parse import urlsplit

from rich.cells import cell_len

from tui.domain.blocks import (
    Article,
    Block,
    Cell,
    Code,
    Embed,
    Figure,
    Footnote,
    Heading,
    Item,
    List,
    Paragraph,
    Quote,
    Role,
    Rule,
    Status,
    Table,
    block_caption,
    plain,
)
from tui.domain.naming import Kind, Recognition

_MOST_ENTITIES = 12
_NARROWEST = 20
_LONGEST_CAPITALS = 60
_SEPARATORS = ("|", "-", "–", "—", "·", ":", "»")
_GAP = "  "
# A word with the space before it, or one wide character with what must not begin a line.
_WIDE = (
    "\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6"
)
_CLOSING = "、。，．・：；？！）］｝」』】〉》〕…ー"
_PIECES = re.compile(rf"\s*(?:[{_WIDE}][{_CLOSING}]*|[^\s{_WIDE}]+)")


def article_lines(article: Article, found: Recognition | None, width: int) -> list[str]:
    """`article` wrapped to `width` columns, with its names at the end where `found` has them."""
    width = max(width, _NARROWEST)
    lines = _wrap(_headline(article), width) if article.title else []
    facts = list(dict.fromkeys([", ".join(article.bylines), article.site_name]))
    if article.published:
        facts.append(article.published.date().isoformat())
    if any(facts):
        lines += _wrap(" · ".join(filter(None, facts)), width)
    if article.status is not Status.FULL:
        lines += _wrap(f"[{article.status.advice}]", width)
    for block in article.blocks:
        text = list(_block(block, width))
        if text:
            lines += ["", *text] if lines else text
    if found is not None:
        lines += ["", *_entities(found, width)]
    return lines


def _headline(article: Article) -> str:
    """The title without the name of the site, which the next line has."""
    site = article.site_name
    if site and article.title.casefold().endswith(site.casefold()):
        rest = article.title[: -len(site)].rstrip()
        if rest.endswith(_SEPARATORS):
            return rest.rstrip(" " + "".join(_SEPARATORS)) or article.title
    return article.title


def _wrap(text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    lines: list[str] = []
    for number, line in enumerate(text.split("\n")):
        begin = rest if number else first
        if cell_len(line) > len(line):
            lines += _wrap_wide(line, width, begin, rest)
        else:
            lines += textwrap.wrap(
                line, width, initial_indent=begin, subsequent_indent=rest, break_on_hyphens=False
            )
    return lines


def _wrap_wide(text: str, width: int, first: str, rest: str) -> Iterator[str]:
    """Text with characters of two columns, which may end a line anywhere but before a full stop."""
    indent, said = first, ""
    for piece in _PIECES.findall(text):
        if said and cell_len(indent) + cell_len(said) + cell_len(piece) > width:
            yield indent + said
            indent, said = rest, piece.lstrip()
        else:
            said += piece
    if said:
        yield indent + said


def _block(block: Block, width: int) -> Iterator[str]:
    match block:
        case Heading(spans=spans, level=level):
            text = plain(spans)
            loud = level <= 2 and len(text) <= _LONGEST_CAPITALS
            yield from _wrap(text.upper() if loud else text, width)
        case Paragraph(spans=spans, role=role):
            if role is not Role.BYLINE:
                yield from _wrap(plain(spans), width)
        case List(items=items):
            for item in items:
                yield from _item(item, width)
        case Quote(paragraphs=paragraphs, cite=cite):
            for number, paragraph in enumerate((*paragraphs, *([cite] if cite else []))):
                if number:
                    yield "  |"
                yield from _wrap(plain(paragraph), width, "  | ", "  | ")
        case Code(text=text):
            yield from (f"    {line}".rstrip() for line in text.split("\n"))
        case Table(rows=rows):
            yield from _table(rows, width)
            yield from _wrap(block_caption(block), width, "  ", "  ")
        case _:
            yield from _beside(block, width)


def _table(rows: tuple[tuple[Cell, ...], ...], width: int) -> Iterator[str]:
    """Columns below one another where they fit; else the cells of a row one after the other."""
    table = [[" ".join(plain(cell.spans).split()) for cell in row] for row in rows]
    sizes = [max(map(cell_len, column)) for column in zip_longest(*table, fillvalue="")]
    fits = sum(sizes) + len(_GAP) * (len(sizes) - 1) <= width
    spread = any(cell.columns > 1 for row in rows for cell in row)
    for row in table:
        if fits and not spread:
            pairs = zip(row, sizes, strict=False)
            yield _GAP.join(cell + " " * (size - cell_len(cell)) for cell, size in pairs).rstrip()
        else:
            yield from _wrap(" | ".join(filter(None, row)), width, "", "  ")


def _beside(block: Block, width: int) -> Iterator[str]:
    """What stands beside the text: pictures, what is from elsewhere, notes, breaks."""
    match block:
        case Figure(alt=alt):
            text = block_caption(block) or alt
            if text.startswith("(") and text.endswith(")") and text.count("(") == 1:
                text = text[1:-1]
            if text:  # a picture of which nothing is said can't be shown in words
                yield from _wrap(f"[{text}]", width)
        case Embed(kind=kind, url=url, title=title, paragraphs=paragraphs):
            for paragraph in paragraphs:
                yield from _wrap(plain(paragraph), width, "  | ", "  | ")
            # The address of a frame is long and made for programs.
            place = url if kind != "frame" else urlsplit(url).hostname or ""
            yield " ".join(filter(None, (f"[{kind}]", title, place)))
        case Footnote(label=label, spans=spans):
            mark = f"[{label}] "
            yield from _wrap(plain(spans), width, mark, " " * len(mark))
        case Rule():
            yield "* * *".center(width).rstrip()


def _item(item: Item, width: int) -> list[str]:
    mark = "- " if item.number is None else f"{item.number}. "
    indent = "  " * item.depth
    return _wrap(plain(item.spans), width, indent + mark, indent + " " * len(mark))


def _entities(found: Recognition, width: int) -> list[str]:
    if found.missing:
        return _wrap(f"No names: {found.missing}", width)
    lines = []
    names = {Kind.PERSON: "People", Kind.ORG: "Organisations", Kind.PLACE: "Places"}
    for kind in Kind:
        row = [e.name for e in found.entities if e.kind is kind][:_MOST_ENTITIES]
        if row:
            lines += _wrap(f"{names.get(kind, 'Other')}: {', '.join(row)}", width, "", "  ")
    return lines
