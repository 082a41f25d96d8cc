"""An article as plain lines, for pipes and terminals that only print."""

import textwrap
from collections.abc import Iterator

from tui.domain.blocks import (
    Article,
    Block,
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


def article_lines(article: Article, found: Recognition | None, width: int) -> list[str]:
    """`article` wrapped to `width` columns, with its names at the end where `found` has them."""
    width = max(width, _NARROWEST)
    lines = _wrap(article.title, width) if article.title else []
    facts = [", ".join(article.bylines), article.site_name]
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


def _wrap(text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    lines: list[str] = []
    for number, line in enumerate(text.split("\n")):
        lines += textwrap.wrap(
            line,
            width,
            initial_indent=rest if number else first,
            subsequent_indent=rest,
            break_on_hyphens=False,
        )
    return lines


def _block(block: Block, width: int) -> Iterator[str]:
    match block:
        case Heading(spans=spans, level=level):
            text = plain(spans)
            yield from _wrap(text.upper() if level <= 2 else text, width)
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
            for row in rows:
                yield " | ".join(" ".join(plain(cell.spans).split()) for cell in row)
            yield from _wrap(block_caption(block), width, "  ", "  ")
        case _:
            yield from _beside(block, width)


def _beside(block: Block, width: int) -> Iterator[str]:
    """What stands beside the text: pictures, what is from elsewhere, notes, breaks."""
    match block:
        case Figure(alt=alt):
            yield from _wrap(f"[{block_caption(block) or alt or 'picture'}]", width)
        case Embed(kind=kind, url=url, title=title, paragraphs=paragraphs):
            for paragraph in paragraphs:
                yield from _wrap(plain(paragraph), width, "  | ", "  | ")
            yield " ".join(filter(None, (f"[{kind}]", title, url)))
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
