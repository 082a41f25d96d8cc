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
from tui.cleaning.steps.sift import linked, text, unlinked
from tui.cleaning.tree import number, text_of
from tui.domain.blocks import Block, List, Paragraph, Quote, Status, count_words

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
_HEADLINE = 25
_HEADLINES = number(f"count(//a[string-length(normalize-space(.)) >= {_HEADLINE}])")
_LITTLE = 1500
_STUB = 2500
_WALL_TEXT = 3000
_FEW = 300
_MARKUP_WINDOW = 400_000


@dataclass(frozen=True, slots=True)
class Signs:
    """What is asked of the page before steps take things away. Patterns run only when needed."""

    shown: str
    markup: str  # lower case, its beginning; "" for a page with much text
    title: str = ""
    app: bool = False
    front: bool = False
    consent_host: bool = False
    headlines: int = 0  # links whose text is as long as a headline

    @property
    def challenge(self) -> str:
        """What says that this checks for robots, or ""."""
        if not self.markup:
            return ""
        mark = next((m for m in _CHALLENGE_MARKS if m in self.markup), "")
        words = _CHALLENGE.search(f"{self.title} {self.shown}")
        return words[0] if words and (mark or len(self.shown) < 600) else mark

    @property
    def script(self) -> str:
        """What says that the page needs a script, or ""."""
        plea = _SCRIPT.search(self.markup)
        return plea[0] if plea else "an empty application frame" if self.app else ""

    @property
    def consent(self) -> int:
        """How often it speaks of consent, where it asks for one."""
        asks = self.consent_host or _ACCEPT.search(self.shown)
        return len(_CONSENT.findall(self.shown)) if asks else 0


def signs(root: HtmlElement, markup: str, url: str) -> Signs:
    """Read the signs of the page `root`, parsed from `markup`; its scripts are out already."""
    body = root.find("body")
    shown = text_of(body if body is not None else root)
    small = len(shown) < _LITTLE
    parts = urlsplit(url)
    return Signs(
        shown=shown,
        markup=markup[:_MARKUP_WINDOW].lower() if small else "",
        title=next((text_of(e) for e in root.iter("title")), ""),
        app=small and bool(_EMPTY_APP(root)),
        front=bool(url) and parts.path in ("", "/", "/index.html"),
        consent_host=bool(_CONSENT_HOST.match(parts.netloc)),
        headlines=int(_HEADLINES(root)),
    )


def judge(
    blocks: Sequence[Block], facts: Metadata, seen: Signs, http_status: int
) -> tuple[Status, str]:
    """The status of what was found, with the reason in a few words."""
    if http_status in (404, 410):
        return Status.GONE, f"the server answered {http_status}"
    size = sum(unlinked(block) for block in blocks)
    if size < _LITTLE and (sign := seen.challenge):
        return Status.CHALLENGE, f"“{sign}”"
    if _is_consent(blocks, seen, size) and not _is_article(facts):
        return Status.CONSENT, "nearly all of its text is about cookies and consent"
    if size < _FEW and (sign := seen.script):
        return Status.SCRIPT, sign
    if why := _paywall(blocks, facts, seen, size):
        return Status.PAYWALL, why
    if why := _index(blocks, facts, seen):
        return Status.INDEX, why
    if why := _teaser(blocks, facts, size):
        return Status.TEASER, why
    return Status.FULL, ""


def _is_consent(blocks: Sequence[Block], seen: Signs, size: int) -> bool:
    if not 0 < size < _WALL_TEXT:
        return False
    about = sum(unlinked(block) for block in blocks if _CONSENT.search(text(block)))
    return about > 0.6 * size and seen.consent >= 4


def _paywall(blocks: Sequence[Block], facts: Metadata, seen: Signs, size: int) -> str:
    if size >= _STUB:
        return ""
    offers = bool(_PAYWALL.search(seen.shown))
    if not facts.free and size < (_STUB if offers else _LITTLE):
        return "marked as not free, and short"
    last = [line for block in blocks if (line := text(block))][-3:]
    if any(len(line) < 400 and _PAYWALL.search(line) for line in last):
        return "it ends in an offer to subscribe"
    if size < _LITTLE and _WALL.search(seen.shown):
        return "short, and the page asks to subscribe before reading on"
    if size < _LITTLE / 2 and offers and not any(map(_ends, last[-1:])):
        return "short, and the page offers a subscription"
    return ""


def _ends(line: str) -> bool:
    return line[-1:] in '.!?”"»)。'


def _index(blocks: Sequence[Block], facts: Metadata, seen: Signs) -> str:
    if _is_article(facts):
        return ""
    if seen.front and seen.headlines >= 20:
        return "the front page of a site"
    alone = sum(unlinked(block) for block in blocks if _is_sentence(block))
    if seen.headlines >= 25 and alone < _FEW:
        return f"{seen.headlines} links to stories and little text"
    return ""


def _is_sentence(block: Block) -> bool:
    if isinstance(block, List):
        return linked(block) < 0.5
    return isinstance(block, Paragraph | Quote) and _ends(text(block))


def _is_article(facts: Metadata) -> bool:
    return facts.published is not None and facts.kind.lower() not in ("website", "")


def _teaser(blocks: Sequence[Block], facts: Metadata, size: int) -> str:
    last = next(
        (line for b in reversed(blocks) if isinstance(b, Paragraph) and (line := text(b))), ""
    )
    if size < _LITTLE and _CUT.search(last):
        return "it breaks off"
    if facts.words > 100:
        words = sum(count_words(text(block)) for block in blocks)
        if words < 0.5 * facts.words:
            return f"{words} of {facts.words} words"
    if 0 < size < 200 and len(facts.body) > 3 * size:
        return "the page says that it has more"
    return ""
