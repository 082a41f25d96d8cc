"""Articles that a page lists in JSON-LD: an ItemList, a Blog's posts, or a row of articles."""

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

from lxml.html import HtmlElement

from tui.domain.feeds import ParsedEntry
from tui.domain.urls import canonical_url, safe_url
from tui.fetching.feeds.dates import parse_date
from tui.fetching.feeds.markup import plain_text, title_line
from tui.fetching.sections.address import story_id

_ARTICLES = ("Article", "BlogPosting", "LiveBlogPosting", "Posting", "Review", "VideoObject")
_MEMBERS = ("itemListElement", "mainEntity", "hasPart", "blogPost", "blogPosts", "@graph", "item")
# Lists that are the site's, not the page's.
_FURNITURE = {"BreadcrumbList", "SiteNavigationElement", "FAQPage", "WebSite", "Organization"}
_DEEPEST, _MOST = 8, 300
Object = dict[str, Any]


def listed(root: HtmlElement, url: str) -> list[ParsedEntry]:
    """The entries that the page at `url` lists itself; a page about one article lists none."""
    found: dict[str, ParsedEntry] = {}
    for script in root.iter("script"):
        if (script.get("type") or "").split(";")[0].strip().lower() == "application/ld+json":
            for entry in islice(_entries(script.text or "", url), _MOST):
                found.setdefault(entry.id, entry)
    return list(found.values())


def _entries(text: str, url: str) -> Iterator[ParsedEntry]:
    try:
        value = json.loads(text.strip(), strict=False)
    except (ValueError, RecursionError):
        return
    for item in _items(value, 0):
        entry = _entry(item, url)
        if entry is not None:
            yield entry


def _items(value: Any, depth: int) -> Iterator[Object]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for part in value:
            yield from _items(part, depth + 1)
    elif isinstance(value, dict) and not _FURNITURE & set(_types(value)):
        if _is_article(value) or _is_list_item(value):
            yield value
            return
        for member in _MEMBERS:
            yield from _items(value.get(member), depth + 1)


def _types(value: Object) -> tuple[str, ...]:
    kind = value.get("@type")
    return tuple(str(k) for k in kind) if isinstance(kind, list) else (str(kind),)


def _is_article(value: Object) -> bool:
    return any(kind.endswith(_ARTICLES) for kind in _types(value))


def _is_list_item(value: Object) -> bool:
    return "ListItem" in _types(value) and not isinstance(value.get("item"), dict)


def _entry(item: Object, page: str) -> ParsedEntry | None:
    link = safe_url(_address(item), page)
    title = title_line(_text(item, "headline") or _text(item, "name"))
    if not link or not title or canonical_url(link) == canonical_url(page):
        return None
    return ParsedEntry(
        id=story_id(link),
        title=title,
        link=link,
        published=parse_date(_text(item, "datePublished")),
        updated=parse_date(_text(item, "dateModified")),
        author=title_line(_names(item.get("author"))),
        summary=plain_text(_text(item, "description")),
        image=safe_url(_picture(item.get("image")), page),
    )


def _address(item: Object) -> str:
    main = item.get("mainEntityOfPage")
    values = [item.get("url"), main, item.get("@id"), item.get("item")]
    texts = (v.get("@id") or v.get("url") if isinstance(v, dict) else v for v in values)
    return next((text for text in texts if isinstance(text, str) and text), "")


def _names(value: Any) -> str:
    people = value if isinstance(value, list) else [value]
    names = (p.get("name") if isinstance(p, dict) else p for p in people)
    return ", ".join(name for name in names if isinstance(name, str))


def _picture(value: Any) -> str:
    value = value[0] if isinstance(value, list) and value else value
    value = value.get("url") if isinstance(value, dict) else value
    return value if isinstance(value, str) else ""


def _text(item: Object, key: str) -> str:
    value = item.get(key)
    return value if isinstance(value, str) else ""
