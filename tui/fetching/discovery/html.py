"""Feeds that a page links to: `rel=alternate`, else links that look like feeds."""

import html
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from tui.domain.text import clean_line
from tui.domain.urls import safe_url
from tui.fetching.feeds.markup import plain_text

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_LINK = re.compile(r"<link\b([^<>]{1,4000})>", re.IGNORECASE)
_ANCHOR = re.compile(r"<a\b([^<>]{1,4000})>(.{0,400}?)</a>", re.IGNORECASE | re.DOTALL)
_BASE = re.compile(r"<base\b([^<>]{1,2000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"""([a-zA-Z][\w:-]*)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""",
)
_TYPES = {
    "application/atom+xml": "atom",
    "application/rss+xml": "rss",
    "application/feed+json": "json",
    "application/rdf+xml": "rdf",
    "application/json": "json",
    "text/xml": "xml",
    "application/xml": "xml",
    "application/rss": "rss",
    "text/rss": "rss",
    "application/x.atom+xml": "atom",
    "application/x-atom+xml": "atom",
}
# Types of much else; only an address that looks like a feed makes one of these.
_VAGUE = ("application/json", "text/xml", "application/xml")
_FEEDISH = re.compile(
    r"(?:^|[/._=-])(?:feeds?|rss2?|atom|rdf)(?:$|[/._?&])|\.(?:rss|atom|rdf)$|/feed\.json$",
    re.IGNORECASE,
)
_NO_FEED = re.compile(r"wp-json|oembed|comments/feed|/comments?[/.]|opensearch", re.IGNORECASE)
_MOST = 50


@dataclass(frozen=True, slots=True)
class Candidate:
    """A feed that may be meant; `kind` is "rss", "atom", "json", "section", ... or ""."""

    url: str
    title: str = ""
    kind: str = ""


def feeds_in(page: str, url: str) -> list[Candidate]:
    """Feeds that `page` names, best first. Its own feeds come before those of comments."""
    page = _COMMENT.sub("", page)
    base = _base(page, url)
    named = [c for found in _LINK.finditer(page) if (c := _alternate(found[1], base))]
    if not named:
        named = [c for found in _ANCHOR.finditer(page) if (c := _anchor(found, base))]
    ranked = sorted(named, key=lambda candidate: _rank(candidate, url))
    distinct: dict[str, Candidate] = {}
    for candidate in ranked:
        distinct.setdefault(candidate.url, candidate)
    return list(distinct.values())[:_MOST]


def attributes(tag: str) -> dict[str, str]:
    """The attributes in the inside of a tag, names in lower case."""
    found = _ATTRIBUTE.findall(tag)
    return {name.lower(): html.unescape(a or b or c) for name, a, b, c in found}


def _base(page: str, url: str) -> str:
    found = _BASE.search(page)
    return safe_url(attributes(found[1]).get("href", ""), url) or url if found else url


def _alternate(tag: str, base: str) -> Candidate | None:
    given = attributes(tag)
    rels = given.get("rel", "").lower().split()
    given_type = given.get("type", "").split(";")[0].strip().lower()
    kind = _TYPES.get(given_type, "")
    link = safe_url(given.get("href", ""), base)
    if not link or not {"alternate", "feed", "service.feed"} & set(rels) or "stylesheet" in rels:
        return None
    if not kind and "feed" not in rels:
        return None
    if given_type in _VAGUE and not _FEEDISH.search(link) and "feed" not in rels:
        return None
    if re.search(r"wp-json|oembed|opensearch", link):
        return None
    return Candidate(link, clean_line(given.get("title", ""), 200), kind)


def _anchor(found: re.Match[str], base: str) -> Candidate | None:
    link = safe_url(attributes(found[1]).get("href", ""), base)
    if not link or not _FEEDISH.search(urlsplit(link).path) or _NO_FEED.search(link):
        return None
    return Candidate(link, plain_text(found[2], 200), "")


def _rank(candidate: Candidate, url: str) -> tuple[int, int, int]:
    """Comments last, then the host's own before others', then Atom and RSS before the rest."""
    words = f"{candidate.url} {candidate.title}".lower()
    comments = int("comment" in words or "kommentar" in words or "commentaire" in words)
    foreign = int(urlsplit(candidate.url).hostname != urlsplit(url).hostname)
    return comments, foreign if comments else 0, int(candidate.kind in ("json", "xml", ""))
