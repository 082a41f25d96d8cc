"""In the middle of a story: captions without a frame, links to other stories, notices of the site."""

import re
from collections.abc import Iterator, Sequence

from tui.cleaning.steps.sift import PageFacts, Verdict, as_caption, linked, text
from tui.domain.blocks import Block, Figure, Heading, Paragraph, Role, Style

_AGENCIES = (
    r"(?:getty(?: images)?|reuters|shutterstock|istock(?:photo)?|afp|ap photo|ap images|ap|alamy|unsplash|pixabay|"
    r"dpa|picture[- ]alliance|wikimedia commons|bloomberg|imago|epa|flickr|pexels|keystone|file photo|handout)"
)
_CREDIT = re.compile(
    rf"[/|©(–—:]\s*(?:\w+[ /]){{0,3}}{_AGENCIES}\b[^.]{{0,30}}\)?$|^(?:[\w.'-]+ ){{0,3}}{_AGENCIES}$|"
    r"^\(?(?:photo|image|picture|foto|bild|bildquelle|bildnachweis|photo credit|image credit|credit|photograph|crédit photo|"
    r"crédits?|fotos?|abbildung|titelbild|symbol(?:bild|grafik|foto)|image copyright|photo illustration|illustration|grafik|screenshot)s?"
    r"\s*(?:by\b|:|©|/|courtesy|copyright)|^(?:©|\(c\)|image copyright|media caption|image caption)",
    re.I,
)
_CREDIT_AT_END = re.compile(
    r"[(\[](?:photo|image|picture|foto|bild|credit|photo credit|image credit|quelle|source)s?\b[^()]{0,60}[)\]]\.?$|"
    r"\(©[^()]{0,60}\)$",
    re.I,
)
_BESIDE_PICTURE = re.compile(r"©|\b(?:photos?|fotos?|via|credit|courtesy)\b", re.I)
_LONGEST_CREDIT = 400
_RELATED = re.compile(
    r"^\W*(?:read (?:more|also|next|this|the)|also read|see also|related|more (?:on|from|about|stories|coverage|:)|more\W|don['’]?t miss|must read|"
    r"recommended|you may (?:also )?like|watch(?: also| more| now)?\s*:|click here|sign up|subscribe|"
    r"mehr (?:zum thema|lesen|dazu|infos)|lesen sie (?:auch|hier|mehr|dazu)|auch (?:lesen|interessant)|siehe auch|weiterlesen|lesetipp|zum thema|"
    r"das könnte (?:sie|dich)|passend zum|hier geht es zu|à lire|lire aussi|voir aussi|lea también|lee también|te puede interesar|leggi anche|"
    r"lees ook|czytaj|zobacz|przeczytaj|leia (?:mais|também)|veja também|läs (?:mer|också)|les også|læs også|читайте|смотрите|insight|just in)\b",
    re.I,
)
_NOTICE = re.compile(
    r"^\W*(?:advert(?:isement|ising)?|anzeige|werbung|publicidad|publicité|pubblicità|reklama?|"
    r"(?:article |story )?continues? (?:reading )?(?:below|after).{0,40}|continue reading(?: the main story)?|story continues.{0,30}|scroll (?:down )?to continue.{0,40}|"
    r"loading\W*|share(?: this)?(?: (?:article|story|on \w+|with))?\W*|like this\W*|tweet|print|email|facebook|twitter|whatsapp|pinterest|"
    r"read more|more|related|related (?:articles?|stories|topics|news|links|content|posts)|comments?|leave a (?:comment|reply)|"
    r"image|video|advertisement - continue reading below|text size|close|skip advertisement|"
    r"teilen|drucken|kommentare?|inhalt laden|vergrößern|mehr anzeigen|bild vergrößern|"
    r"recommended(?: for you| stories| videos?)?|most (?:read|popular)|trending(?: now| stories)?|view (?:photos?|gallery|comments)|\d+ (?:shares?|comments?|kommentare?))\W*$",
    re.I,
)
CALL = re.compile(
    r"\b(?:click here (?:to|for)|sign up (?:for|to)|subscribe (?:to|now|here)|download (?:the|our) .{0,20}app|get the .{0,30} app|follow (?:us|me|him|her|(?:\w+ ){1,4}on (?:twitter|facebook|instagram))|tell us what you think|let us know|we want to hear|reach the reporters?|keep up with|"
    r"like us on|join our|newsletter|abonnieren|jetzt (?:anmelden|abonnieren|registrieren)|folgen sie uns|suivez[- ]nous|síguenos|seguici)\b",
    re.I,
)
_LONGESTCALL = 260


def captions(blocks: Sequence[Block], page: PageFacts) -> Iterator[Verdict]:
    """Lines that credit a picture: they become the caption of the picture before them."""
    for number, block in enumerate(blocks):
        if not isinstance(block, Paragraph) or block.role is not Role.BODY:
            continue
        line = text(block)
        if why := _credits(block, line, blocks[number - 1] if number else None):
            yield Verdict(number, why, as_caption(block, Figure("")))


def _credits(block: Paragraph, line: str, before: Block | None) -> str:
    if not 0 < len(line) <= _LONGEST_CREDIT:
        return ""
    near = isinstance(before, Figure) and not before.caption
    if _CREDIT_AT_END.search(line) or (_CREDIT.search(line) and (near or len(line) <= 200)):
        return "credits a picture"
    if near and len(line) <= 200:
        if all(span.style & Style.EMPHASIS or not span.text.strip() for span in block.spans):
            return "in italics below a picture"
        if len(line) <= 160 and _BESIDE_PICTURE.search(line):
            return "credits the picture above"
    return ""


def links(blocks: Sequence[Block], page: PageFacts) -> Iterator[Verdict]:
    """Links to other stories between the paragraphs of this one."""
    for number, block in enumerate(blocks):
        if not isinstance(block, Paragraph | Heading):
            continue
        share, line = linked(block), text(block)
        if share > 0.4 and len(line) < 300 and _RELATED.match(line):
            yield Verdict(number, "leads to another story")
        elif isinstance(block, Paragraph) and share > 0.95 and line.isupper() and len(line) > 20:
            yield Verdict(number, "a link in capitals")


def notices(blocks: Sequence[Block], page: PageFacts) -> Iterator[Verdict]:
    """Labels of buttons and boxes, and calls to sign up."""
    for number, block in enumerate(blocks):
        if not isinstance(block, Paragraph | Heading):
            continue
        line = text(block)
        if _NOTICE.match(line):
            yield Verdict(number, "a label, not a sentence")
        elif len(line) < _LONGESTCALL and linked(block) > 0.25 and CALL.search(line):
            yield Verdict(number, "a call to sign up or follow")
