"""Cleaned text: an `Article` is a row of `Block`s, a block holds `Span`s.

What is *body* and what is not: `Article.text` is the story alone. Captions and credits of figures
and tables, bylines and the repeated headline are blocks of their own kind and are left out of it;
`Article.text_with_captions` has the captions. Offsets of mentions, quotes and find-in-page count
characters of `Article.text`; `Article.parts()` tells which block holds which offsets.

kinds      Span, and the kinds of Block
article    Article, its Status, its Source
"""

from tui.domain.blocks.article import (
    PART_SEPARATOR,
    Article,
    Part,
    Source,
    Status,
    count_words,
)
from tui.domain.blocks.kinds import (
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
    Span,
    Spans,
    Style,
    Table,
    block_caption,
    block_text,
    plain,
)

__all__ = [
    "PART_SEPARATOR",
    "Article",
    "Block",
    "Cell",
    "Code",
    "Embed",
    "Figure",
    "Footnote",
    "Heading",
    "Item",
    "List",
    "Paragraph",
    "Part",
    "Quote",
    "Role",
    "Rule",
    "Source",
    "Span",
    "Spans",
    "Status",
    "Style",
    "Table",
    "block_caption",
    "block_text",
    "count_words",
    "plain",
]
