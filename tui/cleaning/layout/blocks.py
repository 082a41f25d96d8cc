"""The walk over the tree: which element is which block. Nothing with text is left out silently."""

import re

from lxml.html import HtmlElement

from tui.cleaning.layout import media
from tui.cleaning.layout.figures import read_caption, read_figure, read_image
from tui.cleaning.layout.inline import Runs, Setting, joined
from tui.cleaning.layout.lists import LISTS, read_list
from tui.cleaning.layout.pieces import paragraphs_of
from tui.cleaning.layout.place import Place
from tui.cleaning.layout.tables import is_data, read_table
from tui.cleaning.tree import ROLE, marks, remove, text_of
from tui.domain.blocks import Block, Code, Heading, Paragraph, Quote, Role, Rule
from tui.domain.text import clean

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q ruby rb "
    "s samp small span strike strong sub sup time tt u var wbr nobr math mi mo mn mrow msup "
    "msub mfrac semantics annotation".split()
)
_SKIPPED = frozenset(
    "script style noscript template svg input select textarea button option datalist head link "
    "meta title canvas progress meter map area source track col colgroup "
    # How characters are read aloud, set small above them: a terminal has no place for it.
    "rt rp rtc".split()
)
_EMBEDS = ("iframe", "video", "audio", "embed", "object")
_LANGUAGE = re.compile(r"\b(?:lang|language|brush|highlight|sourcecode)[-: ]+([\w+#-]{1,20})")
PULL = re.compile(r"\bpull-?(ed-?)?quotes?\b|\bblock-?pull\b")
_ANCHORS = frozenset(("#", "¶", "§", "\N{LINK SYMBOL}", "[edit]", "[link]"))
_ROLES = {"byline": Role.BYLINE, "dek": Role.DEK, "note": Role.NOTE}
# Deeper than a sane page; what is below stays as text.
_MAX_DEPTH = 120


def lay_out(root: HtmlElement, base: str = "") -> list[Block]:
    """The blocks of `root` in reading order. `base` makes links absolute."""
    walk = _Walk(base)
    walk.children(Place(root, Setting(), 0))
    walk.flush()
    return walk.blocks


class _Walk:
    """One walk: blocks that are done, and the runs of the one that is not."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.blocks: list[Block] = []
        self._runs = Runs()
        self._role = Role.BODY

    def flush(self) -> None:
        """End the paragraph."""
        if self._runs.blank:
            self._runs = Runs()
            return
        self.blocks.extend(Paragraph(spans, self._role) for spans in self._runs.take())

    def inner(self, place: Place) -> list[Block]:
        """The blocks inside an element, apart from ours."""
        walk = _Walk(self.base)
        walk.children(self._inside(place))
        walk.flush()
        return walk.blocks

    def _inside(self, place: Place) -> Place:
        setting = place.setting.inside(place.element, self.base)
        return Place(place.element, setting, place.depth + 1)

    def children(self, place: Place) -> None:
        """Text and elements inside an element; its setting is that of the text."""
        setting, depth = place.setting, place.depth
        self._runs.add(place.element.text, setting)
        for child in place.element:
            if isinstance(child.tag, str):
                self._element(Place(child, setting, depth))
            self._runs.add(child.tail, setting)

    def _element(self, place: Place) -> None:
        """One element: inline goes into the runs, a block ends the paragraph."""
        element, tag = place.element, place.element.tag
        if tag in _SKIPPED:
            return
        if tag == "br":
            self._runs.line_break(place.setting)
        elif place.depth > _MAX_DEPTH:
            self._runs.add(text_of(element), place.setting)
        elif tag in _INLINE and element.get(ROLE) is None:
            self.children(self._inside(place))
        elif tag == "img":
            if self._runs.blank:
                self.flush()
            read_image(self, place)  # it follows the text that it stands in
        else:
            self.flush()
            self._block(place)
            self.flush()

    def _block(self, place: Place) -> None:
        """An element that is a block of its own, or holds blocks."""
        element, tag, role = place.element, place.element.tag, place.element.get(ROLE)
        if role in ("caption", "credit"):
            read_caption(self, place, credit=role == "credit")
        elif role in _ROLES:
            self._paragraphs(place, _ROLES[role])
        elif (handler := _HANDLERS.get(str(tag))) is not None:
            handler(self, place)
        elif media.is_post(element):
            _read_quote(self, place)
        elif PULL.search(marks(element)):
            _read_quote(self, place, pull=True)
        else:
            self._paragraphs(place, self._role)

    def _paragraphs(self, place: Place, role: Role) -> None:
        """Anything else: its content, as paragraphs of its role."""
        before, self._role = self._role, role
        self.children(self._inside(place))
        self.flush()
        self._role = before

    def read_table(self, place: Place) -> None:
        """A table of data, or what is in a table for layout."""
        if is_data(place.element):
            read_table(self, place)
        else:
            self._paragraphs(place, self._role)

    def read_object(self, place: Place) -> None:
        """Something from elsewhere as a link; an object may hold a text instead."""
        if found := media.embed(place.element, self.base):
            self.blocks.append(found)
        elif place.element.tag == "object":
            self.children(place)


def _is_anchor(element: HtmlElement) -> bool:
    """True for the sign by which a heading can be linked to, or edited."""
    return "editsection" in marks(element) or (
        element.tag == "a" and text_of(element) in _ANCHORS and element.get("href") is not None
    )


def _read_heading(walk: _Walk, place: Place) -> None:
    """A heading; what is no text in it (pictures) follows it."""
    for link in [e for e in place.element.iter("a", "span") if _is_anchor(e)]:
        remove(link)
    blocks = walk.inner(place)
    spans = joined([b.spans for b in blocks if isinstance(b, Paragraph | Heading)])
    if spans:
        walk.blocks.append(Heading(spans, _HEADINGS[str(place.element.tag)]))
    walk.blocks.extend(b for b in blocks if not isinstance(b, Paragraph | Heading))


def _read_quote(walk: _Walk, place: Place, *, pull: bool = False) -> None:
    """A block quote, pull quote or embedded post."""
    blocks = walk.inner(place)
    paragraphs = tuple(p for block in blocks for p in paragraphs_of(block))
    if media.is_post(place.element):
        walk.blocks.append(media.post(place.element, paragraphs, walk.base))
    elif paragraphs:
        pull = pull or bool(PULL.search(marks(place.element)))
        walk.blocks.append(Quote(paragraphs, (), pull))
    walk.blocks.extend(block for block in blocks if not paragraphs_of(block))


def _read_code(walk: _Walk, place: Place) -> None:
    """Preformatted text, with its line breaks."""
    element = place.element
    for br in element.iter("br"):
        br.tail = "\n" + (br.tail or "")
    text = clean("".join(element.itertext())).strip("\n").rstrip()
    names = " ".join(marks(e) for e in (element, *element.iterdescendants("code")))
    found = _LANGUAGE.search(names)
    if text.strip():
        walk.blocks.append(Code(text, found[1] if found else ""))


def _read_rule(walk: _Walk, _: Place) -> None:
    walk.blocks.append(Rule())


_HANDLERS = {
    **dict.fromkeys(_HEADINGS, _read_heading),
    **dict.fromkeys(LISTS, read_list),
    **dict.fromkeys(_EMBEDS, _Walk.read_object),
    "figure": read_figure,
    "figcaption": read_caption,
    "blockquote": _read_quote,
    "table": _Walk.read_table,
    "pre": _read_code,
    "hr": _read_rule,
}
