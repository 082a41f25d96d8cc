"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/), and RSS written as JSON.

Feeds put numbers, lists and null where the specification has text. Ids, titles and dates may be
numbers; what else has the wrong type counts as absent.
"""

import json
from collections.abc import Iterable
from typing import Any

from tui.domain.errors import ParseError
from tui.domain.feeds import Enclosure, ParsedEntry, ParsedFeed
from tui.domain.text import clean_line
from tui.domain.urls import safe_url
from tui.fetching.feeds.bounds import ENTRIES
from tui.fetching.feeds.dates import parse_date
from tui.fetching.feeds.entries import CONTENT_LIMIT, named_after
from tui.fetching.feeds.identity import distinct, entry_id
from tui.fetching.feeds.markup import (
    absolute_links,
    first_words,
    plain_text,
    text_as_html,
    title_line,
)
from tui.fetching.feeds.timing import least_seconds

Object = dict[str, Any]


def read_json(text: str, url: str) -> ParsedFeed:
    """The feed in `text`, which came from `url`. Raises ParseError."""
    try:
        value = json.loads(text, strict=False)
    except (ValueError, RecursionError) as error:
        raise ParseError(f"this JSON can't be read: {clean_line(str(error), 120)}") from error
    if not isinstance(value, dict):
        raise ParseError("this JSON is no feed: it is not an object")
    if isinstance(channel := _object(value.get("rss")).get("channel"), dict):
        return _rss(channel, url)
    version = _text(value, "version")
    if "jsonfeed.org" not in version and not isinstance(value.get("items"), list):
        raise ParseError("this JSON is no feed: it has neither version nor items")
    return _json_feed(value, url)


def _json_feed(feed: Object, url: str) -> ParsedFeed:
    site = safe_url(_text(feed, "home_page_url"), url)
    base = url if safe_url(url) else site
    lang = clean_line(_text(feed, "language"), 35)
    entries = (_entry(item, base, feed) for item in _objects(feed.get("items"))[:ENTRIES])
    return ParsedFeed(
        url=url,
        title=title_line(_text(feed, "title")),
        site_url=site,
        kind="jsonfeed",
        lang=lang,
        entries=distinct(entries),
        next_url=safe_url(_text(feed, "next_url"), base),
        hub=safe_url(next((_text(h, "url") for h in _objects(feed.get("hubs"))), ""), base),
    )


def _entry(item: Object, base: str, feed: Object) -> ParsedEntry:
    link = safe_url(_text(item, "url"), base) or safe_url(_text(item, "external_url"), base)
    content = _text(item, "content_html")[:CONTENT_LIMIT] or text_as_html(
        _text(item, "content_text")
    )
    summary = plain_text(text_as_html(_text(item, "summary"))) or plain_text(content)
    title, date = (_text_or_number(item, key) for key in ("title", "date_published"))
    title = title_line(title)
    updated = parse_date(_text_or_number(item, "date_modified"))
    files = tuple(_attachments(item, base))
    return ParsedEntry(
        id=entry_id(_text_or_number(item, "id"), link, title, date, summary),
        title=title or first_words(summary) or named_after(link, files),
        link=link,
        published=parse_date(date) or updated,
        updated=updated,
        author=_authors(item) or _authors(feed),
        summary=summary,
        content=absolute_links(content, link or base),
        lang=clean_line(_text(item, "language"), 35),
        tags=_tags(item.get("tags")),
        image=safe_url(_text(item, "image"), base) or safe_url(_text(item, "banner_image"), base),
        enclosures=files,
    )


def _authors(owner: Object) -> str:
    people = [*_objects(owner.get("authors")), *_objects([owner.get("author")])]
    names = [clean_line(_text(p, "name"), 100) or _address(_text(p, "url")) for p in people]
    names += [clean_line(_text(owner, "author"), 100)]
    return clean_line(", ".join(dict.fromkeys(filter(None, names))), 300)


def _address(url: str) -> str:
    return clean_line(url.removeprefix("mailto:"), 100) if url.startswith("mailto:") else ""


def _tags(value: object) -> tuple[str, ...]:
    tags = value if isinstance(value, list) else []
    lines = (clean_line(tag, 100) for tag in tags if isinstance(tag, str))
    return tuple(dict.fromkeys(filter(None, lines)))[:32]


def _attachments(item: Object, base: str) -> Iterable[Enclosure]:
    for attachment in _objects(item.get("attachments")):
        url = safe_url(_text(attachment, "url"), base)
        size = attachment.get("size_in_bytes")
        length = int(size) if isinstance(size, int | float) and 0 < size < 1e15 else 0
        if url:
            yield Enclosure(url, clean_line(_text(attachment, "mime_type"), 100), length)


def _rss(channel: Object, url: str) -> ParsedFeed:
    """RSS's own elements as members; an element that repeats is a list, text may be "#value"."""
    site = safe_url(_value(channel, "link"), url)
    base = url if safe_url(url) else site
    items = channel.get("item")
    objects = _objects(items if isinstance(items, list) else [items])
    entries = (_rss_entry(item, base) for item in objects[:ENTRIES])
    return ParsedFeed(
        url=url,
        title=title_line(_value(channel, "title")),
        site_url=site,
        kind="rss2.0",
        lang=clean_line(_value(channel, "language"), 35),
        entries=distinct(entries),
        ttl=least_seconds(channel),
    )


def _rss_entry(item: Object, base: str) -> ParsedEntry:
    guid = item.get("guid")
    permanent = not (isinstance(guid, dict) and str(guid.get("isPermaLink")).lower() == "false")
    own = _value(item, "guid")
    link = safe_url(_value(item, "link"), base) or (safe_url(own) if permanent else "")
    content = _value(item, "content:encoded") or _value(item, "description")
    summary = plain_text(_value(item, "description") or content)
    title, date = title_line(_value(item, "title")), _value(item, "pubDate")
    enclosure = _object(item.get("enclosure"))
    file = safe_url(_text(enclosure, "url"), base)
    return ParsedEntry(
        id=entry_id(own, link, title, date, summary),
        title=title or first_words(summary),
        link=link,
        published=parse_date(date),
        author=clean_line(_value(item, "author") or _value(item, "dc:creator"), 300),
        summary=summary,
        content=absolute_links(content[:CONTENT_LIMIT], link or base),
        comments=safe_url(_value(item, "comments"), base),
        enclosures=(Enclosure(file, clean_line(_text(enclosure, "type"), 100)),) if file else (),
    )


def _value(owner: Object, key: str) -> str:
    value = owner.get(key)
    return _text(value, "#value") if isinstance(value, dict) else _text(owner, key)


def _text(owner: Object, key: str) -> str:
    value = owner.get(key)
    return value if isinstance(value, str) else ""


def _text_or_number(owner: Object, key: str) -> str:
    """A member as text; 7 is the same id as 7.0 and "7"."""
    value = owner.get(key)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(int(value) if isinstance(value, float) and value.is_integer() else value)


def _object(value: object) -> Object:
    return value if isinstance(value, dict) else {}


def _objects(value: object) -> list[Object]:
    return [part for part in value if isinstance(part, dict)] if isinstance(value, list) else []
