"""What stands beside a link on a section page: its date, a teaser, a picture."""

import re
from datetime import datetime

from lxml.html import HtmlElement

from tui.domain.text import clean_line
from tui.domain.urls import safe_url
from tui.fetching.feeds.dates import parse_date
from tui.fetching.feeds.markup import SUMMARY_LIMIT

_IN_ADDRESS = re.compile(r"/((?:19|20)\d{2})[/-](\d{1,2})[/-](\d{1,2})(?=[/-]|$)")
_DATED = re.compile(r"date|time|publi|stamp|when|posted", re.IGNORECASE)
_LONGEST_CARD = 3000  # characters; more is no longer beside the link


def card_of(link: HtmlElement, siblings: frozenset[HtmlElement]) -> HtmlElement:
    """The largest element around `link` that holds none of the other headlines, `siblings`."""
    card = link
    for parent in link.iterancestors():
        if parent.tag in ("body", "main", "html"):
            break
        if any(other is not link and other in siblings for other in parent.iter("a")):
            break
        card = parent
    return card


def date_of(card: HtmlElement, url: str) -> datetime | None:
    """The date in `card`, by <time>, by an element whose name says so, or in the address."""
    for element in card.iter("time"):
        text = element.get("datetime") or element.text_content()
        if found := parse_date(text):
            return found
    for element in card.iter():
        if isinstance(element.tag, str) and _DATED.search(element.get("class") or ""):
            given = element.get("datetime") or element.get("data-date") or element.get("content")
            if found := parse_date(given or element.text_content()[:80]):
                return found
    return _date_in(url)


def _date_in(url: str) -> datetime | None:
    found = _IN_ADDRESS.search(url)
    return parse_date("-".join(found.groups())) if found else None


def teaser_of(card: HtmlElement, title: str) -> str:
    """The longest paragraph of `card` that is not the headline."""
    texts = [clean_line(p.text_content(), SUMMARY_LIMIT) for p in card.iter("p", "dd")]
    texts = [text for text in texts if len(text) > 40 and not text.startswith(title)]
    return max(texts, key=len, default="")


def picture_of(card: HtmlElement, base: str) -> str:
    """The first picture of `card` that is not inlined."""
    for image in card.iter("img"):
        source = image.get("data-src") or image.get("src") or ""
        if address := safe_url(source, base):
            return address
    return ""
