"""Bounds before anything expensive runs: what is too big to lay out is read as text only.

The walks are linear, the extractor is not: measured on hostile pages, its time grows with the
square of elements below one another and with links times candidates.
"""

import re
from html import unescape
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from tui.cleaning.tree import number
from tui.domain.blocks import Paragraph, Span
from tui.domain.text import clean

MAX_CHARACTERS = 6_000_000
MAX_ELEMENTS = 30_000
MAX_LINKS = 8_000
MAX_DEPTH = 200
_TEXT_LIMIT = 3_000_000
_PARAGRAPHS = 5_000
_DROP = re.compile(r"<(script|style|noscript|template|svg|head)\b.*?(?:</\1\s*>|\Z)", re.I | re.S)
_BREAK = re.compile(
    r"</?(?:p|div|br|li|tr|h[1-6]|section|article|blockquote|table|ul|ol)\b[^<>]*>", re.I
)
_TAG = re.compile(r"<!--.*?(?:-->|\Z)|<[a-zA-Z/!?][^<>]*>?", re.S)


_ELEMENTS = number("count(//*)")
_LINKS = number("count(//a)")
_DEEP = etree.XPath(f"boolean({'/*' * (MAX_DEPTH + 2)})")


def too_complex(root: HtmlElement) -> str:
    """Why `root` must not go through the extractor, or ""."""
    if _ELEMENTS(root) > MAX_ELEMENTS:
        return f"more than {MAX_ELEMENTS:,} elements"
    if _LINKS(root) > MAX_LINKS:
        return f"more than {MAX_LINKS:,} links"
    return f"more than {MAX_DEPTH} levels deep" if _DEEP(root) else ""


def text_only(text: str) -> tuple[Paragraph, ...]:
    """The text of markup as paragraphs, by one linear pass without a tree."""
    text = _DROP.sub(" ", text[:_TEXT_LIMIT])
    text = _TAG.sub("", _BREAK.sub("\n", text))
    lines = (" ".join(clean(unescape(line)).split()) for line in text.split("\n"))
    return tuple(Paragraph((Span(line),)) for line in islice(filter(None, lines), _PARAGRAPHS))
