"""The head of an article: the headline once more, and lines of facts before the first sentence."""

import re
from collections.abc import Iterator, Sequence

from tui.cleaning.metadata import dates
from tui.cleaning.metadata.title import key
from tui.cleaning.steps.sift import PageFacts, Verdict, is_prose, linked, text
from tui.domain.blocks import Block, Heading, List, Paragraph, Role

# The headline may stand below a gallery, not in the middle of the story.
_DEEPEST = 0.25
_FACT = re.compile(
    r"^(?:by|von|par|por|di|door|av|updated|published|posted|written|last updated|first published|aktualisiert|"
    r"veröffentlicht|publi[ée]|mis à jour|publicado|actualizado|stand|erstellt|date|datum|category|categories|"
    r"kategorie|jump to|skip to|tags?|share|share this|teilen|print|drucken|text size|font size|story highlights|listen|"
    r"read time|reading time|lesezeit|tempo de leitura|temps de lecture|tiempo de lectura|tempo di lettura|photo|source|quelle|credit|image|foto|bild)\b",
    re.I,
)
_SHORT_DATE = re.compile(r"(?<![\d./])\d{1,2}[./]\d{1,2}[./](?:20)?\d\d(?![\d./])")
_MINUTES = re.compile(
    r"\b\d+\s*(?:-|–)?\s*(?:min(?:ute)?s?\.?|minuten|minutos)\s*(?:read|lesezeit|lesedauer|de lectura)?\b",
    re.I,
)
_LONGEST_FACT = 140
_SHORTEST = 8


def headline(blocks: Sequence[Block], page: PageFacts) -> Iterator[Verdict]:
    """The headline repeated in the text, and the lines above it; prose above it is the story."""
    wanted = headlines(page)
    total = sum(len(text(block)) for block in blocks) or 1
    seen, above = 0, 0
    for number, block in enumerate(blocks):
        if seen > total * _DEEPEST:
            return
        first = not number and isinstance(block, Heading) and _is_main(text(block), page)
        if first or (isinstance(block, Heading | Paragraph) and is_headline(text(block), wanted)):
            yield Verdict(number, "repeats the headline")
            yield from _above(blocks, above, number)
            above = number + 1
        seen += len(text(block))


def _above(blocks: Sequence[Block], start: int, end: int) -> Iterator[Verdict]:
    if any(is_prose(block) for block in blocks[start:end]):
        return
    for number in range(start, end):
        block = blocks[number]
        body = not isinstance(block, Paragraph) or block.role is Role.BODY
        if isinstance(block, Heading | List | Paragraph) and body and text(block):
            yield Verdict(number, "above the headline")


def headlines(page: PageFacts) -> set[str]:
    """What the headline may be, as keys."""
    return {k for t in (page.title, *page.headings[:1]) if len(k := key(t)) >= _SHORTEST}


def _is_main(line: str, page: PageFacts) -> bool:
    """True for the page's main heading, however short: it stands first, and is in the title."""
    return bool(page.headings) and line == page.headings[0] and key(line) in key(page.title)


def is_headline(line: str, wanted: set[str]) -> bool:
    """True if `line` is one of the headlines, or all of it but the name of the site."""
    found = key(line[: 3 * _LONGEST_FACT])
    if len(found) < _SHORTEST:
        return False
    return any(
        found == title
        or (title.startswith(found) and len(found) > 0.7 * len(title))
        or (found.startswith(title) and len(title) > 0.8 * len(found))
        for title in wanted
    )


def facts(blocks: Sequence[Block], page: PageFacts) -> Iterator[Verdict]:
    """Bylines, dates, labels and buttons before the first paragraph of prose."""
    names = {key(name) for name in page.bylines}
    for number, block in enumerate(blocks):
        if is_prose(block):
            break
        line = text(block)
        if not line or len(line) > _LONGEST_FACT:
            continue
        if isinstance(block, Paragraph) and block.role is Role.BODY:
            if why := fact(line, names, linked(block)):
                yield Verdict(number, why, Paragraph(block.spans, Role.BYLINE))
        elif isinstance(block, List) and (
            linked(block) > 0.5 or all(fact(text_line, names, 0) for text_line in line.split("\n"))
        ):
            yield Verdict(number, "a list of links or facts above the story")


def fact(line: str, names: set[str], share: float) -> str:
    """Why `line` is about the story and not of it, or ""."""
    found = key(line)
    if any(name and name in found and len(found) < 4 * len(name) + 20 for name in names):
        return "a byline"
    if (len(line) < 80 and dates.parse(line) is not None) or (
        len(line) < 110 and _SHORT_DATE.search(line)
    ):
        return "a date"
    if _FACT.match(line):
        return "a line of facts above the story"
    if _MINUTES.search(line) and len(line) < 40:
        return "a reading time"
    if share > 0.9 and len(line) < 60:
        return "a link above the story"
    return ""
