"""What the page itself says of its story: a reading that has it is more likely the right one.

Extractors score boxes by their amount of text. On a page with several texts (a message above other
messages, a short story above long comments) the largest is not the one that the page is about.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from tui.cleaning.steps.head import headlines, is_headline
from tui.cleaning.steps.sift import PROSE, PageFacts, text
from tui.cleaning.tree import elements, length, link_share, text_of
from tui.domain.blocks import Block

_BEGINNING = 40
_SHORTEST = 30
_BELOW = elements("following::p")


@dataclass(frozen=True, slots=True)
class Witness:
    """Beginnings of two texts that stand on the page, or "": what it describes itself with, and
    the first prose below its headline."""

    description: str = ""
    first: str = ""

    def doubt(self, blocks: Sequence[Block]) -> str:
        """Which text of the story is not in `blocks`, or ""."""
        words = " ".join(map(text, blocks))
        if self.description not in words:
            return "the text that the page describes itself with"
        return "the first sentences below the headline" if self.first not in words else ""

    def is_for(self, blocks: Sequence[Block]) -> bool:
        """True if `blocks` has the description, or where there is none the first sentences."""
        words = " ".join(map(text, blocks))
        said = self.description or self.first
        return bool(said) and said in words


def hear(root: HtmlElement, page: PageFacts) -> Witness:
    """The witness of the page `root`."""
    description = page.excerpt[:_BEGINNING]
    shown = len(description) >= _SHORTEST and description in text_of(root)
    return Witness(description if shown else "", _below_headline(root, page))


def _below_headline(root: HtmlElement, page: PageFacts) -> str:
    wanted = headlines(page)
    found = [e for e in root.iter("h1", "h2") if is_headline(text_of(e), wanted)]
    for paragraph in _BELOW(found[-1]) if found else ():
        if length(paragraph) >= PROSE and link_share(paragraph) < 0.3:
            return text_of(paragraph)[:_BEGINNING]
    return ""
