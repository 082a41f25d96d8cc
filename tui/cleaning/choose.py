"""Which reading of a page to believe: the extractor's, or a second opinion where alarms ring.

The alarm is cheap: prose is counted once on the whole page (paragraphs of the size of sentences,
outside links), and an extractor that found little of it may have missed the story.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from lxml.html import HtmlElement

from tui.cleaning import second, witness
from tui.cleaning.decode import parse
from tui.cleaning.layout import lay_out
from tui.cleaning.reader import summarise
from tui.cleaning.steps import AFTER, MARKS
from tui.cleaning.steps.account import Account
from tui.cleaning.steps.lead import lead
from tui.cleaning.steps.sift import PROSE, PageFacts, beginning, is_prose, sift, text, unlinked
from tui.cleaning.tree import elements, length, link_length, marks, outermost, unlinked_length
from tui.domain.blocks import Block, Source

# Measured on the three suites of `tests/bench/cleaning.py`: from 0.5 to 1.0 (and 1.1 to 1.5) the
# outcome is the same within 0.002; a low threshold asks seldom.
_ENOUGH = 0.65
_BETTER = 1.3
# What only adds a tail to the same beginning is more often the site's than the story's.
_TAIL_BETTER = 2.0
_MUCH_MORE = 4.0
_SHORT = 500
# Of two readings that share nothing, the smaller is more than a summary from this share on.
_LEAST, _LEAST_SHARE = 250, 0.2
_INLINE = frozenset(("span", "b", "strong", "i", "em", "font", "u"))
_HOLDERS = ("p", "div", "td", "section", "article", "blockquote", "main", "body")
_COMMENTS = elements("//*[contains(@class, 'omment') or contains(@id, 'omment')]")
_MARKUP = re.compile(r"<(?:p|br|div|section|h[1-6]|ul|ol|li|a|b|i|em|strong|span)\b", re.I)
_COMMENT = re.compile(r"(?:^|[ -])comments?(?:$|[ -])")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A page after the steps that come before the extractor. `base` makes links absolute; `body`
    is the story as the page's data has it (JSON-LD), or ""."""

    root: HtmlElement
    base: str
    facts: PageFacts
    account: Account
    body: str = ""


def reading(page: Prepared, source: Source | None, *, second_opinion: bool) -> list[Block]:
    """The blocks of the story; `source` SECOND asks for the other extractor's."""
    if source is Source.SECOND:
        ours = _second(page, page.account)
    else:
        found = summarise(page.root)
        page.account.compare("readability", page.root, found)
        ours = after_steps(found, page.base, page.facts, page.account) if found is not None else []
        if second_opinion:
            ours = _checked(page, ours)
    leads = lead(page.root, ours, page.facts, page.account)
    whole = [*leads, *ours] or lay_out(page.root, page.base)
    return _from_data(page, whole) or whole


def _from_data(page: Prepared, found: list[Block]) -> list[Block]:
    """The story out of the page's data, where a script was to show it and `found` is next to
    nothing. Elsewhere that field is often a teaser, and always without markup."""
    if len(page.body) < _SHORT or len(page.body) < _MUCH_MORE * sum(map(unlinked, found)):
        return []
    page.account.say("data", "taken", "the page shows less of its story", len(page.body))
    markup = page.body if _MARKUP.search(page.body) else escape(page.body).replace("\n", "<br><br>")
    root = parse(markup)
    return lay_out(root, page.base) if root is not None else []


def _second(page: Prepared, account: Account) -> list[Block]:
    other = second.opinion(page.root)
    return after_steps(other, page.base, page.facts, account) if other is not None else []


def _checked(page: Prepared, ours: list[Block]) -> list[Block]:
    """`ours`, or where an alarm rings the second opinion if that is better."""
    said = witness.hear(page.root, page.facts)
    why = _alarm(page.root, ours) or said.doubt(ours)
    if not why:
        return ours
    told = Account(page.account.detail)
    theirs = _second(page, told)
    taken = better(theirs, ours, said)
    page.account.say("second opinion", "taken" if taken else "not taken", why, _prose(theirs))
    if taken:
        page.account.notes += told.notes
    return theirs if taken else ours


def _alarm(root: HtmlElement, ours: Sequence[Block]) -> str:
    """Why `ours` may not be the story, or ""."""
    mine, all_prose = _prose(ours), _prose_on_page(root)
    if mine < _ENOUGH * all_prose:
        return f"{mine:,} of {all_prose:,} characters of prose on the page"
    size, total = sum(unlinked(block) for block in ours), unlinked_length(root)
    return f"{size:,} of {total:,} characters" if size < _SHORT and size * 1.5 < total else ""


def _prose_on_page(root: HtmlElement) -> int:
    """Characters of prose outside comments, without laying out: an estimate, but linear."""
    comments = outermost(e for e in _COMMENTS(root) if _COMMENT.search(marks(e)))
    return _prose_below(root) - sum(map(_prose_below, comments))


def _prose_below(root: HtmlElement) -> int:
    total = 0
    for element in root.iter(*_HOLDERS):
        if element.tag == "p":
            size = length(element)
            size = size - link_length(element) if size >= PROSE else 0
        else:
            size = len((element.text or "").strip())
            for child in element:
                size += len(child.tail.strip()) if child.tail else 0
                size += length(child) if child.tag in _INLINE else 0
        if size >= PROSE:
            total += size
    return total


def better(theirs: Sequence[Block], ours: Sequence[Block], said: witness.Witness) -> bool:
    """True if the second opinion is the better reading: much more of the same, or the place where
    the page says that its story is."""
    mine, their = _prose(ours), _prose(theirs)
    if their >= max(_LEAST, _LEAST_SHARE * mine) and _apart(theirs, ours):
        known, favoured = said.is_for(ours), said.is_for(theirs)
        if known != favoured:
            return favoured
    if their <= _BETTER * mine:
        return False
    if sum(map(is_prose, ours)) >= 2 and sum(bool(text(block)) for block in theirs) <= 1:
        return False  # one lump: it gave up and took all text
    same = beginning(theirs) == beginning(ours)
    return not same or their >= _TAIL_BETTER * mine


def _apart(theirs: Sequence[Block], ours: Sequence[Block]) -> bool:
    """True if the two have no prose in common: one of them is in the wrong place."""
    return not (_shares(theirs, ours) or _shares(ours, theirs))


def _shares(some: Sequence[Block], others: Sequence[Block]) -> bool:
    words = " ".join(map(text, others))
    return any(text(block)[:40] in words for block in some if is_prose(block))


def _prose(blocks: Sequence[Block]) -> int:
    """Characters of prose."""
    return sum(unlinked(block) for block in blocks if is_prose(block))


def after_steps(tree: HtmlElement, url: str, page: PageFacts, account: Account) -> list[Block]:
    """The blocks of what an extractor chose, after the steps that follow it."""
    for mark in MARKS:
        mark(tree, page)
    blocks = lay_out(tree, url)
    for name, judge in AFTER:
        blocks = sift(name, judge, blocks, page, account)
    return blocks
