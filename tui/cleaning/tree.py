"""Questions that every step asks of an element."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import cast

from lxml import etree
from lxml.html import HtmlElement

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_LINKED = etree.XPath("descendant-or-self::a//text()", smart_strings=False)


def marks(element: HtmlElement) -> str:
    """Class and id as lower-case words with "-" between ("relatedLinks" is "related-links").

    Words of one class are joined by "-", classes by a space; the id comes last.
    """
    name, identity = element.get("class"), element.get("id")
    return _words(f"{name or ''} {identity or ''}") if name or identity else ""


@lru_cache(maxsize=4096)
def _words(names: str) -> str:
    return _CAMEL.sub("-", names).lower().replace("_", "-")


def elements(question: str) -> Callable[[HtmlElement], list[HtmlElement]]:
    """A compiled XPath whose answer is a list of elements, in document order."""
    return cast("Callable[[HtmlElement], list[HtmlElement]]", etree.XPath(question))


def number(question: str) -> Callable[[HtmlElement], float]:
    """A compiled XPath whose answer is a number."""
    return cast("Callable[[HtmlElement], float]", etree.XPath(question))


# libxml2 gathers the text ten times as fast as a walk over the nodes.
_TEXT = etree.XPath("string()")
_LENGTH = number("string-length(normalize-space())")


def text_of(element: HtmlElement) -> str:
    """The element's text on one line."""
    return " ".join(str(_TEXT(element)).split())


def length(element: HtmlElement) -> int:
    """Characters of text, white space squeezed."""
    return int(_LENGTH(element))


def link_length(element: HtmlElement) -> int:
    """Characters of text inside links."""
    pieces = cast("list[str]", _LINKED(element))
    return len(" ".join("".join(pieces).split())) if pieces else 0


def unlinked_length(element: HtmlElement) -> int:
    """Characters of text outside links: what caps count."""
    return max(0, length(element) - link_length(element))


def link_share(element: HtmlElement) -> float:
    """Share of the text that is inside links, 0 to 1."""
    total = length(element)
    return min(1.0, link_length(element) / total) if total else 0.0


def remove(element: HtmlElement) -> None:
    """Take `element` out with all below it; the text behind it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        previous = element.getprevious()
        if previous is None:
            parent.text = (parent.text or "") + element.tail
        else:
            previous.tail = (previous.tail or "") + element.tail
    parent.remove(element)


def inside(element: HtmlElement, tags: Iterable[str]) -> bool:
    """True if an ancestor has one of `tags`."""
    return next(element.iterancestors(*tags), None) is not None


def outermost(elements: Iterable[HtmlElement]) -> Iterator[HtmlElement]:
    """Those of `elements` (in document order) that are not inside an earlier one."""
    last: HtmlElement | None = None
    for element in elements:
        if last is None or not any(up is last for up in element.iterancestors()):
            last = element
            yield element


# An attribute of our own by which steps tell the layout what an element is: "caption", "credit",
# "byline", "dek", "note". The page's own are removed first.
ROLE = "data-broadsheet-role"
