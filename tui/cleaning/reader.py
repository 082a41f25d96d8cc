"""readability-lxml, given one parsed tree and giving back a tree.

`Document` parses, cleans and serialises; here the page is parsed once, by `decode.parse`, and the
result stays a tree. The parts that took most of its time (serialising every `div` to look for
block elements in it) are done on the tree, with the same outcome.
"""

import copy
import logging
from typing import Any

from lxml.html import HtmlElement
from readability import Document
from readability.readability import Unparseable

from tui.cleaning.tree import length, link_share

Candidate = dict[str, Any]
Candidates = dict[HtmlElement, Candidate]
_NONE: Candidate = {"content_score": -1.0}

# Its log would repeat what we report as a status.
logging.getLogger("readability.readability").setLevel(logging.CRITICAL)

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_FRAMES = ("nav", "aside", "form", "footer", "header")
_SUPPORT = ("figure", "img", "h2", "h3", "h4", "blockquote", "pre", "ul", "ol", "table", "iframe")


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
        self.html: HtmlElement | None
        self._root = root

    def _html(self, force: bool = False) -> HtmlElement:
        if force or self.html is None:
            self.html = copy.deepcopy(self._root)
        return self.html

    def get_clean_html(self) -> Found:
        """The chosen tree itself, not its serialisation."""
        return Found(self._html())

    def get_link_density(self, elem: HtmlElement) -> float:
        """Share of linked text; a linked heading above prose is a heading all the same."""
        if elem.tag in _HEADINGS and _heads_prose(elem):
            return 0.0
        return link_share(elem)

    def get_article(
        self, candidates: Candidates, best_candidate: Candidate, html_partial: bool = False
    ) -> HtmlElement:
        """Keeps the figures, headings and lists that stand between parts of the story."""
        best = best_candidate["elem"]
        threshold = max(10, best_candidate["content_score"] * 0.2)
        parent = best.getparent()
        row = list(parent) if parent is not None else []
        taken = [
            number
            for number, element in enumerate(row)
            if element is best or candidates.get(element, _NONE)["content_score"] >= threshold
        ]
        for element in row[taken[0] : taken[-1]] if taken else ():
            if element not in candidates and _supports(element):
                candidates[element] = {"content_score": threshold, "elem": element}
        article: HtmlElement = super().get_article(candidates, best_candidate, html_partial)
        return article

    def get_preserved_elements(self, node: HtmlElement) -> dict[HtmlElement, bool]:
        """What the conditional cleaning leaves alone: also lists and tables that are text."""
        allowed: dict[HtmlElement, bool] = super().get_preserved_elements(node)
        for element in node.iter("ul", "table"):
            if (
                length(element) >= 25
                and link_share(element) < 0.2
                and self.class_weight(element) >= 0
            ):
                allowed[element] = True
        return allowed


def _heads_prose(heading: HtmlElement) -> bool:
    following = heading.getnext()
    return following is not None and length(following) > 80 and link_share(following) < 0.3


def _supports(element: HtmlElement) -> bool:
    if element.tag in _FRAMES or link_share(element) > 0.3:
        return False
    return next(element.iter(*_SUPPORT), None) is not None


def summarise(root: HtmlElement) -> HtmlElement | None:
    """The part of `root` that readability takes for the article, or None."""
    if not length(root):
        return None
    try:
        found = TreeDocument(root).summary()
    except (Unparseable, RecursionError):
        return None
    return found.node if len(found) else None
