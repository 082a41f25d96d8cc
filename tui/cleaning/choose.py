"""Which reading of a page to believe: the extractor's, or a second opinion where alarms ring.

The alarm is cheap: prose is counted once on the whole page (paragraphs of the size of sentences,
outside links), and an extractor that found little of it may have missed the story.
"""

import copy
from collections.abc import Sequence

from lxml.html import HtmlElement

from tui.cleaning import second
from tui.cleaning.layout import lay_out
from tui.cleaning.reader import summarise
from tui.cleaning.steps import AFTER, MARKS
from tui.cleaning.steps.account import Account
from tui.cleaning.steps.lead import lead
from tui.cleaning.steps.sift import PageFacts, is_prose, sift, unlinked
from tui.domain.blocks import Block

# Measured on the three suites of `tests/bench/cleaning.py`: from 0.6 to 0.8 and 1.1 to 1.5 the
# outcome is the same within 0.002.
_ENOUGH = 0.7
_BETTER = 1.3
_SHORT = 500


def reading(
    root: HtmlElement, url: str, page: PageFacts, second_opinion: bool, account: Account
) -> list[Block]:
    """The blocks of the story in the prepared page `root`."""
    found = summarise(root)
    ours = _blocks(found, url, page, account) if found is not None else []
    mine = _prose(ours)
    if second_opinion and _alarm(root, ours, mine):
        other = second.opinion(root)
        theirs = _blocks(other, url, page, Account()) if other is not None else []
        if _prose(theirs) > _BETTER * mine:
            account.say("second opinion", "taken", f"prose {_prose(theirs):,} against {mine:,}")
            return [*lead(root, theirs, page, account), *theirs]
    ours = [*lead(root, ours, page, account), *ours]
    return ours or lay_out(root, url)


def _alarm(root: HtmlElement, ours: Sequence[Block], mine: int) -> bool:
    if sum(unlinked(block) for block in ours) < _SHORT:
        return True
    return mine < _ENOUGH * _prose(lay_out(copy.deepcopy(root), ""))


def _prose(blocks: Sequence[Block]) -> int:
    """Characters of prose."""
    return sum(unlinked(block) for block in blocks if is_prose(block))


def _blocks(tree: HtmlElement, url: str, page: PageFacts, account: Account) -> list[Block]:
    """The blocks of what an extractor chose, after the steps that follow it."""
    for mark in MARKS:
        mark(tree)
    blocks = lay_out(tree, url)
    for name, judge in AFTER:
        blocks = sift(name, judge, blocks, page, account)
    return blocks
