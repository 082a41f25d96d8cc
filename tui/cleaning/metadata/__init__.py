"""What a page says about itself. JSON-LD first, then meta tags, microdata and hCard, then the page.

The order of sources for title, byline, excerpt and site is the one that Mozilla's reader view
documents (JSON-LD, then Dublin Core, Open Graph, Weibo, plain and Twitter names), so that the two
show the same for the same page.
"""

import unicodedata
from dataclasses import dataclass
from datetime import datetime

from lxml.html import HtmlElement

from tui.cleaning.metadata import dates, jsonld, names, title
from tui.cleaning.metadata.meta import Meta
from tui.cleaning.metadata.pages import next_page
from tui.cleaning.tree import elements
from tui.domain.text import clean_line
from tui.domain.urls import safe_url, strip_tracking

_RTL = ("ar", "fa", "he", "ur", "yi", "ps", "sd", "ug", "dv", "ckb")


@dataclass(frozen=True, slots=True)
class Metadata:
    """The facts, clean; "" and () where the page says nothing. `free` False: behind a paywall."""

    title: str = ""
    bylines: tuple[str, ...] = ()
    excerpt: str = ""
    site_name: str = ""
    published: datetime | None = None
    modified: datetime | None = None
    lang: str = ""
    dir: str = "ltr"
    lead_image: str = ""
    section: str = ""
    tags: tuple[str, ...] = ()
    canonical_url: str = ""
    next_page: str = ""
    free: bool = True
    kind: str = ""
    body: str = ""
    words: int = 0


def read(root: HtmlElement, url: str) -> Metadata:
    """All facts of the page `root`, which must still have its scripts."""
    meta = Meta(root)
    found = jsonld.nodes(root)
    node = jsonld.article(found)
    site = _site(node, meta, found)
    base = base_of(root, url)
    kinds = jsonld.types(node)
    return Metadata(
        title=title.headline(_titles(node, meta), root, site),
        bylines=_bylines(node, meta, root),
        excerpt=clean_line(
            jsonld.text(node.get("description")) or meta.first(*_DESCRIPTIONS), 1000
        ),
        site_name=site,
        published=_published(node, meta, root),
        modified=_modified(node, meta),
        lang=_lang(root, node, meta),
        dir=_dir(root, meta),
        lead_image=_image(node, meta, base),
        section=clean_line(
            jsonld.text(node.get("articleSection")) or meta.first("article:section"), 80
        ),
        tags=_tags(node, meta),
        canonical_url=_canonical(root, meta, base),
        next_page=next_page(root, base),
        free=str(node.get("isAccessibleForFree", "true")).lower() not in ("false", "no"),
        kind=kinds[0] if kinds else meta.first("og:type"),
        body=jsonld.text(node.get("articleBody")),
        words=_words(node),
    )


_TITLES = (
    "dc:title",
    "dcterm:title",
    "dcterms:title",
    "og:title",
    "weibo:article:title",
    "weibo:webpage:title",
    "title",
    "twitter:title",
    "parsely-title",
)
_DESCRIPTIONS: tuple[str, ...] = (
    "dc:description",
    "dcterm:description",
    "dcterms:description",
    "og:description",
    "weibo:article:description",
    "weibo:webpage:description",
    "description",
    "twitter:description",
)
_AUTHORS = (
    "dc:creator",
    "dcterm:creator",
    "dcterms:creator",
    "author",
    "parsely-author",
    "article:author",
    "byl",
    "sailthru.author",
    "twitter:creator",
)
_PUBLISHED = (
    "article:published_time",
    "parsely-pub-date",
    "datepublished",
    "dc:date",
    "dc:created",
    "dcterms:created",
    "dc:date.issued",
    "dcterms:date",
    "date",
    "pubdate",
    "publish-date",
    "sailthru.date",
    "article.published",
    "og:published_time",
    "cxenseparse:recs:publishtime",
)
_DATED = elements(
    "//time | //*[self::span or self::abbr or self::meta]"
    "[contains(@itemprop, 'datePublished') or contains(@itemprop, 'pubdate')]"
)
_MODIFIED = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "last-modified",
    "dcterms:modified",
)


def _titles(node: jsonld.Node, meta: Meta) -> list[str]:
    headline, name = jsonld.text(node.get("headline")), jsonld.text(node.get("name"))
    if headline and name and headline != name:
        # Both are used for the headline, and either for something else: the page's title decides.
        shown = title.key(meta.first(*_TITLES) or meta.title)
        if title.key(name) in shown and title.key(headline) not in shown:
            headline = name
    return [headline or name, meta.first(*_TITLES)]


def _bylines(node: jsonld.Node, meta: Meta, root: HtmlElement) -> tuple[str, ...]:
    declared = (
        names.names(jsonld.texts(node.get("author")))
        or names.names(meta.all(*_AUTHORS))
        or names.names(jsonld.texts(node.get("creator")))
    )
    if not declared or names.are_logins(declared):
        return names.in_page(root) or declared
    return declared


def _site(node: jsonld.Node, meta: Meta, found: list[jsonld.Node]) -> str:
    publisher = node.get("publisher")
    name = jsonld.text(publisher) if isinstance(publisher, dict | list) else ""
    if name.startswith("http") or not name:
        known = {n.get("@id"): n for n in found if "@id" in n}
        linked = known.get(publisher.get("@id")) if isinstance(publisher, dict) else None
        name = jsonld.text(linked.get("name")) if linked else ""
    return clean_line(name or meta.first("og:site_name") or meta.first("application-name"), 100)


def _published(node: jsonld.Node, meta: Meta, root: HtmlElement) -> datetime | None:
    declared = [node.get("datePublished"), *meta.each(*_PUBLISHED), node.get("dateCreated")]
    for value in declared:
        if found := dates.parse(value):
            return found
    for element in _DATED(root):
        value = element.get("datetime") or element.get("content") or element.get("title") or ""
        if found := dates.parse(value or (element.text or "")):
            return found
    return None


def _modified(node: jsonld.Node, meta: Meta) -> datetime | None:
    values = [node.get("dateModified"), *meta.each(*_MODIFIED)]
    return next((found for v in values if (found := dates.parse(v))), None)


def _lang(root: HtmlElement, node: jsonld.Node, meta: Meta) -> str:
    own = root.get("lang") or root.get("xml:lang") or meta.first("content-language")
    value = (
        own
        or jsonld.text(node.get("inLanguage"))
        or meta.first("og:locale", "language", "dc:language")
    )
    value = clean_line(value.split(",")[0], 35).replace("_", "-")
    language, *rest = value.split("-")
    if not value.replace("-", "").isalnum() or not value.isascii():
        return ""
    # "DE", "en-us": cases as RFC 5646 (2.1.1) writes them.
    return "-".join([language.lower(), *(p.upper() if len(p) == 2 else p for p in rest)])


def _dir(root: HtmlElement, meta: Meta) -> str:
    body = root.find("body")
    for element in (body, root):
        value = (element.get("dir") or "").strip().lower() if element is not None else ""
        if value in ("ltr", "rtl"):
            return value
    primary = (root.get("lang") or meta.first("content-language")).lower().split("-")[0]
    return "rtl" if primary in _RTL or (not primary and _runs_left(meta.title)) else "ltr"


def _runs_left(line: str) -> bool:
    """True if most letters of `line` are of a script that runs from right to left."""
    kinds = [unicodedata.bidirectional(c) for c in line[:200]]
    return kinds.count("R") + kinds.count("AL") > kinds.count("L")


def _image(node: jsonld.Node, meta: Meta, base: str) -> str:
    return safe_url(
        meta.first("og:image", "og:image:url", "twitter:image", "twitter:image:src"), base
    ) or safe_url(jsonld.address(node.get("image")), base)


def _words(node: jsonld.Node) -> int:
    value = str(node.get("wordCount") or "").strip()
    return int(value) if value.isdigit() and len(value) < 7 else 0


def _tags(node: jsonld.Node, meta: Meta) -> tuple[str, ...]:
    words = meta.all("article:tag")
    if not words:
        raw = jsonld.texts(node.get("keywords")) or meta.all("news_keywords", "keywords")
        words = [w for value in raw for w in value.split(",")]
    cleaned = (clean_line(w, 60) for w in words)
    return tuple(dict.fromkeys(w for w in cleaned if w))[:20]


def base_of(root: HtmlElement, url: str) -> str:
    """What the page's relative links are relative to."""
    element = next(root.iter("base"), None)
    return (safe_url(element.get("href") or "", url) if element is not None else "") or url


def _canonical(root: HtmlElement, meta: Meta, base: str) -> str:
    for element in root.iter("link"):
        if "canonical" in (element.get("rel") or "").lower().split():
            return strip_tracking(safe_url(element.get("href") or "", base))
    return strip_tracking(safe_url(meta.first("og:url"), base))
