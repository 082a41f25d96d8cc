"""Removals before the extractor."""

import re

from lxml.html import HtmlElement

from tui.cleaning.tree import remove

_NEVER = ("script", "style", "noscript", "template", "link", "svg")
_HIDDEN = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)\s*(?:!important\s*)?(?:;|$)", re.I
)


def strip(root: HtmlElement) -> None:
    """Take out what no reader ever sees."""
    for element in list(root.iter(*_NEVER)):
        remove(element)
    for element in root.xpath("//*[@hidden] | //*[@style]"):
        if element.get("hidden") is not None or _HIDDEN.search(element.get("style")):
            remove(element)
