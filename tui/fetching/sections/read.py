"""A page without a feed, read as one, by the surest way that finds something."""

from collections.abc import Sequence

from lxml import etree
from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from tui.domain.errors import ParseError
from tui.domain.feeds import ParsedEntry, ParsedFeed
from tui.domain.text import clean_line
from tui.domain.urls import safe_url, site_name
from tui.fetching.feeds.identity import distinct
from tui.fetching.sections.address import story_id
from tui.fetching.sections.headlines import Headline, headlines, link_title
from tui.fetching.sections.jsonld import listed
from tui.fetching.sections.nearby import card_of, date_of, picture_of, teaser_of
from tui.fetching.sections.sitemap import read_sitemap

FEWEST = 3  # entries that make a page a section
_LONGEST = 5_000_000  # characters of HTML


def read_section(text: str, url: str, selector: str = "") -> ParsedFeed:
    """The entries of the page or sitemap in `text`. `selector` is CSS for links, or around them.

    Entries are known by their address, so a story that stays on the page never comes back as new.
    Raises ParseError when there are none, or when the selector is no CSS.
    """
    if "<urlset" in text[:5000]:
        return read_sitemap(text, url)
    root = _tree(text)
    base = safe_url(next(iter(root.xpath("//base/@href")), ""), url) or url
    entries = _selected(root, base, selector) if selector else _found(root, base)
    if not entries:
        raise ParseError(
            f"nothing on this page matches {selector}"
            if selector
            else "no headlines were found on this page; a selector can say where they are"
        )
    return ParsedFeed(
        url=url,
        title=_title(root) or site_name(url),
        site_url=url.partition("#")[0],
        kind="section",
        lang=clean_line(root.get("lang") or "", 35),
        entries=distinct(entries),
    )


def _tree(text: str) -> HtmlElement:
    parser = HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False
    )
    try:
        return document_fromstring(text[:_LONGEST].encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise ParseError("this page can't be read") from error


def _found(root: HtmlElement, base: str) -> Sequence[ParsedEntry]:
    own = listed(root, base)
    if len(own) >= FEWEST:
        return own
    return _entries(headlines(root, base), base)


def _selected(root: HtmlElement, base: str, selector: str) -> Sequence[ParsedEntry]:
    try:
        matches = CSSSelector(selector, translator="html")(root)
    except (SyntaxError, ValueError) as error:
        raise ParseError(f"the selector {selector} is no CSS: {error}") from error
    found = [headline for match in matches if (headline := _headline(match, base))]
    return _entries(found, base)


def _headline(match: HtmlElement, base: str) -> Headline | None:
    """The link that `match` is, or the first one in it."""
    link = match if match.tag == "a" else match.find(".//a[@href]")
    if link is None:
        return None
    url, title = safe_url(link.get("href") or "", base), link_title(link) or link_title(match)
    return Headline(link, title, url, 0.0) if url and title else None


def _entries(found: Sequence[Headline], base: str) -> list[ParsedEntry]:
    links = frozenset(headline.element for headline in found)
    return [_entry(headline, links, base) for headline in found]


def _entry(headline: Headline, links: frozenset[HtmlElement], base: str) -> ParsedEntry:
    card = card_of(headline.element, links)
    date = date_of(card, headline.url)
    return ParsedEntry(
        id=story_id(headline.url),
        title=headline.title,
        link=headline.url,
        published=date,
        summary=teaser_of(card, headline.title),
        image=picture_of(card, base),
    )


def _title(root: HtmlElement) -> str:
    names = root.xpath("//meta[@property='og:title']/@content | //head/title/text()")
    return clean_line(str(names[0]), 200) if names else ""
