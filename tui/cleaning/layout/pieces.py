"""Blocks as rows of spans, for blocks that stand inside others."""

from tui.domain.blocks import Block, Code, Footnote, Heading, List, Paragraph, Quote, Span, Spans


def own_paragraphs(block: Block) -> tuple[Spans, ...]:
    """The paragraphs that `block` is, apart from headings, lists and code."""
    match block:
        case Paragraph(spans=spans) | Footnote(spans=spans):
            return (spans,)
        case Quote(paragraphs=paragraphs):
            return paragraphs
        case _:
            return ()


def paragraphs_of(block: Block) -> tuple[Spans, ...]:
    """All text of `block` as paragraphs."""
    match block:
        case Heading(spans=spans):
            return (spans,)
        case List(items=items):
            return tuple(item.spans for item in items)
        case Code(text=text):
            return tuple((Span(line),) for line in text.split("\n") if line.strip())
        case _:
            return own_paragraphs(block)
