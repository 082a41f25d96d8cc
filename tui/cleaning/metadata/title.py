"""The headline, without the name of the site."""

import re
from collections.abc import Iterable

from lxml.html import HtmlElement

from tui.cleaning.tree import text_of
from tui.domain.text import clean_line

_SEPARATOR = re.compile(r"\s+[|\-–—\\/>»·•:]{1,2}\s+|\s*[|»]\s*")
_LETTERS = re.compile(r"\W+")
_LONGEST = 400


def key(text: str) -> str:
    """`text` for comparison: letters and digits in lower case."""
    return _LETTERS.sub("", text).lower()


def headline(declared: Iterable[str], root: HtmlElement, site: str) -> str:
    """The first of `declared`; else `<title>` with the site's name cut off."""
    for value in declared:
        if title := clean_line(value, _LONGEST):
            return title
    element = next(root.iter("title"), None)
    raw = clean_line(text_of(element), _LONGEST) if element is not None else ""
    return from_title_tag(
        raw, [clean_line(text_of(h), _LONGEST) for h in root.iter("h1", "h2")], site
    )


def from_title_tag(raw: str, headings: list[str], site: str) -> str:
    """`<title>` without the site's name: what a heading repeats, or the longer part."""
    parts = [p for p in _SEPARATOR.split(raw) if p]
    if len(parts) > 1:
        keys = {key(h) for h in headings if h}
        for part in sorted(parts, key=len, reverse=True):
            if key(part) in keys and len(part.split()) > 1:
                return part
        if site and key(parts[-1]) == key(site):
            return raw[: raw.rindex(parts[-1])].rstrip(" |-–—\\/>»·•:")
    if not raw:
        ones = [h for h in headings if h]
        return ones[0] if len(ones) == 1 else ""
    return raw
