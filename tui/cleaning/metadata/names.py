"""Who wrote it: names out of what pages call author, without "By", titles of pages, and dates."""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import islice

from lxml.html import HtmlElement

from tui.cleaning.tree import elements, marks, text_of
from tui.domain.text import clean_line

_BY = re.compile(
    r"^\s*(?:(?:posted|written|reported|published|words|text|story|article|report|interview|erstellt|analysis|"
    r"opinion|review|photos?|von|an article)\s+)?"
    r"(?:by|von|par|por|di|da|door|av|af|от|автор|text|autor|author|auteur|redaktion|reporter)"
    r"(?:\s*[:：]\s*|\s+)",
    re.I,
)
_AND = re.compile(r"\s*(?:;|\||/|\band\b|\bund\b|\bet\b|\by\b|\be\b|&|\u3001|,)\s*")
_TITLES = re.compile(
    r"^(?:staff|reporter|correspondent|editor|writer|contributor|senior|associated|chief|columnist|"
    r"political|science|health|business|for|the|jr|sr|ph\.?d|m\.?d|(?-i:[A-Z]{2,4})|updated|published)\b\.?",
    re.I,
)
_DATE = re.compile(r"\b(?:19|20)\d\d\b|\d{1,2}:\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2}")
_ADDRESS = re.compile(r"https?://|www\.|@\w+\.\w|^@")
_MONTH = r"(?:jan|feb|m[aä]r|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz])[^\W\d_]*\.?"
# What follows a name on its line: a date, an editor, a button, an address.
_AFTER = re.compile(
    rf"(?:^|\s|[,|·•–—])(?:{_MONTH}\s+\d|\d{{1,2}}\.?\s+(?:de\s+)?{_MONTH}|\d{{1,2}}[./:-]\d|(?:19|20)\d\d\b|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|vor \d|\d+ (?:min|hours?|days?)|"
    r"(?:edited|updated|published|posted|photograph(?:s|ed|y)?) (?:by|on|at)\b|follow\b|@\w+$|\S+@\S+\.\w+$).*$",
    re.I,
)
_LEFT_OVER = re.compile(
    r"(?:[\s,|·•–—-]+(?:updated|published|posted|veröffentlicht|aktualisiert|stand|am|on|at|le|el|de|vom)[\s:]*)+$",
    re.I,
)
# What fields for an author say where nobody is named.
_NOBODY = re.compile(
    r"^(?:\w*admin(?:istrator)?|authors?|auteurs?|autor(?:en|es|a)?|posted(?: (?:on|by|in)\b.*)?|published(?: by)?|publisher|"
    r"updated|written|von|by|par|por|date|datum|follow|share|unknown|unbekannt|unbenannt|anonym(?:ous|e|us)?|veröffentlicht|"
    r"an[oó]nimo|guest|gast|root|user|webmaster|zvg|quelle|source|default|none|null|undefined|n/?a|name\s*(?:\*.*|\(.*)?|#.*|\d.*)$|"
    r"^copyright\b|©",
    re.I,
)
# A log-in, where a name is expected: one word with a digit or an underscore in it.
_LOGIN = re.compile(r"^(?=\S*[\d_])\S+$")
_IN_BRACKETS = re.compile(r"\s*[(<\[][^()<>\[\]]*(?://|@)[^()<>\[\]]*[)>\]]")
_COMMENTS = re.compile(
    r"(?:^| )comments?(?:$| |-(?:list|area|section|author|body|meta|thread|content|header|entry|form|wrap))|"
    r"(?:^| )comment-?list\b"
)
BYLINE = re.compile(
    r"\b(by-?lines?|authors?|author-?names?|dateline|written-?by|p-author|article-author|contributors?|"
    r"autor(en)?|auteurs?|signature)\b"
)
# Asked of libxml2: a walk that only looks takes ten times as long.
_CANDIDATES = elements("//*[@class or @id or @rel or @itemprop]")
_LONGEST = 100
_ROOM = 6
# A page that names more authors than this names everybody.
_MOST = 100


def names(values: Iterable[str]) -> tuple[str, ...]:
    """Names in `values`, each once, in order; addresses, dates and labels are no names."""
    found: dict[str, str] = {}
    for value in islice(values, _MOST):
        name = _cut(_IN_BRACKETS.sub("", clean_line(value, 400)))
        if not name or len(name) > _LONGEST or _ADDRESS.search(name) or _DATE.search(name):
            continue
        if _NOBODY.search(name) or ": " in name:
            continue
        found.setdefault(name.lower(), name)
    return tuple(found.values())[:_ROOM]


def _cut(line: str) -> str:
    """The name at the beginning of `line`."""
    return strip_by(_LEFT_OVER.sub("", _AFTER.sub("", line)))


def strip_by(text: str) -> str:
    """`text` without "By", "von", "par" in front."""
    return _BY.sub("", text, count=1).strip(" ,;:|·•-–—\u00a0")


def are_logins(found: tuple[str, ...]) -> bool:
    """True if these are what authors log in with, not what they are called."""
    return bool(found) and all(_LOGIN.search(name) for name in found)


def split(text: str) -> tuple[str, ...]:
    """The names in one byline: "By A. Smith and B. Jones, Staff Writers" are two."""
    text = strip_by(clean_line(text, 400))
    parts = [p for p in _AND.split(text) if p and not _TITLES.match(p)]
    if parts and all(1 < len(p.split()) <= 4 for p in parts):
        return names(parts)
    return names([text])


def in_page(root: HtmlElement) -> tuple[str, ...]:
    """The byline that a person would see: rel, microdata, hCard, then class names."""
    for element in _CANDIDATES(root):
        if not _says_author(element):
            continue
        if _is_comment(element):
            continue
        text = " ".join(" ".join(element.itertext()).split())
        if 0 < len(text) < _LONGEST and (found := split(_first_name(element) or text)):
            return found
    return ()


def _is_comment(element: HtmlElement) -> bool:
    """True for the author of a comment."""
    boxes = (up for up in (element, *element.iterancestors()) if up.tag not in ("body", "html"))
    return any(_COMMENTS.search(marks(box)) for box in boxes)


def _says_author(element: HtmlElement) -> bool:
    if element.get("rel") == "author" or "author" in (element.get("itemprop") or "").split():
        return True
    return is_byline(marks(element))


@lru_cache(maxsize=4096)
def is_byline(name: str) -> bool:
    """True if a class or id calls its element a byline."""
    return bool(BYLINE.search(name))


def _first_name(element: HtmlElement) -> str:
    """The name inside a card: itemprop name, hCard's fn, or the author's links."""
    for inner in element.iter():
        if (
            "name" in (inner.get("itemprop") or "").split()
            or "fn" in (inner.get("class") or "").split()
        ):
            return text_of(inner)
    links = [text_of(a) for a in element.iter("a") if a.get("rel") == "author"]
    return ", ".join(filter(None, links))
