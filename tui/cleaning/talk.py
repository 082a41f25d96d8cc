"""The comments of a page as its text: threads of forums, and what stands below articles.

    talk(root, base) -> blocks: for each comment a heading ("›› marlow · 2 hours ago") and its text

What is a comment is found by repetition: the word of a class ("comment", "reply", "post", ...) or
the property (schema.org's `comment`, `suggestedAnswer`) whose elements, three at least, hold the
most text. Answers are inside what they answer, or indented by a number that is written down.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from tui.cleaning.layout import lay_out
from tui.cleaning.layout.inline import squeeze
from tui.cleaning.tree import elements, length, marks, outermost, remove, text_of, unlinked_length
from tui.domain.blocks import Block, Heading, Span

_FEWEST = 3
_DEEPEST = 8
_LONGEST_NAME = 60
# One child with this share of the text is what matters of its parent.
_MOST_OF_IT = 0.8
_KIND = re.compile(r"(?:[\w-]*-)?(?:comments?|comtr|reply|message|post|answer)(?:-[a-z][\w-]*)?")
_AUTHOR = re.compile(r"(?:^|[ -])(?:author|user|username|hnuser|nick|nickname|poster|fn)(?:$|[ -])")
_TIME = re.compile(r"(?:^|[ -])(?:age|date|time|timeago|timestamp|published)(?:$|[ -])")
_BUTTON = re.compile(
    r"[\s|·•\[\]()#-]*(?:reply|permalink|link|share|report|flag|save|embed|parent|next|prev|quote|"
    r"up ?vote|down ?vote|like|\d+ (?:points?|likes?|votes?|repl(?:y|ies)))[\s|·•\[\]()#-]*",
    re.I,
)
_PROPERTIES = frozenset(("comment", "suggestedanswer", "acceptedanswer"))
_LABELLED = elements("//*[@class or @itemprop]")
_HOLDERS = frozenset(("div", "article", "section", "td", "tr", "tbody", "table", "span", "main"))
_INDENT = re.compile(r"(?:margin|padding)-left:\s*(\d+)")


def talk(root: HtmlElement, base: str) -> list[Block]:
    """The comments of the page, [] where there are none. `base` makes links absolute.

    What is found is taken out of `root`.
    """
    comments = _comments(root)
    depths = _depths(comments)
    # From the end: when a comment is taken out, the answers inside it are out already.
    for comment in reversed(comments):
        remove(comment)
    blocks: list[Block] = []
    for comment, depth in zip(comments, depths, strict=True):
        blocks += _Comment.of(comment).blocks(min(depth, _DEEPEST), base)
    return blocks


def _comments(root: HtmlElement) -> list[HtmlElement]:
    """The elements of the kind that holds the most text, in the order of the page."""
    kinds: dict[tuple[str, str], list[HtmlElement]] = defaultdict(list)
    for element in _LABELLED(root):
        for kind in _kinds(element):
            kinds[str(element.tag), kind].append(element)
    several = [found for found in kinds.values() if len(found) >= _FEWEST]
    return max(several, key=_text_of_all, default=[])


def _kinds(element: HtmlElement) -> Iterator[str]:
    yield from {word for word in marks(element).split() if _KIND.fullmatch(word)}
    if (name := (element.get("itemprop") or "").lower()) in _PROPERTIES:
        yield f"itemprop {name}"


def _text_of_all(found: Sequence[HtmlElement]) -> int:
    """What they hold, with what is nested counted once."""
    return sum(map(unlinked_length, outermost(found)))


def _depths(comments: Sequence[HtmlElement]) -> list[int]:
    """How many comments each one answers: by what it is inside of, or by how it is indented."""
    depths: dict[HtmlElement, int] = {}
    for comment in comments:
        above = next((up for up in comment.iterancestors() if up in depths), None)
        depths[comment] = 0 if above is None else depths[above] + 1
    if any(depths.values()):
        return list(depths.values())
    indents = [_indent(comment) for comment in comments]
    steps = sorted(set(indents))
    return [steps.index(indent) for indent in indents]


def _indent(comment: HtmlElement) -> int:
    """How far a comment stands to the right, where the page writes it down; else 0."""
    for element in (comment, *comment.iterdescendants()):
        if (number := element.get("indent") or element.get("data-depth") or "").isdecimal():
            return int(number[:4])
        if found := _INDENT.search(element.get("style") or ""):
            return int(found[1][:4])
    return 0


@dataclass(frozen=True, slots=True)
class _Comment:
    """Who said it, when, and the element with the text."""

    author: str
    when: str
    body: HtmlElement

    @classmethod
    def of(cls, comment: HtmlElement) -> "_Comment":
        """Read one comment, and take out of it what is not its text."""
        author = _taken(comment, _AUTHOR, ("author",))
        when = _taken(comment, _TIME, ("datecreated", "datepublished"))
        for element in list(comment.iter("a", "button", "li", "span")):
            if _BUTTON.fullmatch(text_of(element)):
                remove(element)
        return cls(author, when, _narrowed(comment))

    def blocks(self, depth: int, base: str) -> list[Block]:
        """A heading that counts the answers above, and the text."""
        text = lay_out(self.body, base)
        name = " · ".join(filter(None, (self.author, self.when))) or "…"
        mark = "›" * depth + " " if depth else ""
        return [Heading((Span(f"{mark}{name}"),), 4), *text] if text else []


def _taken(comment: HtmlElement, pattern: re.Pattern[str], names: Iterable[str]) -> str:
    """The first short text that is marked so ("by **marlow** says:" is "marlow"); what holds it is
    taken out.
    """
    marked = [e for e in comment.iterdescendants() if _is_marked(e, pattern, names)]
    for element in marked:
        inner = [e for e in element.iterdescendants() if e in marked]
        line = squeeze(text_of(inner[0] if inner else element))
        if 0 < len(line) <= _LONGEST_NAME:
            remove(element)
            return line
    return ""


def _is_marked(element: HtmlElement, pattern: re.Pattern[str], names: Iterable[str]) -> bool:
    if not isinstance(element.tag, str) or length(element) > 2 * _LONGEST_NAME:
        return False
    said = (element.get("itemprop") or element.get("rel") or "").lower()
    is_time = element.tag == "time" and pattern is _TIME
    return is_time or said in names or bool(pattern.search(marks(element)))


def _narrowed(element: HtmlElement) -> HtmlElement:
    """The element inside that holds most of the text, so that heads and buttons stay behind."""
    while True:
        whole = length(element)
        main = next(
            (c for c in element if c.tag in _HOLDERS and length(c) >= _MOST_OF_IT * whole), None
        )
        if main is None or not whole:
            return element
        element = main
