"""The lead: sentences between the headline and what the extractor took for the beginning."""

import re
from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement

from tui.cleaning.layout import lay_out
from tui.cleaning.steps.account import Account
from tui.cleaning.steps.head import fact, headlines, is_headline
from tui.cleaning.steps.marking import CAPTION, CREDIT
from tui.cleaning.steps.sift import PageFacts, all_text, beginning
from tui.cleaning.tree import inside, link_share, marks, text_of
from tui.domain.blocks import Block, Heading, Paragraph, Role

_HOLDERS = ("p", "div", "h2", "h3", "h4", "strong", "span", "li", "section")
_BLOCKS = (
    "p",
    "div",
    "ul",
    "ol",
    "table",
    "h1",
    "h2",
    "h3",
    "section",
    "article",
    "form",
    "figure",
)
_NOT_IN = ("a", "h1", "aside", "nav", "footer", "figure", "figcaption", "form", "table", "button")
_DISPLAY = re.compile(
    r"head(?:er|line)?(?:$|[ -])|hero|\bdek\b|\bdeck\b|\bsub-?(?:head|title)|standfirst|excerpt|summary|teaser|abstract|"
    r"blurb|quote|tagline|description|verdict"
)
_SHORTEST, _LONGEST, _MOST = 50, 800, 3
_SENTENCE = re.compile(r"[.!?…:»”\"]\s*$|[.!?]\s")


def lead(
    root: HtmlElement, blocks: Sequence[Block], page: PageFacts, account: Account
) -> list[Block]:
    """Blocks to put before `blocks`: what stands between headline and beginning, if it is little."""
    start = beginning(blocks)
    if not start:
        return []
    # A dek is no text of the story, but it is here.
    have = all_text(blocks)
    found = [e for e in _between(root, start, page) if text_of(e)[:60] not in have]
    if not 0 < len(found) <= _MOST:
        return []
    leads: list[Block] = []
    for element in found:
        line = text_of(element)
        dek = page.english and _is_display(element)
        account.say("lead", line[:90], "stands between headline and beginning", len(line))
        for block in lay_out(element):
            if isinstance(block, Paragraph | Heading):
                leads.append(Paragraph(block.spans, Role.DEK if dek else Role.BODY))
    return leads


def _names(element: HtmlElement) -> str:
    near = [element, *list(element.iterancestors())[:2]]
    return " ".join(marks(e) for e in near)


def _is_display(element: HtmlElement) -> bool:
    """True for a line set for display, as the English-language press does above its stories.

    Elsewhere (Vorspann, chapeau, bajada, perex) such lines are the first paragraph of the story.
    """
    near = [element, *list(element.iterancestors())[:3]]
    if any(e.tag in ("h1", "h2", "h3", "h4", "li", "header", "hgroup") for e in near):
        return True
    return bool(_DISPLAY.search(" ".join(marks(e) for e in near)))


def _between(root: HtmlElement, start: str, page: PageFacts) -> Iterator[HtmlElement]:
    """Elements of the size of a lead between headline and the text `start`."""
    wanted = headlines(page)
    found: list[HtmlElement] = []
    begun = False
    for element in root.iter():
        tag = element.tag
        if tag in ("h1", "h2") and is_headline(text_of(element), wanted):
            begun, found = True, []
            continue
        if not begun or tag not in _HOLDERS:
            continue
        if next(element.iterdescendants(*_BLOCKS), None) is not None:
            continue
        line = text_of(element)
        if line.startswith(start):
            yield from found
            return
        if _fits(element, line) and not (found and found[-1] in element.iterancestors()):
            found.append(element)


def _fits(element: HtmlElement, line: str) -> bool:
    if not _SHORTEST <= len(line) <= _LONGEST or not (
        element.tag in ("p", "h2", "h3") or _SENTENCE.search(line)
    ):
        return False
    if (
        "://" in line
        or fact(line, set(), 0.0)
        or inside(element, _NOT_IN)
        or link_share(element) > 0.3
    ):
        return False
    names = _names(element)
    return not (CAPTION.search(names) or CREDIT.search(names))
