"""The walk over the tree: which element is which block. Nothing with text is left out silently."""

import re

from lxml.html import HtmlElement

from tui.cleaning.layout import media, tables
from tui.cleaning.layout.inline import Runs, Setting, joined, squeeze
from tui.cleaning.tree import ROLE, marks, text_of
from tui.domain.blocks import (
    Block,
    Code,
    Figure,
    Footnote,
    Heading,
    Item,
    List,
    Paragraph,
    Quote,
    Role,
    Rule,
    Spans,
    Table,
    plain,
)
from tui.domain.text import clean

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q ruby rb rt "
    "rp s samp small span strike strong sub sup time tt u var wbr nobr math mi mo mn mrow msup "
    "msub mfrac semantics annotation".split()
)
_SKIPPED = frozenset(
    "script style noscript template svg input select textarea button option datalist head link "
    "meta title canvas progress meter map area source track col colgroup".split()
)
_EMBEDS = ("iframe", "video", "audio", "embed", "object")
_LANGUAGE = re.compile(r"\b(?:lang|language|brush|highlight|sourcecode)[-: ]+([\w+#-]{1,20})")
_PULL = re.compile(r"\bpull-?(ed-?)?quotes?\b|\bblock-?pull\b")
_NOTE_ID = re.compile(r"^(fn|foot-?note|cite-?note|endnote|note)[-:_]?[\w.]+$", re.I)
# Deeper than a sane page; what is below stays as text.
_MAX_DEPTH = 120


def lay_out(root: HtmlElement, base: str = "") -> list[Block]:
    """The blocks of `root` in reading order. `base` makes links absolute."""
    walk = _Walk(base)
    walk.children(root, Setting(), 0)
    walk.flush()
    return walk.blocks


class _Walk:
    """One walk: blocks that are done, and the runs of the one that is not."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.blocks: list[Block] = []
        self.runs = Runs()
        self.role = Role.BODY

    def flush(self) -> None:
        """End the paragraph."""
        if self.runs.blank:
            self.runs = Runs()
            return
        self.blocks.extend(Paragraph(spans, self.role) for spans in self.runs.take())

    def inner(self, element: HtmlElement, setting: Setting, depth: int) -> list[Block]:
        """The blocks inside `element`, apart from ours."""
        walk = _Walk(self.base)
        walk.children(element, setting.inside(element, self.base), depth + 1)
        walk.flush()
        return walk.blocks

    def children(self, element: HtmlElement, setting: Setting, depth: int) -> None:
        """Text and elements inside `element`."""
        self.runs.add(element.text, setting)
        for child in element:
            if isinstance(child.tag, str):
                self.element(child, setting, depth)
            self.runs.add(child.tail, setting)

    def element(self, element: HtmlElement, setting: Setting, depth: int) -> None:
        """One element: inline goes into the runs, a block ends the paragraph."""
        tag = element.tag
        if tag in _SKIPPED:
            return
        if tag == "br":
            self.runs.line_break(setting)
        elif depth > _MAX_DEPTH:
            self.runs.add(text_of(element), setting)
        elif tag in _INLINE and element.get(ROLE) is None:
            self.children(element, setting.inside(element, self.base), depth + 1)
        elif tag == "img":
            self.image(element)
        else:
            self.flush()
            self.block(element, setting, depth)
            self.flush()

    def block(self, element: HtmlElement, setting: Setting, depth: int) -> None:
        """An element that is a block of its own, or holds blocks."""
        tag, role = element.tag, element.get(ROLE)
        if role == "caption" or role == "credit":
            self.caption(element, setting, depth, credit=role == "credit")
        elif tag in _HEADINGS and role is None:
            self.heading(element, setting, depth)
        elif tag == "figure":
            self.figure(element, setting, depth)
        elif tag in _EMBEDS:
            self.embed(element, setting, depth)
        elif tag == "blockquote" or media.is_post(element):
            self.quote(element, setting, depth)
        elif tag in ("ul", "ol", "dl", "menu"):
            self.listing(element, setting, depth)
        elif tag == "table" and tables.is_data(element):
            self.table(element, setting, depth)
        elif tag == "pre":
            self.code(element)
        elif tag == "hr":
            self.blocks.append(Rule())
        elif tag == "figcaption":
            self.caption(element, setting, depth)
        elif _PULL.search(marks(element)):
            self.quote(element, setting, depth, pull=True)
        else:
            self.paragraph(element, setting, depth, role)

    def paragraph(
        self, element: HtmlElement, setting: Setting, depth: int, role: str | None
    ) -> None:
        """Anything else: its content, as paragraphs of its role."""
        before = self.role
        if role in ("byline", "dek", "note"):
            self.role = Role(role)
        self.children(element, setting.inside(element, self.base), depth + 1)
        self.flush()
        self.role = before

    def heading(self, element: HtmlElement, setting: Setting, depth: int) -> None:
        """A heading; what is no text in it (pictures) follows it."""
        blocks = self.inner(element, setting, depth)
        spans = joined([b.spans for b in blocks if isinstance(b, Paragraph | Heading)])
        if spans:
            self.blocks.append(Heading(spans, _HEADINGS[element.tag]))
        self.blocks.extend(b for b in blocks if not isinstance(b, Paragraph | Heading))

    def image(self, element: HtmlElement) -> None:
        """A picture ends no paragraph unless it stands alone: it follows the text around it."""
        found = media.picture(element, self.base)
        if found is None:
            return
        if self.runs.blank:
            self.flush()
        if not any(isinstance(b, Figure) and b.src == found.src for b in self.blocks[-2:]):
            self.blocks.append(found)

    def figure(self, element: HtmlElement, setting: Setting, depth: int) -> None:
        """A figure: pictures with the caption, or a frame round a table, code or quote."""
        blocks = self.inner(element, setting, depth)
        pictures = [b for b in blocks if isinstance(b, Figure)]
        paragraphs = [b.spans for b in blocks if isinstance(b, Paragraph)]
        others = [b for b in blocks if not isinstance(b, Figure | Paragraph)]
        has_caption = any(p.caption or p.credit for p in pictures)
        if paragraphs and not pictures and not others and sum(map(_size, paragraphs)) < 300:
            pictures = [Figure("")]  # its picture came by script: what is left is its caption
        if paragraphs and (has_caption or others or not pictures):
            self.blocks.extend(blocks)  # text beside a caption is text
            return
        if paragraphs:
            last = pictures[-1]
            pictures[-1] = _with_caption(last, joined(paragraphs))
        self.blocks.extend([*_merged(pictures), *others])

    def caption(
        self, element: HtmlElement, setting: Setting, depth: int, *, credit: bool = False
    ) -> None:
        """A caption belongs to the picture before it; without one it is a figure of its own."""
        blocks = self.inner(element, setting, depth)
        spans, credits = [], []
        for block in blocks:
            if isinstance(block, Paragraph | Heading):
                spans.append(block.spans)
            elif isinstance(block, Figure) and not block.src:
                spans += [block.caption] if block.caption else []
                credits += [block.credit] if block.credit else []
            else:
                self.blocks.append(block)
        text = joined(spans)
        last = self.blocks[-1] if self.blocks else None
        held = isinstance(last, Figure) and not (last.credit if credit else last.caption)
        figure = last if isinstance(last, Figure) and held else Figure("")
        if credit:
            figure = _with_credit(figure, plain(text))
        else:
            figure = _with_caption(figure, text)
        for name in credits:
            figure = _with_credit(figure, name)
        if held:
            self.blocks[-1] = figure
        elif figure.caption or figure.credit:
            self.blocks.append(figure)

    def embed(self, element: HtmlElement, setting: Setting, depth: int) -> None:
        """Something from elsewhere as a link."""
        found = media.embed(element, self.base)
        if found is not None:
            self.blocks.append(found)
        elif element.tag == "object":
            self.children(element, setting, depth + 1)

    def quote(
        self, element: HtmlElement, setting: Setting, depth: int, *, pull: bool = False
    ) -> None:
        """A block quote, pull quote or embedded post."""
        blocks = self.inner(element, setting, depth)
        paragraphs = [p for b in blocks for p in _paragraphs_of(b)]
        others = [b for b in blocks if not _paragraphs_of(b)]
        if media.is_post(element):
            self.blocks.append(media.post(element, paragraphs, self.base))
        elif paragraphs:
            pull = pull or bool(_PULL.search(marks(element)))
            self.blocks.append(Quote(tuple(paragraphs), (), pull))
        self.blocks.extend(others)

    def listing(self, element: HtmlElement, setting: Setting, depth: int) -> None:
        """A list; one that holds figures, tables or headings is only a frame."""
        items: list[Item] = []
        for entry in element:
            if not isinstance(entry.tag, str):
                continue
            blocks = self.inner(entry, setting, depth)
            if entry.tag in ("ul", "ol"):
                blocks = _Walk(self.base).nested(entry, setting, depth)
            if _NOTE_ID.match(entry.get("id") or "") and blocks:
                items = self.end_list(items)
                self.blocks.append(_footnote(entry, blocks))
                continue
            paragraphs = [p for b in blocks for p in _own_paragraphs(b)]
            inner = [i for b in blocks if isinstance(b, List) for i in b.items]
            others = [b for b in blocks if not isinstance(b, Paragraph | List | Quote)]
            if any(isinstance(b, Heading | Table | Code) for b in others):
                items = self.end_list(items)
                self.blocks.extend(blocks)
                continue
            number = _number(element, entry, items)
            if paragraphs:
                items.append(Item(joined(paragraphs), int(entry.tag == "dd"), number))
            items += [Item(i.spans, i.depth + 1, i.number) for i in inner]
            if others:
                items = self.end_list(items)
                self.blocks.extend(others)
        self.end_list(items)

    def nested(self, element: HtmlElement, setting: Setting, depth: int) -> list[Block]:
        """The blocks of a list that stands directly in a list."""
        self.listing(element, setting, depth + 1)
        return self.blocks

    def end_list(self, items: "list[Item]") -> "list[Item]":
        """Put the items so far into a list; returns a new, empty row of items."""
        if items:
            self.blocks.append(List(tuple(items)))
        return []

    def table(self, element: HtmlElement, setting: Setting, depth: int) -> None:
        """A table of data with its caption."""
        rows, others = [], []
        caption: Spans = ()
        for part in element.iter("tr", "caption"):
            if part.tag == "caption":
                caption = joined(
                    [p for b in self.inner(part, setting, depth) for p in _own_paragraphs(b)]
                )
                continue
            cells = []
            for entry in part:
                if entry.tag in ("td", "th"):
                    blocks = self.inner(entry, setting, depth)
                    spans = joined([p for b in blocks for p in _paragraphs_of(b)])
                    cells.append(tables.cell(entry, spans))
                    others += [b for b in blocks if isinstance(b, Figure)]
            if any(c.spans for c in cells):
                rows.append(tuple(cells))
        if rows:
            self.blocks.append(Table(tuple(rows), caption))
        self.blocks.extend(others)

    def code(self, element: HtmlElement) -> None:
        """Preformatted text, with its line breaks."""
        for br in element.iter("br"):
            br.tail = "\n" + (br.tail or "")
        text = clean("".join(element.itertext())).strip("\n").rstrip()
        named = _LANGUAGE.search(
            " ".join(marks(e) for e in (element, *element.iterdescendants("code")))
        )
        if text.strip():
            self.blocks.append(Code(text, named[1] if named else ""))


def _with_caption(figure: Figure, caption: Spans) -> Figure:
    return Figure(figure.src, figure.alt, caption, figure.credit, figure.width, figure.height)


def _with_credit(figure: Figure, credit: str) -> Figure:
    credit = squeeze(" ".join(filter(None, (figure.credit, credit))))
    return Figure(figure.src, figure.alt, figure.caption, credit, figure.width, figure.height)


def _merged(pictures: list[Figure]) -> list[Figure]:
    """Versions of one picture (its stand-in and itself) as one, with whatever text they have."""
    if len(pictures) == 2 and not pictures[0].src and pictures[1].src:
        pictures.reverse()
    if len(pictures) == 2 and not pictures[1].src:
        first, second = pictures
        caption = first.caption or second.caption
        credit = first.credit or second.credit
        if first.caption and second.caption and first.caption != second.caption:
            return pictures
        return [
            _with_credit(
                _with_caption(
                    Figure(first.src, first.alt, (), "", first.width, first.height), caption
                ),
                credit,
            )
        ]
    return pictures


def _size(spans: Spans) -> int:
    return len(plain(spans))


def _own_paragraphs(block: Block) -> tuple[Spans, ...]:
    match block:
        case Paragraph(spans=spans) | Footnote(spans=spans):
            return (spans,)
        case Quote(paragraphs=paragraphs):
            return paragraphs
        case _:
            return ()


def _paragraphs_of(block: Block) -> tuple[Spans, ...]:
    match block:
        case Heading(spans=spans):
            return (spans,)
        case List(items=items):
            return tuple(item.spans for item in items)
        case Code(text=text):
            return tuple(_code_lines(text))
        case _:
            return _own_paragraphs(block)


def _code_lines(text: str) -> list[Spans]:
    from tui.domain.blocks import Span

    return [(Span(line),) for line in text.split("\n") if line.strip()]


def _number(element: HtmlElement, entry: HtmlElement, items: list[Item]) -> int | None:
    if element.tag != "ol" or entry.tag != "li":
        return None
    value = entry.get("value") or ""
    if value.isdigit():
        return int(value[:6])
    earlier = [i.number for i in items if i.depth == 0 and i.number is not None]
    start = element.get("start") or "1"
    first = int(start[:6]) if start.isdigit() else 1
    return earlier[-1] + 1 if earlier else first


def _footnote(entry: HtmlElement, blocks: list[Block]) -> Footnote:
    digits = re.findall(r"\d+", entry.get("id") or "")
    spans = joined([p for b in blocks for p in _paragraphs_of(b)])
    return Footnote(digits[-1] if digits else "*", spans)
