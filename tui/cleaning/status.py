"""Honest status: what kind of page this was, and why we think so.

Every rule needs two signs: words that such pages use, and a page with little else on it. A long
story that mentions cookies or robots is a story.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml import etree
from lxml.html import HtmlElement

from tui.cleaning.metadata import Metadata
from tui.cleaning.steps.sift import text, unlinked
from tui.cleaning.tree import text_of
from tui.domain.blocks import Block, Paragraph, Quote, Status, count_words

_CHALLENGE = re.compile(
    r"just a moment|checking (?:your browser|if the site connection)|attention required|verify(?:ing)? (?:that )?you are (?:a )?human|"
    r"are you a robot|not a robot|unusual (?:traffic|activity)|enable javascript and cookies to continue|pardon our interruption|"
    r"please complete the security check|access (?:to this page )?(?:has been )?denied|bot (?:detection|protection)|"
    r"press (?:&|and) hold|ddos protection|security check|human verification|cloudflare ray id|reference #\d",
    re.I,
)
_CHALLENGE_MARKS = (
    "cf-chl",
    "challenge-platform",
    "challenge-form",
    "px-captcha",
    "captcha-delivery",
    "_incapsula_resource",
    "awswafcookiedomainlist",
    "ak-challenge",
)
_CONSENT = re.compile(
    r"cookie|consent|gdpr|datenschutz|privacy|einwilligung|zustimm|partners? (?:store|process)|"
    r"consentement|consentimiento|legitimate interest|vendors",
    re.I,
)
_ACCEPT = re.compile(
    r"\b(?:accept|agree|reject all|alle akzeptieren|akzeptieren|zustimmen|einverstanden|tout accepter|accepter|"
    r"aceptar|aceitar|accetta|akkoord|zgadzam|godkänn|accepteren)\b",
    re.I,
)
_CONSENT_HOST = re.compile(r"^(consent|cmp|privacy|gdpr)[.-]")
_SCRIPT = re.compile(
    r"(?:enable|requires?|turn on|needs?|without|activate|aktivieren|activer|activar|abilita)\b.{0,40}java ?script|"
    r"java ?script\b.{0,60}(?:enabled?|disabled|required|aktivier|activ|needed|abilita|deaktiv)|you need to enable",
    re.I,
)
_PAYWALL = re.compile(
    r"(?:to|and) (?:continue|keep) reading|subscribe (?:to|now|for|and|today)|subscribers? only|for subscribers|already (?:a |have a )?(?:subscriber|subscription|member)|"
    r"(?:free|remaining|premium) articles?|this (?:article|content|story) is (?:for|only|exclusive|reserved|available)|log ?in (?:to|or)|sign in to (?:read|continue)|"
    r"become a (?:subscriber|member)|unlock this|start your (?:free )?trial|register (?:for free )?to|paywall|"
    r"jetzt (?:abonnieren|weiterlesen|testen|freischalten)|weiterlesen mit|(?:nur )?für abonnenten|plus-?(?:artikel|abo)|wählen sie ihren zugang|digital-?abo|"
    r"réservé aux abonnés|abonnez-vous|il vous reste|suscr[ií]b|solo para suscriptores|contenuto riservato|abbonati|dla subskrybentów|kup dostęp",
    re.I,
)
_WALL = re.compile(
    r"(?:subscribe|sign (?:in|up)|log ?in|register|join)\b.{0,40}\b(?:continue|keep|finish) reading|"
    r"to (?:continue|keep) reading.{0,60}(?:subscri|sign|log|regist)|already a subscriber|"
    r"this (?:article|content|story) is (?:only |exclusively )?(?:for|reserved for|available to) (?:subscribers|members)|"
    r"weiterlesen mit|wählen sie ihren zugang|nur für abonnenten|réservé aux abonnés|solo para suscriptores",
    re.I,
)
_CUT = re.compile(
    r"(?:…|\.\.\.|\[(?:…|\.\.\.)\]|read more|continue reading|weiterlesen|mehr lesen|lire la suite|leer más)\W*$",
    re.I,
)
_EMPTY_APP = etree.XPath(
    "//*[@id='root' or @id='app' or @id='__next' or @id='__nuxt' or @id='main-app' or self::app-root]"
)
_LITTLE = 1500
_STUB = 2500
_WALL_TEXT = 3000
_HEADLINE = 25
_FEW = 300
_MARKUP_WINDOW = 400_000


@dataclass(frozen=True, slots=True)
class Signs:
    """What is asked of the raw page, before steps take things away."""

    challenge: str = ""
    consent: int = 0
    script: str = ""
    paywall: bool = False
    wall: bool = False
    headlines: int = 0  # links whose text is as long as a headline
    front: bool = False


def signs(root: HtmlElement, markup: str, url: str) -> Signs:
    """Read the signs of the page `root`, parsed from `markup`; its scripts are out already."""
    body = root.find("body")
    shown = text_of(body if body is not None else root)
    title = next((text_of(e) for e in root.iter("title")), "")
    small = len(shown) < _LITTLE
    challenge = _CHALLENGE.search(f"{title} {shown}") if small else None
    lower = markup[:_MARKUP_WINDOW].lower() if small else ""
    mark = next((m for m in _CHALLENGE_MARKS if m in lower), "")
    plea = _SCRIPT.search(lower) if small else None
    apps = _EMPTY_APP(root) if small else []
    parts = urlsplit(url)
    asks = bool(_ACCEPT.search(shown)) or bool(_CONSENT_HOST.match(parts.netloc))
    return Signs(
        challenge=challenge[0] if challenge and (mark or len(shown) < 600) else mark,
        consent=len(_CONSENT.findall(shown)) if asks else 0,
        script=plea[0] if plea else "an empty application frame" if apps else "",
        paywall=bool(_PAYWALL.search(shown)),
        wall=bool(_WALL.search(shown)),
        headlines=sum(1 for a in root.iter("a") if len(text_of(a)) >= _HEADLINE),
        front=bool(url) and parts.path in ("", "/", "/index.html"),
    )


def judge(
    blocks: Sequence[Block], facts: Metadata, seen: Signs, http_status: int
) -> tuple[Status, str]:
    """The status of what was found, with the reason in a few words."""
    if http_status in (404, 410):
        return Status.GONE, f"the server answered {http_status}"
    size = sum(unlinked(block) for block in blocks)
    if seen.challenge and size < _LITTLE:
        return Status.CHALLENGE, f"“{seen.challenge}”"
    if _is_consent(blocks, seen, size) and not _is_article(facts):
        return Status.CONSENT, "nearly all of its text is about cookies and consent"
    if seen.script and size < 300:
        return Status.SCRIPT, seen.script
    if why := _paywall(blocks, facts, seen, size):
        return Status.PAYWALL, why
    if why := _index(blocks, facts, seen):
        return Status.INDEX, why
    if why := _teaser(blocks, facts, size):
        return Status.TEASER, why
    return Status.FULL, ""


def _is_consent(blocks: Sequence[Block], seen: Signs, size: int) -> bool:
    about = sum(unlinked(b) for b in blocks if _CONSENT.search(text(b)))
    return size > 0 and seen.consent >= 4 and size < _WALL_TEXT and about > 0.6 * size


def _paywall(blocks: Sequence[Block], facts: Metadata, seen: Signs, size: int) -> str:
    if not facts.free and size < (_STUB if seen.paywall else _LITTLE):
        return "marked as not free, and short"
    last = [text(block) for block in blocks if text(block)][-3:]
    if size < _STUB and any(len(line) < 400 and _PAYWALL.search(line) for line in last):
        return "it ends in an offer to subscribe"
    if size < _LITTLE and seen.wall:
        return "short, and the page asks to subscribe before reading on"
    if size < _LITTLE / 2 and seen.paywall and not any(map(_ends, last[-1:])):
        return "short, and the page offers a subscription"
    return ""


def _ends(line: str) -> bool:
    return line[-1:] in '.!?”"»)。'


def _index(blocks: Sequence[Block], facts: Metadata, seen: Signs) -> str:
    if _is_article(facts):
        return ""
    if seen.front and seen.headlines >= 20:
        return "the front page of a site"
    alone = sum(unlinked(b) for b in blocks if isinstance(b, Paragraph | Quote) and _ends(text(b)))
    if seen.headlines >= 25 and alone < _FEW:
        return f"{seen.headlines} links to stories and little text"
    return ""


def _is_article(facts: Metadata) -> bool:
    return facts.published is not None and facts.kind.lower() not in ("website", "")


def _teaser(blocks: Sequence[Block], facts: Metadata, size: int) -> str:
    lines = [text(block) for block in blocks if isinstance(block, Paragraph) and text(block)]
    if lines and size < _LITTLE and _CUT.search(lines[-1]):
        return "it breaks off"
    words = count_words(" ".join(text(block) for block in blocks))
    if facts.words > 100 and words < 0.5 * facts.words:
        return f"{words} of {facts.words} words"
    if 0 < size < 200 and len(facts.body) > 3 * size:
        return "the page says that it has more"
    return ""
