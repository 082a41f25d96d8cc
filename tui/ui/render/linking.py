"""Which links a block holds, in the order in which it is read."""

from collections.abc import Iterator

from tui.domain import blocks as b


def block_links(block: b.Block) -> Iterator[str]:
    """The links of `block` in the order in which `block_lines` meets them."""
    groups: list[b.Spans] = []
    match block:
        case b.Paragraph(spans=spans) | b.Heading(spans=spans) | b.Footnote(spans=spans):
            groups = [spans]
        case b.List(items=items):
            groups = [item.spans for item in items]
        case b.Quote(paragraphs=paragraphs, cite=cite):
            groups = [*paragraphs, cite]
        case b.Table(rows=rows, caption=caption):
            groups = [caption, *(cell.spans for row in rows for cell in row)]
        case b.Figure(src=src, caption=caption):
            if src:
                yield src
            groups = [caption]
        case b.Embed(url=url, paragraphs=paragraphs):
            if url:
                yield url
            groups = [*paragraphs]
        case _:
            groups = []
    for spans in groups:
        for span in spans:
            if span.href:
                yield span.href
