"""The tail: what stands below the last paragraph of the story."""

import re
from collections.abc import Iterator, Sequence

from tui.cleaning.steps.related import CALL
from tui.cleaning.steps.sift import PageFacts, Verdict, linked, text
from tui.domain.blocks import Block, Embed, Figure, Heading, List, Paragraph, Rule

TAIL = re.compile(
    r"^\W*(?:©|\(c\)\s)|^\W*(?:tags?|topics?|filed under|categor(?:y|ies)|posted in|labels|schlagw(?:ö|oe)rter|kategorien?|themen|etiquetas|"
    r"follow|share|like|subscribe|sign up|newsletter|copyright|all rights reserved|read more|related|see also|"
    r"more (?:from|on|about|stories)|comments?|kommentare?|leave a|about the author|über den autor|written by|reported by|reporting by|"
    r"associated press writers?|source|quelle|via|teilen|folgen|das könnte|previous|next|back to|zurück|nach oben|"
    r"thanks for|contact|write to|email|this article (?:was|originally|appeared)|this story (?:was|originally)|originally published|"
    r"(?:dieser|der) (?:artikel|text|eintrag|beitrag) (?:wurde|erschien|ist|stammt)|this (?:entry|post) was|listen to|tell us|note:|disclaimer|get access|join|download|click here|for more|zum thema|auch interessant|ähnliche|"
    r"veröffentlicht|publiziert|published|updated|last updated|posted|print|drucken|advert\w*|anzeige|permalink|bookmark)\b",
    re.I,
)
_ANNOUNCES = re.compile(
    r"^\W*(?:read|more|see|related|mehr|weitere|lesen|lies|auch|lire|voir|leer|leia|leggi|zobacz)\b",
    re.I,
)
_LONGEST = 320
_LONGEST_LABEL = 60


def tail(blocks: Sequence[Block], page: PageFacts) -> Iterator[Verdict]:
    """From the end upwards, as long as blocks are links, labels and notes about the page."""
    for number in range(len(blocks) - 1, 0, -1):
        block = blocks[number]
        if isinstance(block, Figure | Embed | Rule):
            continue
        line = text(block)
        if not line:
            continue
        why = _why(block, line)
        if not why:
            return
        yield Verdict(number, why)


def _why(block: Block, line: str) -> str:
    if isinstance(block, Heading):
        if len(line) < 2 * _LONGEST_LABEL and (TAIL.match(line) or CALL.search(line)):
            return "a heading of the page, not of the story"
        short = len(line) < _LONGEST_LABEL and line[-1] not in ".!“”\"'"
        return "a heading with nothing below it" if short else ""
    if not isinstance(block, Paragraph | List) or len(line) > _LONGEST:
        return ""
    if line.endswith(":") and len(line) < 2 * _LONGEST_LABEL and _ANNOUNCES.match(line):
        return "announces what is not there"
    share = linked(block)
    if share > 0.75:
        return "links below the story"
    if TAIL.match(line) and (share > 0.2 or len(line) < 160):
        return "a note about the page"
    if CALL.search(line) and len(line) < 260:
        return "a call to sign up or follow"
    return ""
