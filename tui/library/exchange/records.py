"""One entry as one JSON object: what the archive holds and `export --format jsonl` prints.

    feed feedTitle folder key url title author published updated fetched tags comments image
    enclosures summary content read starred queued hidden labels note text article recognition

`feed` and `key` say which entry it is; `text` is the story as plain text, for other programs;
`article` and `recognition` are null or as in `tui.domain.codec`. Read back, everything crosses the
border again: an archive is a file from outside.
"""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

from tui.domain import codec
from tui.domain.blocks import Article, Embed, Figure, Span
from tui.domain.editions import Reading
from tui.domain.feeds import Enclosure, ParsedEntry
from tui.domain.naming import Recognition
from tui.domain.text import clean, clean_line
from tui.domain.urls import safe_url
from tui.library.exchange.transfer import Incoming

Value = dict[str, Any]
T = TypeVar("T")

_LINES = ("url", "title", "author", "comments", "image")
_STATES = ("read", "starred", "queued", "hidden")
_SPAN_SCHEMES = ("http", "https", "mailto")


def to_value(reading: Reading) -> Value:
    """`reading` as a JSON object."""
    entry, article = reading.entry, reading.article
    return {
        "feed": reading.feed.url,
        "feedTitle": reading.feed.title,
        "folder": reading.feed.folder,
        "key": entry.key,
        **{name: getattr(entry, name) for name in _LINES},
        "published": _stamp(entry.published),
        "updated": _stamp(entry.updated),
        "fetched": _stamp(reading.fetched),
        "tags": list(entry.tags),
        "enclosures": [[e.url, e.type, e.length] for e in entry.enclosures],
        "summary": entry.summary,
        "content": entry.content,
        **{name: getattr(entry, name) for name in _STATES},
        "labels": list(entry.labels),
        "note": entry.note,
        "text": article.text if article else "",
        "article": codec.article_to_value(article) if article else None,
        "recognition": codec.recognition_to_value(reading.recognition)
        if reading.recognition
        else None,
    }


def from_value(value: Mapping[str, Any]) -> Incoming:
    """The entry in `value`; raises KeyError, TypeError or ValueError when it holds none."""
    value = _cleaned(value)
    key, feed = str(value["key"]), str(value["feed"])
    if not key or not feed:
        raise ValueError("an entry without its feed or key")
    article = _article(value.get("article"))
    return Incoming(
        feed,
        _entry(key, value),
        **{name: value.get(name) is True for name in _STATES},
        labels=_words(value.get("labels")),
        note=str(value.get("note", "")),
        article=article,
        recognition=_recognition(value.get("recognition"), article),
        fetched=_time(value.get("fetched")),
    )


def _entry(key: str, value: Mapping[str, Any]) -> ParsedEntry:
    files = (Enclosure(safe_url(u), clean_line(t), int(n)) for u, t, n in value["enclosures"])
    return ParsedEntry(
        id=key,
        title=clean_line(value["title"]),
        link=safe_url(value["url"]),
        published=_time(value["published"]),
        updated=_time(value["updated"]),
        author=clean_line(value["author"]),
        summary=str(value["summary"]),
        content=str(value["content"]),
        tags=_words(value["tags"]),
        comments=safe_url(value["comments"]),
        image=safe_url(value["image"]),
        enclosures=tuple(file for file in files if file.url),
    )


def _words(values: object) -> tuple[str, ...]:
    if not isinstance(values, list):
        return ()
    return tuple(filter(None, (clean_line(str(value), 100) for value in values)))


def _cleaned(value: Any) -> Any:
    """Every string in a JSON value, cleaned."""
    match value:
        case str():
            return clean(value)
        case list():
            return [_cleaned(item) for item in value]
        case dict():
            return {name: _cleaned(item) for name, item in value.items()}
        case _:
            return value


def _article(value: Any) -> Article | None:
    if value is None:
        return None
    article = codec.article_from_value(value)
    return replace(
        article,
        blocks=tuple(_safe(block) for block in article.blocks),
        url=safe_url(article.url),
        lead_image=safe_url(article.lead_image),
        canonical_url=safe_url(article.canonical_url),
        next_page=safe_url(article.next_page),
    )


def _safe(part: T) -> T:
    """A block, or a part of one, with no link that may not be opened."""
    match part:
        case Span(href=str(href)):
            return replace(part, href=safe_url(href, schemes=_SPAN_SCHEMES) or None)
        case tuple():
            return type(part)(_safe(item) for item in part)
    if not is_dataclass(part) or isinstance(part, type):
        return part
    changes = {f.name: _safe(getattr(part, f.name)) for f in fields(part)}
    if isinstance(part, Figure):
        changes["src"] = safe_url(part.src)
    elif isinstance(part, Embed):
        changes["url"] = safe_url(part.url)
    return replace(part, **changes)


def _recognition(value: Any, article: Article | None) -> Recognition | None:
    """Names are only taken with the text that they stand in."""
    if value is None or article is None:
        return None
    found = codec.recognition_from_value(value)
    length = len(article.text)
    inside = all(0 <= start <= end <= length for start, end in _ranges(found))
    return found if inside else None


def _ranges(found: Recognition) -> Iterator[tuple[int, int]]:
    for entity in found.entities:
        yield from ((mention.start, mention.end) for mention in entity.mentions)
    yield from ((quote.start, quote.end) for quote in found.quotes)


def _stamp(time: datetime | None) -> str | None:
    return time.isoformat() if time else None


def _time(text: object) -> datetime | None:
    if not text:
        return None
    time = datetime.fromisoformat(str(text))
    if time.tzinfo is None:
        raise ValueError("a time without a zone")
    return time
