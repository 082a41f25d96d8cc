"""What stands beside the sentences of a story: pictures, pull quotes, posts, videos, notes.

Extractors score text, and lose what has little. So it is noted before they work, with the sentences
around it, and put back where those sentences are in the article. What stands between sentences that
are not the story's stays away: that is how a picture of a related story is told from one of this.
"""

import copy
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import urlsplit

from lxml.html import Element, HtmlElement

from tui.cleaning.layout import lay_out, media
from tui.cleaning.layout.blocks import PULL
from tui.cleaning.steps import marking
from tui.cleaning.steps.account import Account
from tui.cleaning.steps.sift import PageFacts, is_prose, text
from tui.cleaning.tree import marks, text_of
from tui.domain.blocks import (
    Block,
    Embed,
    Figure,
    Footnote,
    List,
    Paragraph,
    Quote,
    Spans,
    block_caption,
    plain,
)

_NOTES = re.compile(r"(?:^|[ -])(?:foot-?notes?|end-?notes?)(?:$|[ -])")
_TAGS = ("p", "figure", "aside", "div", "blockquote", "section", "iframe", "ol", "ul", "video")
_NOTE_NUMBER = re.compile(r"\W{0,3}(\d{1,3})(?!\d)[\]).:]*\s*")
# A sentence is known by its beginning; shorter paragraphs stand in too many places.
_SENTENCE, _KEY = 60, 50
# A page with more of them is a gallery, and its pictures are the story already.
_MOST = 40
_CAPTION = 300


@dataclass(frozen=True, slots=True)
class Beside:
    """A copy of an element and the beginnings of the paragraphs before and after it ("": none)."""

    kind: str
    element: HtmlElement
    before: str
    after: str


def note(root: HtmlElement) -> list[Beside]:
    """All that stands beside paragraphs on the page, in order."""
    found: list[Beside] = []
    waiting: list[tuple[str, HtmlElement, str]] = []
    inside: set[HtmlElement] = set()
    last = ""
    for element in root.iter(*_TAGS):
        if element in inside:
            continue
        if kind := _kind(element):
            inside.update(element.iterdescendants(*_TAGS))
            waiting.append((kind, element, last))
            if len(waiting) + len(found) > _MOST:
                return []
        elif element.tag == "p" and (key := _key(text_of(element))):
            found.extend(_copied(waiting, key))
            waiting, last = [], key
    return [*found, *_copied(waiting, "")]


def _kind(element: HtmlElement) -> str:
    """What `element` is beside a text, or ""."""
    tag = element.tag
    if tag == "figure":
        return "figure"
    if kind := _named(marks(element)):
        return kind
    if element.get("role") == "doc-endnotes":
        return "notes"
    if tag in ("iframe", "video"):
        return "embed"
    return "post" if tag in ("blockquote", "div") and media.is_post(element) else ""


@lru_cache(maxsize=4096)
def _named(name: str) -> str:
    return "pull" if PULL.search(name) else "notes" if _NOTES.search(name) else ""


def _copied(waiting: list[tuple[str, HtmlElement, str]], after: str) -> Iterator[Beside]:
    for kind, element, before in waiting:
        own = copy.deepcopy(element)
        own.tail = None
        holder = Element("div")
        holder.append(own)
        yield Beside(kind, holder, before, after)


def _key(line: str) -> str:
    return line[:_KEY] if len(line) >= _SENTENCE else ""


def put_back(
    noted: Sequence[Beside], blocks: Sequence[Block], base: str, page: PageFacts, account: Account
) -> list[Block]:
    """`blocks` with what was lost between them."""
    places = {_key(text(block)): n for n, block in reversed(list(enumerate(blocks)))}
    places.pop("", None)
    first = next((n for n, block in enumerate(blocks) if is_prose(block)), None)
    sources = {block.src for block in blocks if isinstance(block, Figure)}
    words = " ".join(text(block) for block in blocks)
    added: dict[int, list[Block]] = {}
    for beside in noted:
        place = _place(beside, places, first, len(blocks))
        if place is None:
            continue
        lost = [b for b in _lost(beside, base, page) if not _is_here(b, sources, words, blocks)]
        above = beside.before not in places and beside.kind == "figure"
        if above and not (_leads(lost) and (not sources or _is_named(lost[0], page))):
            continue
        for block in lost:
            account.say("put back", text_of(beside.element)[:90], f"{beside.kind} of the story")
            added.setdefault(place, []).append(block)
            sources |= {block.src} if isinstance(block, Figure) else set()
    whole = [b for n in range(len(blocks) + 1) for b in (*added.get(n, ()), *blocks[n : n + 1])]
    return [_as_quote(block, words) for block in whole]


def _place(beside: Beside, places: dict[str, int], first: int | None, end: int) -> int | None:
    """The number of the block that `beside` stands before, or None if it is not the story's."""
    before, after = places.get(beside.before), places.get(beside.after)
    if after is not None and before is not None:
        return after if before < after else None
    if after is not None and after == first and beside.kind == "figure":
        return 0 if not _shared_before(places, after) else after
    if before is not None and beside.kind == "notes":
        return end
    return None


def _leads(lost: Sequence[Block]) -> bool:
    """True for one picture with a caption of ordinary length: what stands above a story may also be
    a gallery, or the pictures of other stories."""
    return len(lost) == 1 and len(block_caption(lost[0])) <= _CAPTION


def _is_named(lost: Block, page: PageFacts) -> bool:
    """True for the picture that the page names as its own; addresses differ in size and host."""
    return (
        isinstance(lost, Figure) and bool(name := _file(lost.src)) and name == _file(page.picture)
    )


def _file(url: str) -> str:
    return urlsplit(url).path.rpartition("/")[2]


def _shared_before(places: dict[str, int], place: int) -> bool:
    return any(number < place for number in places.values())


def _lost(beside: Beside, base: str, page: PageFacts) -> Iterator[Block]:
    marking.captions(beside.element, page)
    for block in lay_out(beside.element, base):
        match beside.kind, block:
            case "pull", Quote():
                yield replace(block, pull=True)
            case _, Figure(src=src) if src:
                yield block
            case "notes", Paragraph(spans=spans) if number := _NOTE_NUMBER.match(plain(spans)):
                yield Footnote(number[1], _without(spans, number.end()))
            case "notes", List(items=items):
                yield from (Footnote(str(i.number), i.spans) for i in items if i.number)
            case _, Embed() | Footnote():
                yield block


def _without(spans: Spans, size: int) -> Spans:
    """`spans` without their first `size` characters."""
    rest = []
    for span in spans:
        if left := span.text[size:]:
            rest.append(replace(span, text=left))
        size = max(0, size - len(span.text))
    return tuple(rest)


def _as_quote(block: Block, words: str) -> Block:
    """A "pull quote" whose words stand nowhere else is text of the story: a quote."""
    if isinstance(block, Quote) and block.pull:
        quote = replace(block, pull=False)
        return block if text(quote)[:_KEY] in words else quote
    return block


def _is_here(block: Block, sources: set[str], words: str, blocks: Sequence[Block]) -> bool:
    match block:
        case Figure(src=src):
            return src in sources
        case Quote(paragraphs=paragraphs, pull=True):
            # Its words are the story's own; what counts is whether they are set large already.
            return any(isinstance(b, Quote) and b.paragraphs == paragraphs for b in blocks)
        case Embed(url=url, paragraphs=()):
            return any(isinstance(b, Embed) and b.url == url for b in blocks)
        case _:
            line = text(block)
            return bool(line) and line[:_KEY] in words
