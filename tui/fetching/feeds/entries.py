"""One entry of RSS, RDF or Atom: what feedparser found, put into our words."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import unquote, urlsplit

from tui.domain.feeds import Enclosure, ParsedEntry
from tui.domain.text import clean_line
from tui.domain.urls import safe_url
from tui.fetching.feeds.dates import parse_date
from tui.fetching.feeds.identity import entry_id
from tui.fetching.feeds.markup import (
    absolute_links,
    first_words,
    paragraphs,
    plain_text,
    text_as_html,
    title_line,
)

Raw = Mapping[str, Any]

CONTENT_LIMIT = 1_000_000  # characters of HTML
_MOST_TAGS, _MOST_ENCLOSURES = 32, 32
_ADDRESS_FIRST = re.compile(r"(?:mailto:)?[^\s@]+@[^\s@]+\s*\((.+)\)")
_NAME_FIRST = re.compile(r"([^<(@]+?)\s*[<(][^\s@]+@[^\s@]+[>)]")
_HTML = ("text/html", "application/xhtml+xml")


def entry_from(raw: Raw, base: str, author: str = "", *, atom: bool) -> ParsedEntry:
    """The entry in `raw`; relative links are joined with `base`, `author` is the feed's own."""
    link = safe_url(_text(raw, "link"), base)
    content, summary = _texts(raw, link or base)
    own_title = title_of(raw, atom=atom)
    published, updated, date = _dates(raw)
    enclosures = _enclosures(raw, base)
    return ParsedEntry(
        id=entry_id(_text(raw, "id"), link, own_title, date, summary),
        title=own_title or first_words(summary) or named_after(link, enclosures),
        link=link,
        published=published or updated,
        updated=updated,
        author=author_of(raw) or author_of(raw.get("source") or {}) or author,
        summary=summary,
        content=content,
        lang=_language(raw),
        tags=_tags(raw),
        comments=safe_url(_text(raw, "comments"), base),
        image=_image(raw, base),
        enclosures=enclosures,
    )


def named_after(link: str, enclosures: Sequence[Enclosure]) -> str:
    """A title for what has no words at all: its file's name, or what its address ends in."""
    url = unquote(urlsplit(enclosures[0].url if enclosures else link).path).rstrip("/")
    return clean_line(url.rpartition("/")[2] or link.partition("//")[2], 90)


def title_of(raw: Raw, *, atom: bool) -> str:
    """The title of an entry or a feed as plain text."""
    detail = raw.get("title_detail") or {}
    is_html = atom and detail.get("type") in _HTML
    # Some podcasts have a title only in iTunes' own element.
    return title_line(_text(raw, "title") or _text(raw, "itunes_title"), is_html=is_html)


def _text(raw: Raw, key: str) -> str:
    value = dict.get(raw, key) if isinstance(raw, dict) else raw.get(key)
    return value if isinstance(value, str) else ""


def _dates(raw: Raw) -> tuple[Any, Any, str]:
    """Published, updated, and the first date as it is written."""
    written = [_text(raw, key) for key in ("published", "created", "updated")]
    first = next((parsed for text in written[:2] if (parsed := parse_date(text))), None)
    return first, parse_date(written[2]), next(filter(None, written), "")


def _texts(raw: Raw, base: str) -> tuple[str, str]:
    """The longest text as HTML, and the summary as plain text."""
    written = _text(raw, "summary") or _text(raw, "subtitle")
    summary = _as_html(raw.get("summary_detail") or {"value": written}, base)
    contents = [_as_html(part, base) for part in raw.get("content", ())]
    content = max([*contents, summary], key=len)[:CONTENT_LIMIT]
    return content, plain_text(summary) or plain_text(content)


def _as_html(part: Raw, base: str) -> str:
    value = str(part.get("value") or "")
    kind = str(part.get("type") or "text/html")
    if kind not in _HTML and kind.startswith("text/"):
        return text_as_html(value[:CONTENT_LIMIT])
    if kind not in _HTML and not kind.endswith("xml"):
        return ""  # a picture or a file in base64
    base = safe_url(str(part.get("base") or ""), base) or base
    return absolute_links(paragraphs(value[:CONTENT_LIMIT]), base)


def author_of(raw: Raw) -> str:
    """The names of those who wrote an entry or a feed, on one line."""
    people = [person for person in raw.get("authors", ()) if person]
    names = [title_line(str(p.get("name") or p.get("email") or "")) for p in people]
    names = list(dict.fromkeys(filter(None, names)))
    return clean_line(", ".join(names) or title_line(_text(raw, "author")), 300)


def person(text: str) -> str:
    """The name in "Ada <ada@paper.example>" and "ada@paper.example (Ada)"; else all of `text`."""
    line = clean_line(text, 200)
    found = _ADDRESS_FIRST.fullmatch(line) or _NAME_FIRST.fullmatch(line)
    return found[1].strip("\"' ") if found else line


def _language(raw: Raw) -> str:
    parts = [
        *raw.get("content", ()),
        raw.get("summary_detail") or {},
        raw.get("title_detail") or {},
    ]
    return clean_line(next((str(p["language"]) for p in parts if p.get("language")), ""), 35)


def _tags(raw: Raw) -> tuple[str, ...]:
    terms = (tag.get("label") or tag.get("term") or "" for tag in raw.get("tags", ()))
    lines = (title_line(str(term))[:100] for term in terms)
    return tuple(dict.fromkeys(filter(None, lines)))[:_MOST_TAGS]


def _image(raw: Raw, base: str) -> str:
    thumbnails = [str(t.get("url") or "") for t in raw.get("media_thumbnail", ())]
    media = [str(m.get("url") or "") for m in raw.get("media_content", ()) if _is_image(m)]
    image = raw.get("image") or {}
    own = [str(image.get("href") or image.get("url") or "")] if isinstance(image, dict) else []
    files = [str(e.get("href") or "") for e in _enclosed(raw) if _is_image(e)]
    urls = (safe_url(url, base) for url in [*thumbnails, *media, *own, *files])
    return next(filter(None, urls), "")


def _is_image(media: Raw) -> bool:
    return media.get("medium") == "image" or str(media.get("type") or "").startswith("image/")


def _enclosed(raw: Raw) -> Iterable[Raw]:
    return (link for link in raw.get("links", ()) if link.get("rel") == "enclosure")


def _enclosures(raw: Raw, base: str) -> tuple[Enclosure, ...]:
    media = (m for m in raw.get("media_content", ()) if m.get("url") and not _is_image(m))
    files = [
        *((e.get("href"), e.get("type"), e.get("length")) for e in _enclosed(raw)),
        *((m.get("url"), m.get("type"), m.get("filesize")) for m in media),
    ]
    found: dict[str, Enclosure] = {}
    for href, kind, length in files:
        url = safe_url(str(href or ""), base)
        if url and url not in found:
            found[url] = Enclosure(url, clean_line(str(kind or ""), 100), _length(length))
    return tuple(found.values())[:_MOST_ENCLOSURES]


def _length(value: object) -> int:
    digits = str(value or "").strip()
    return int(digits) if digits.isdecimal() and len(digits) < 15 else 0
