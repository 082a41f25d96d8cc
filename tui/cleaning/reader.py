"""readability-lxml, given one parsed tree and giving back a tree.

`Document` parses, cleans and serialises; here the page is parsed once, by `decode.parse`, and the
result stays a tree. The parts that took most of its time (serialising every `div` to look for
block elements in it) are done on the tree, with the same outcome.
"""

import copy
import logging
from functools import lru_cache

import lxml.html
from lxml.html import HtmlElement
from readability import Document
from readability.readability import REGEXES, Unparseable

from tui.cleaning.tree import elements, length, link_share

# Its log would repeat what we report as a status.
logging.getLogger("readability.readability").setLevel(logging.CRITICAL)

# Elements that make a div more than a paragraph.
_BLOCKS = ("blockquote", "dl", "div", "img", "picture", "ol", "p", "pre", "table", "ul")
_INLINE = frozenset("a b cite code em font i small span strong sub sup u".split())
_CODE = ("pre", "code")
_NAMED = elements("//*[@class or @id]")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# A picture, a video and a line of facts may stand between a heading and its text.
_NEAR = 4
# A term and its meaning are text, whatever they are called ("sub-header").
_NEVER_FRAMES = ("html", "body", "dt", "dd")
# The most linked text in a list or table of the story; one with headings for its columns is data.
_LINKED, _LINKED_TABLE = 0.2, 0.5


class Found:
    """The tree that readability chose. Its length is what decides about a second, gentler try."""

    def __init__(self, node: HtmlElement) -> None:
        self.node = node
        self._length = length(node)

    def __len__(self) -> int:
        return self._length


class TreeDocument(Document):  # type: ignore[misc]
    """A readability document over `root`, which is left as it is."""

    def __init__(self, root: HtmlElement, *, retry_length: int = 140) -> None:
        super().__init__(root, retry_length=retry_length)
        self.html: HtmlElement | None
        self._root = root

    def _html(self, force: bool = False) -> HtmlElement:
        if force or self.html is None:
            self.html = copy.deepcopy(self._root)
        return self.html

    def get_clean_html(self) -> Found:
        """The chosen tree itself, not its serialisation."""
        return Found(self._html())

    def remove_unlikely_candidates(self) -> None:
        """The same choice as the original's; names are judged once, not once an element."""
        for element in _NAMED(self._html()):
            names = f"{element.get('class', '')} {element.get('id', '')}"
            if _unlikely(names) and element.tag not in _NEVER_FRAMES and not _holds_story(element):
                element.drop_tree()

    def transform_misused_divs_into_paragraphs(self) -> None:
        """Divs without blocks are paragraphs; loose text in the others is put into paragraphs."""
        for element in list(self._html().iter("div")):
            if next(element.iterdescendants(*_BLOCKS), None) is None:
                element.tag = "p"
            else:
                _wrap_loose(element)

    def class_weight(self, e: HtmlElement) -> int:
        """A heading's id is made of its words, and says nothing about what it frames."""
        if e.tag in _HEADINGS and e.get("id"):
            own = e.makeelement(e.tag, {"class": e.get("class", "")})
            return int(super().class_weight(own))
        return int(super().class_weight(e))

    def get_link_density(self, elem: HtmlElement) -> float:
        """Share of linked text; a linked heading above prose is a heading all the same."""
        if elem.tag in _HEADINGS and _heads_prose(elem):
            return 0.0
        return link_share(elem)

    def get_preserved_elements(self, node: HtmlElement) -> dict[HtmlElement, bool]:
        """What the conditional cleaning leaves alone: also lists and tables that are text."""
        allowed: dict[HtmlElement, bool] = super().get_preserved_elements(node)
        for element in node.iter("ul", "table"):
            headed = element.tag == "table" and next(element.iter("th"), None) is not None
            most = _LINKED_TABLE if headed else _LINKED
            if (
                length(element) >= 25
                and link_share(element) < most
                and self.class_weight(element) >= 0
            ):
                allowed[element] = True
        return allowed


@lru_cache(maxsize=4096)
def _unlikely(names: str) -> bool:
    unlikely, perhaps = REGEXES["unlikelyCandidatesRe"], REGEXES["okMaybeItsACandidateRe"]
    return bool(unlikely.search(names)) and not perhaps.search(names)


def _holds_story(element: HtmlElement) -> bool:
    if next(element.iter("main", "article", "math"), None) is not None:
        return True
    return element.tag in _CODE or next(element.iterancestors(*_CODE), None) is not None


def _wrap_loose(div: HtmlElement) -> None:
    """Runs of text and inline elements right in `div` become paragraphs; breaks end a run."""
    run = _paragraph_of(div.text)
    div.text = None
    at = 0
    for child in list(div):
        tail, child.tail = child.tail, None
        inline = child.tag in _INLINE and next(child.iterdescendants(*_BLOCKS), None) is None
        if inline:
            run = run if run is not None else div.makeelement("p")
            run.append(child)
        else:
            at = _put(div, run, at)
            run = None
            if child.tag == "br":
                div.remove(child)
            else:
                at += 1
        if inline and run is not None:
            child.tail = tail
        elif tail and tail.strip():
            run = _paragraph_of(tail)
    _put(div, run, at)


def _paragraph_of(text: str | None) -> HtmlElement | None:
    if not text or not text.strip():
        return None
    paragraph = lxml.html.Element("p")
    paragraph.text = text
    return paragraph


def _put(div: HtmlElement, run: HtmlElement | None, at: int) -> int:
    """Insert `run` where the children are that it took up; returns the next place."""
    if run is None:
        return at
    div.insert(at, run)
    return at + 1


def _heads_prose(heading: HtmlElement) -> bool:
    following = heading.getnext()
    for _ in range(_NEAR):
        if following is None or following.tag in _HEADINGS:
            return False
        if length(following) > 80 and link_share(following) < 0.3:
            return True
        following = following.getnext()
    return False


def summarise(root: HtmlElement) -> HtmlElement | None:
    """The part of `root` that readability takes for the article, or None."""
    if not length(root):
        return None
    try:
        found = TreeDocument(root).summary()
    except (Unparseable, RecursionError):
        return None
    return found.node if len(found) else None
