"""Steps on blocks: a judge names the blocks that are not the story; the sift takes them out."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from tui.cleaning.steps.account import CAP, Account, Note
from tui.domain.blocks import (
    Block,
    Figure,
    Heading,
    List,
    Paragraph,
    Quote,
    Role,
    Spans,
    block_text,
    plain,
)

# Characters that make a paragraph one of the story, not a label.
PROSE = 90
_ADDRESS = re.compile(r"https?://\S+")


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What judges may ask about the page. `picture` is the address of the one that stands for it."""

    title: str = ""
    bylines: tuple[str, ...] = ()
    excerpt: str = ""
    headings: tuple[str, ...] = ()
    english: bool = False
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Block number `index` is not body text. `instead` is what it becomes, None: it goes."""

    index: int
    why: str
    instead: Block | None = None


Judge = Callable[[Sequence[Block], PageFacts], Iterable[Verdict]]


def sift(
    name: str, judge: Judge, blocks: list[Block], page: PageFacts, account: Account
) -> list[Block]:
    """`blocks` after the judge; verdicts that would pass the cap are not carried out."""
    verdicts = list(judge(blocks, page))
    if not verdicts:
        return blocks
    budget = CAP * sum(unlinked(block) for block in blocks)
    changed: dict[int, Block | None] = {}
    for verdict in verdicts:
        block = blocks[verdict.index]
        cost = unlinked(block)
        text = block_text(block)
        kept = cost > budget
        if not kept:
            budget -= cost
            changed[verdict.index] = verdict.instead
        if account.detail:
            why = verdict.why + ("; kept: too much text" if kept else "")
            account.notes.append(Note(name, text[:90], why, len(text), not kept, kept))
    return [
        kept_block
        for number, block in enumerate(blocks)
        if (kept_block := changed.get(number, block)) is not None
    ]


def spans_of(block: Block) -> tuple[Spans, ...]:
    """All rows of spans in the body text of `block`."""
    match block:
        case Paragraph(spans=spans) | Heading(spans=spans):
            return (spans,)
        case Quote(paragraphs=paragraphs):
            return paragraphs
        case List(items=items):
            return tuple(item.spans for item in items)
        case _:
            return ()


def unlinked(block: Block) -> int:
    """Characters of body text outside links."""
    rows = spans_of(block)
    if not rows:
        return len(block_text(block))
    return sum(len(s.text.strip()) for spans in rows for s in spans if s.href is None)


def linked(block: Block) -> float:
    """Share of the text that is inside links, or an address written out, 0 to 1."""
    total = inside = 0
    for spans in spans_of(block):
        for span in spans:
            size = len(span.text.strip())
            total += size
            inside += size if span.href else sum(map(len, _ADDRESS.findall(span.text)))
    return inside / total if total else 0.0


def text(block: Block) -> str:
    """The block's body text on one line."""
    return " ".join(block_text(block).split())


def is_prose(block: Block) -> bool:
    """True for a paragraph of the story proper: long, and mostly not links."""
    return (
        isinstance(block, Paragraph)
        and block.role is Role.BODY
        and len(text(block)) >= PROSE
        and linked(block) < 0.5
    )


def beginning(blocks: Sequence[Block]) -> str:
    """How the first paragraph of prose begins, or ""."""
    return next((text(block)[:40] for block in blocks if is_prose(block)), "")


def all_text(blocks: Sequence[Block]) -> str:
    """The text of `blocks`, also of paragraphs that are no text of the story (a dek)."""
    return " ".join(plain(b.spans) if isinstance(b, Paragraph) else text(b) for b in blocks)


def as_caption(block: Paragraph, figure: Figure) -> Figure:
    """`figure` with the paragraph as its caption."""
    return replace(figure, caption=block.spans)
