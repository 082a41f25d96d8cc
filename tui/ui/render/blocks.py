"""Each kind of block to lines. A match over `domain.blocks`, so that no kind is forgotten."""

from collections.abc import Iterator

from tui.domain.blocks import (
    Block,
    Code,
    Embed,
    Figure,
    Footnote,
    Heading,
    List,
    Paragraph,
    Quote,
    Role,
    Rule,
    Spans,
    Style,
    Table,
    plain,
)
from tui.ui.render.flow import Layout, Links, flow, styled
from tui.ui.render.lines import BLANK, Line, Run, line
from tui.ui.render.pictures import picture_lines
from tui.ui.render.tables import table_lines

_BAR = "▎ "
_BULLETS = ("•", "–", "·")
_EMBEDS = {"post": "Post", "video": "Video", "audio": "Audio", "map": "Map", "frame": "Frame"}
_ROLES = {Role.BODY: "text", Role.DEK: "dek", Role.NOTE: "note", Role.BYLINE: "byline"}


def block_lines(block: Block, layout: Layout, links: Links, start: int = -1) -> Iterator[Line]:
    """The lines of `block` without the space around it.

    `start` is the offset of its text in `Article.text` (see `Article.parts`), -1 if it has none.
    """
    match block:
        case Paragraph(spans=spans, role=role):
            offset = -1 if role is Role.BYLINE else start
            yield from flow(spans, layout, links, start=offset, look=_ROLES[role], hang=True)
        case Heading(spans=spans):
            yield from flow(spans, layout, links, start=start, look="heading")
        case List():
            yield from _list_lines(block, layout, links, start)
        case Quote():
            yield from _quote_lines(block, layout, links, start)
        case Code(text=text):
            yield from _code_lines(text, layout, start)
        case Table(caption=caption):
            if caption:
                yield from flow(caption, layout, links, look="caption")
            yield from table_lines(block, layout, links, start)
        case Figure():
            yield from picture_lines(block, layout, links)
        case Embed():
            yield from _embed_lines(block, layout, links, start)
        case Footnote(label=label, spans=spans):
            first = (Run(f"{label} ", "mark"),)
            yield from flow(spans, layout, links, start=start, look="faint", first=first)
        case Rule():
            yield line([Run("*  *  *", "rule")], layout.margin + max(0, layout.column // 2 - 3))


def _list_lines(block: List, layout: Layout, links: Links, start: int) -> Iterator[Line]:
    digits = max((len(str(i.number)) for i in block.items if i.number is not None), default=0)
    offset = start
    for item in block.items:
        if item.number is None:
            label = _BULLETS[min(item.depth, len(_BULLETS) - 1)]
        else:
            label = f"{item.number:>{digits}}."
        indent = min(2 + 3 * item.depth, layout.column // 2)
        first = (Run(f"{label} ", "mark"),)
        yield from flow(item.spans, layout, links, start=offset, indent=indent, first=first)
        offset = _after(offset, item.spans)


def _quote_lines(block: Quote, layout: Layout, links: Links, start: int) -> Iterator[Line]:
    look = "pull" if block.pull else "quote"
    bar = (Run(_BAR, "bar"),)
    offset = start
    for number, spans in enumerate(block.paragraphs):
        if number:
            yield line(bar, layout.margin)
        yield from flow(spans, layout, links, start=offset, look=look, first=bar, following=bar)
        offset = _after(offset, spans)
    if block.cite:
        first = (*bar, Run("— ", "faint"))
        rest = (*bar, Run("  "))
        yield from flow(
            block.cite, layout, links, start=offset, look="faint", first=first, following=rest
        )


def _code_lines(text: str, layout: Layout, start: int) -> Iterator[Line]:
    offset = start
    for row in text.split("\n"):
        shown = row.expandtabs(4)
        # Offsets are only right where no tab was widened; a tab in code holds no name.
        known = offset if offset >= 0 and shown == row else -1
        yield line([Run(shown or " ", "code", Style.CODE, known)], layout.margin + 2, wide=True)
        offset = offset + len(row) + 1 if offset >= 0 else -1


def _embed_lines(block: Embed, layout: Layout, links: Links, start: int) -> Iterator[Line]:
    number = links.number(block.url) if block.url else -1
    name = _EMBEDS.get(block.kind, "Embedded")
    bar = (Run(_BAR, "bar"),)
    label = f"{name}: {block.title}" if block.title else name
    for made in flow(styled(label), layout, Links(), look="faint", first=bar, following=bar):
        runs = (Run(r.text, r.look, r.style, r.start, number) for r in made.runs)
        yield line(runs, made.indent)
    offset = start
    for spans in block.paragraphs:
        yield from flow(spans, layout, links, start=offset, look="quote", first=bar, following=bar)
        offset = _after(offset, spans)


def _after(offset: int, spans: Spans) -> int:
    """Where the text that follows `spans` begins: items and paragraphs are joined by a break."""
    return offset + len(plain(spans)) + 1 if offset >= 0 else -1


def spaced(block: Block, following: Block | None, layout: Layout) -> tuple[Line, ...]:
    """The blank lines between `block` and what follows."""
    if following is None:
        return ()
    if isinstance(block, Footnote) and isinstance(following, Footnote):
        return ()
    if isinstance(block, Heading):
        return (BLANK,) if layout.spacing > 1 else ()
    return (BLANK,) * max(1 if isinstance(following, Heading) else 0, layout.spacing)


def widest(lines: tuple[Line, ...]) -> int:
    """The columns that the widest of `lines` needs, its margin included."""
    return max((made.indent + made.width for made in lines), default=0)
