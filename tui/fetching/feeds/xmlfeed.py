"""RSS 0.9x, 1.0 and 2.0, RDF, Atom and CDF. feedparser reads; what it reads wrong is put right here.

Its sanitising and resolving are off (half the time, and cleaning does both later); dates are read
by `dates`, links chosen by `links`. feedparser's handlers stay as they are; its list of SAX drivers
gets `sax` as the first.
"""

import io
from dataclasses import dataclass
from typing import Any

import feedparser

from tui.domain.errors import ParseError
from tui.domain.feeds import ParsedFeed
from tui.domain.text import clean_line
from tui.domain.urls import safe_url
from tui.fetching.feeds import sax
from tui.fetching.feeds.bounds import ENTRIES
from tui.fetching.feeds.entries import Raw, author_of, entry_from, person, title_of
from tui.fetching.feeds.identity import distinct
from tui.fetching.feeds.links import Own, ambiguous, has_links, own_parts, story_link
from tui.fetching.feeds.reduce import reduced
from tui.fetching.feeds.repair import repair
from tui.fetching.feeds.timing import least_seconds, skipped_hours

_KINDS = {
    "rss090": "rdf0.9",
    "rss091n": "rss0.91",
    "rss091u": "rss0.91",
    "rss092": "rss0.92",
    "rss093": "rss0.93",
    "rss094": "rss0.94",
    "rss20": "rss2.0",
    "rss10": "rdf1.0",
    "atom01": "atom0.1",
    "atom02": "atom0.2",
    "atom03": "atom0.3",
    "atom10": "atom1.0",
}


if sax.__name__ not in feedparser.api.PREFERRED_XML_PARSERS:
    feedparser.api.PREFERRED_XML_PARSERS.insert(0, sax.__name__)


@dataclass(frozen=True, slots=True)
class Document:
    """What feedparser found, with the links put right; `wrong` is one line or ""."""

    version: str
    feed: dict[str, Any]
    entries: list[dict[str, Any]]
    wrong: str = ""


def read_xml(text: str, url: str, language: str = "") -> ParsedFeed:
    """The feed in `text`, which came from `url`; `language` is what the server says.

    Raises ParseError.
    """
    document = read_document(text, url, language)
    if not document.version and not document.entries:
        raise ParseError("this is no feed: there is no RSS or Atom in it")
    if document.wrong and not document.entries and not document.feed.get("title"):
        raise ParseError(
            f"the feed is damaged and there is nothing to read in it: {document.wrong}"
        )
    atom = document.version.startswith("atom")
    feed = document.feed
    site = safe_url(story_link(feed), url)
    base = url if safe_url(url) else site
    # RFC 4287, 4.2.1: the author of an Atom feed is that of its entries. RSS has no such rule.
    author = author_of(feed) if atom else ""
    entries = (entry_from(raw, base, author, atom=atom) for raw in document.entries[:ENTRIES])
    return ParsedFeed(
        url=url,
        title=title_of(feed, atom=atom),
        site_url=site,
        kind=_KINDS.get(document.version, document.version or "rss"),
        lang=clean_line(str(feed.get("language") or ""), 35),
        entries=distinct(entries),
        ttl=least_seconds(feed),
        skip_hours=skipped_hours(text),
        next_url=_related(feed, "next", base),
        hub=_related(feed, "hub", base),
        warning=f"the feed is damaged: {document.wrong}" if document.wrong else "",
    )


def read_document(text: str, url: str, language: str = "") -> Document:
    """feedparser's dictionaries for `text`, with each entry's own link and id."""
    repaired = repair(text)
    try:
        found = _parsed(repaired.xml, url, language)
    except Exception:
        # feedparser has many handlers and no net below them.
        found = _second_try(repaired.xml, url, language)
    wrong = repaired.wrong or (clean_line(str(found.get("bozo_exception", "")), 200))
    entries = [dict(entry.items()) for entry in found.entries]
    parts = own_parts(repaired.xml)
    for number, entry in enumerate(entries):
        _put_right(entry, parts[number] if len(parts) == len(entries) else Own())
    return Document(found.get("version") or "", dict(found.feed.items()), entries, wrong)


def _second_try(xml: bytes, url: str, language: str) -> Any:
    try:
        return _parsed(reduced(xml), url, language)
    except Exception as error:
        raise ParseError(f"this feed can't be read: {clean_line(str(error), 120)}") from error


def _parsed(xml: bytes, url: str, language: str) -> Any:
    headers = {"content-type": "application/xml; charset=utf-8", "content-language": language}
    # Only bases inside the document need its address here; joining costs a quarter of the time.
    if b"base=" in xml:
        headers["content-location"] = url
    return feedparser.parse(
        io.BytesIO(xml),
        response_headers=headers,
        sanitize_html=False,
        resolve_relative_uris=False,
    )


def _put_right(entry: dict[str, Any], own: Own) -> None:
    link = _resolved(own.link, entry) if own.link and ambiguous(entry) else story_link(entry)
    if own.id and not has_links(entry):
        # feedparser takes any id for an address, unless an empty <link> stands beside it.
        link = own.page
        entry.pop("link", None)
    entry |= {"link": link} if link else {}
    entry |= {"id": own.id} if own.id else {}
    if own.summary.strip() and str(entry.get("summary", "")).strip() != own.summary.strip():
        detail = {"type": "text/html", "value": own.summary}
        entry["summary_detail"] = {**entry.get("summary_detail", {}), **detail}
    entry |= {"authors": [{"name": person(text)} for text in own.authors]} if own.authors else {}


def _resolved(link: str, entry: Raw) -> str:
    """`link` as feedparser wrote it, joined with the `xml:base` around it."""
    hrefs = (str(x["href"]) for x in entry.get("links", ()) if x.get("href"))
    return next((href for href in hrefs if href.endswith(link.lstrip("./"))), link)


def _related(feed: Raw, rel: str, base: str) -> str:
    hrefs = (x.get("href") or "" for x in feed.get("links", ()) if x.get("rel") == rel)
    return safe_url(next(hrefs, ""), base)
