"""Small named steps around the extractor, each with a cap on what it may take.

    BEFORE   on the whole page: elements that are furniture by tag, role or name
    MARKS    on the extractor's tree: which element is caption, byline, standfirst
    AFTER    on the blocks: repeated headline, bylines, related links, the tail

An account of all of it is what `broadsheet read --explain` prints.
"""

from collections.abc import Callable

from lxml.html import HtmlElement

from tui.cleaning.steps import before, head, marking, related, tail
from tui.cleaning.steps.account import CAP, Step
from tui.cleaning.steps.sift import Judge, PageFacts

BEFORE: tuple[tuple[str, Step, float], ...] = (
    # A page may hide half of itself; one that hides nearly all shows it by script.
    ("hidden", before.hidden, 0.7),
    ("furniture", before.furniture, CAP),
    ("named", before.named, CAP),
)
MARKS: tuple[Callable[[HtmlElement, PageFacts], None], ...] = (
    marking.captions,
    marking.bylines,
    marking.deks,
    marking.notes,
)
AFTER: tuple[tuple[str, Judge], ...] = (
    ("headline", head.headline),
    ("head", head.facts),
    ("captions", related.captions),
    ("related", related.links),
    ("notices", related.notices),
    ("tail", tail.tail),
)
