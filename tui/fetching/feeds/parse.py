"""The chain: bytes to a `ParsedFeed`, in this process and without network.

decode | JSON Feed, or section page, or repair and feedparser; HTML tells its feeds and is refused
"""

import re
from dataclasses import replace

from tui.domain.errors import NotAFeed, ParseError
from tui.domain.feeds import Feed, Page, ParsedFeed
from tui.domain.text import clean_line
from tui.fetching.feeds.bounds import BYTES, cut
from tui.fetching.feeds.decode import decode
from tui.fetching.sections.address import Section, section_of

_FEED_ROOT = re.compile(r"<(?:[\w.-]+:)?(rss|feed|rdf|channel)[\s>/]", re.IGNORECASE)
_OTHER_ROOT = re.compile(
    r"<!doctype\s+(html)|<(?:[\w.-]+:)?(html|head|body|opml|urlset|sitemapindex)[\s>/]",
    re.IGNORECASE,
)
_LOOKED_AT = 100_000  # characters in which a document must show what it is


def parse(page: Page, feed: Feed | None = None, *, url: str = "") -> ParsedFeed:
    """Read `page` as the document of `feed`; `url` replaces the page's own address.

    Raises ParseError, and NotAFeed with the feeds that a page links to.
    """
    address = url or page.url
    if not page.body.strip():
        raise ParseError("the document is empty")
    text = decode(page.body[:BYTES], page.headers.get("content-type", "")).text
    if read := _not_xml(text, address, section_of(feed)):
        return read
    from tui.fetching.feeds.xmlfeed import read_xml

    language = page.headers.get("content-language", "").split(",")[0].strip()
    text, long = cut(text, short=len(page.body) > BYTES)
    parsed = read_xml(text, address, language)
    return replace(parsed, warning=long) if long else parsed


def _not_xml(text: str, url: str, section: Section | None) -> ParsedFeed | None:
    """The feed in `text` where it is none of RSS, RDF and Atom. Raises ParseError."""
    start = text.lstrip("\ufeff \t\r\n")
    if start[:1] in ("{", "["):
        from tui.fetching.feeds.jsonfeed import read_json

        return read_json(start, url)
    kind = root_of(text)
    if kind == "urlset" or (kind == "html" and section):
        from tui.fetching.sections.read import read_section

        return read_section(text, url, section.selector if section else "")
    if kind == "html":
        from tui.fetching.discovery.html import feeds_in

        urls = [candidate.url for candidate in feeds_in(text, url)]
        hint = f"; it links to {clean_line(urls[0], 120)}" if urls else ""
        raise NotAFeed(f"this is a web page, not a feed{hint}", alternates=urls)
    if kind == "opml":
        raise ParseError("this is a list of feeds (OPML): use `broadsheet import`")
    if kind == "sitemapindex":
        raise ParseError("this is a list of sitemaps, not a feed")
    return None


def root_of(text: str) -> str:
    """What the document is by its first telling tag: "rss", "feed", "html", "opml", ... or ""."""
    head = text[:_LOOKED_AT]
    feed, other = _FEED_ROOT.search(head), _OTHER_ROOT.search(head)
    if other and not (feed and feed.start() < other.start()):
        return (other[1] or other[2]).lower().replace("head", "html").replace("body", "html")
    return feed[1].lower() if feed else ""
