"""What the page itself says of its story: a reading that has it is more likely the right one.

Extractors score boxes by their amount of text. On a page with several texts (a message above other
messages, a short story above long comments) the largest is not the one that the page is about.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

from tui.cleaning.steps.head import headlines, is_headline
from tui.cleaning.steps.sift import PROSE, PageFacts, all_text, beginning, text
from tui.cleaning.tree import elements, length, link_share, text_of
from tui.domain.blocks import Block

_BEGINNING = 40
_SHORTEST = 30
_BELOW = elements("following::p")
_STARTING = etree.XPath("//p[starts-with(normalize-space(.), $start)]")
# Characters between headline and beginning from which on they are no longer a lead.
_SKIPPED = 250


@dataclass(frozen=True, slots=True)
class Witness:
    """Texts that stand on the page: the beginning of what it describes itself with, or "", and the
    paragraphs of prose below its headline."""

    description: str = ""
    below: tuple[str, ...] = ()

    def doubt(self, blocks: Sequence[Block]) -> str:
        """Why `blocks` may be another text of the page, or ""."""
        if self.description and self.description not in " ".join(all_text(blocks).split()):
            return "the text that the page describes itself with is not in it"
        begins = beginning(blocks)
        skipped = 0
        for paragraph in self.below:
            if begins and paragraph.startswith(begins):
                break
            skipped += len(paragraph)
        return "it begins far below the headline" if skipped >= _SKIPPED else ""

    def is_for(self, blocks: Sequence[Block]) -> bool:
        """True if `blocks` has the description, or where there is none the first sentences."""
        words = " ".join(map(text, blocks))
        said = self.description or (self.below[0][:_BEGINNING] if self.below else "")
        return bool(said) and said in words


def hear(root: HtmlElement, page: PageFacts) -> Witness:
    """The witness of the page `root`."""
    return Witness(_described(root, page.excerpt), tuple(_below_headline(root, page)))


def _described(root: HtmlElement, excerpt: str) -> str:
    """The beginning of the paragraph that the description was cut from; one that ends with it is a
    standfirst, and need not be in the text."""
    start = excerpt[:_BEGINNING]
    if len(start) < _SHORTEST:
        return ""
    found = _STARTING(root, start=start)
    assert isinstance(found, list)
    return start if any(length(p) > len(excerpt) + _BEGINNING for p in found) else ""


def _below_headline(root: HtmlElement, page: PageFacts) -> list[str]:
    """The paragraphs of prose below the headline, until they are no lead."""
    wanted = headlines(page)
    found = [e for e in root.iter("h1", "h2") if is_headline(text_of(e), wanted)]
    below: list[str] = []
    for paragraph in _BELOW(found[-1]) if found else ():
        if length(paragraph) >= PROSE and link_share(paragraph) < 0.3:
            below.append(text_of(paragraph))
            if sum(map(len, below)) >= _SKIPPED:
                break
    return below
