"""Which elements are captions, credits, bylines, standfirsts: by tag, microdata and class names."""

import re
from functools import lru_cache

from lxml.html import HtmlElement

from tui.cleaning.metadata.names import is_byline
from tui.cleaning.steps.sift import PageFacts
from tui.cleaning.tree import ROLE, length, marks

CAPTION = re.compile(
    r"(?:^|[ -])(?:captions?|fig-?caption|wp-caption-text|caption-?(?:text|content|wrap\w*|container)|"
    r"(?:image|photo|picture|media|img|gallery|figure|slide)-?(?:caption|text|description|desc|legend|title)|"
    r"cutline|bildunterschrift|bildtext|bildlegende|legende|leyenda|didascalia|epigrafe)(?:$|[ -])"
)
CREDIT = re.compile(
    r"(?:^|[ -])(?:credits?|photo-?credits?|image-?credits?|(?:image|photo|img|media)-?(?:copyright|source|by|author|attribution)|"
    r"copyright|attribution|fotograf|photographer|bildquelle|bildnachweis)(?:$|[ -])"
)
DEK = re.compile(
    r"(?:^|[ -])(?:dek|deck|blurb|abstract|tagline|sub-?head(?:line|ing)?|sub-?title|standfirst|strap-?line|sub-?deck|"
    r"(?:article|story|post|entry|header)-?(?:dek|subtitle|subhead(?:line)?|summary|description|excerpt|teaser))(?:$|[ -])"
)
NOTE = re.compile(
    r"(?:^|[ -])(?:corrections?|clarifications?|editors?-?note|update-?note|article-?(?:note|update|correction))(?:$|[ -])"
)
_LONGEST_CAPTION = 700
_LONGEST_BYLINE = 280
_LONGEST_DEK = 500
_LONGEST_NOTE = 800


def captions(root: HtmlElement, page: PageFacts) -> None:
    """Captions and credits outside `figcaption`."""
    for element in root.iter():
        role = _caption_role(marks(element))
        if role and not _frames(element) and 0 < length(element) <= _LONGEST_CAPTION:
            if element.tag == "figcaption" and role == "credit":
                continue
            element.set(ROLE, role)


@lru_cache(maxsize=4096)
def _caption_role(name: str) -> str:
    return "credit" if CREDIT.search(name) else "caption" if CAPTION.search(name) else ""


def _frames(element: HtmlElement) -> bool:
    """True for a box around picture and caption: the caption is inside it."""
    if element.tag in ("figure", "body", "img") or element.getparent() is None:
        return True
    return next(element.iterdescendants("img", "figure", "h1", "iframe", "video"), None) is not None


def bylines(root: HtmlElement, page: PageFacts) -> None:
    """Who wrote it, where the page says it once more."""
    for element in root.iter():
        if element.get(ROLE) or element.tag in ("a", "body", "html"):
            continue
        named = element.get("itemprop") in ("author", "creator") or is_byline(marks(element))
        if named and 0 < length(element) <= _LONGEST_BYLINE:
            element.set(ROLE, "byline")


def deks(root: HtmlElement, page: PageFacts) -> None:
    """The standfirst below the headline; in English only (see `lead`)."""
    if not page.english:
        return
    for element in root.iter("p", "div", "h2", "h3", "h4", "section", "span"):
        if not element.get(ROLE) and DEK.search(marks(element)) and length(element) <= _LONGEST_DEK:
            element.set(ROLE, "dek")


def notes(root: HtmlElement, page: PageFacts) -> None:
    """Corrections and notes of the editors: text of the story, set apart."""
    for element in root.iter("p", "div", "section", "aside"):
        named = not element.get(ROLE) and NOTE.search(marks(element))
        if named and 0 < length(element) <= _LONGEST_NOTE:
            element.set(ROLE, "note")
