"""readability-lxml, given one parsed tree and giving back a tree.

`Document` parses, cleans and serialises; here the page is parsed once, by `decode.parse`, and the
result stays a tree. The parts that took most of its time (serialising every `div` to look for
block elements in it) are done on the tree, with the same outcome.
"""

import copy
import logging

from lxml.html import HtmlElement
from readability import Document
from readability.readability import Unparseable

from tui.cleaning.tree import length

# Its log would repeat what we report as a status.
logging.getLogger("readability.readability").setLevel(logging.CRITICAL)

# Elements that make a div more than a paragraph (readability's divToPElementsRe).
_BLOCKS = ("blockquote", "dl", "div", "img", "ol", "p", "pre", "table", "ul")
_INLINE = frozenset("a b cite code em font i small span strong sub sup u".split())


class Found:
    """The tree that readability chose. Its length is what decides about a second, gentler try."""

    def __init__(self, node: HtmlElement) -> None:
        self.node = node
        self._length = length(node)

    def __len__(self) -> int:
        return self._length


class TreeDocument(Document):  # type: ignore[misc]
    """A readability document over `root`, which is left as it is."""

    def __init__(self, root: HtmlElement, *, retry_length: int = 140) -> None:
        super().__init__(root, retry_length=retry_length)
        self._root = root

    def _html(self, force: bool = False) -> HtmlElement:
        if force or self.html is None:
            self.html = copy.deepcopy(self._root)
        return self.html

    def get_clean_html(self) -> Found:
        """The chosen tree itself, not its serialisation."""
        return Found(self.html)


def summarise(root: HtmlElement) -> HtmlElement | None:
    """The part of `root` that readability takes for the article, or None."""
    if not length(root):
        return None
    try:
        found = TreeDocument(root).summary()
    except (Unparseable, RecursionError):
        return None
    return found.node if len(found) else None
