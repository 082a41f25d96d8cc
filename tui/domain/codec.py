"""Articles and recognitions as JSON values: one form for the cache, the workers, and `read --json`.

Blocks are objects with a "kind"; spans are `"text"` when plain, else `[text, style, href, lang]`
with trailing empty fields left out. Unknown kinds are skipped, so an older reader opens newer text.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from tui.domain.blocks import (
    Article,
    Block,
    Cell,
    Code,
    Embed,
    Figure,
    Footnote,
    Heading,
    Item,
    List,
    Paragraph,
    Quote,
    Role,
    Rule,
    Source,
    Span,
    Spans,
    Status,
    Style,
    Table,
)
from tui.domain.naming import Entity, Kind, Mention, Recognition, Said

Json = Any


def _span(span: Span) -> Json:
    if not span.style and span.href is None and span.lang is None:
        return span.text
    fields: list[Json] = [span.text, int(span.style), span.href, span.lang]
    while fields[-1] is None:
        fields.pop()
    return fields


def _spans(spans: Spans) -> Json:
    return [_span(span) for span in spans]


def _read_spans(values: Iterable[Json]) -> Spans:
    return tuple(
        Span(v) if isinstance(v, str) else Span(v[0], Style(v[1]), *v[2:4]) for v in values
    )


def block_to_value(block: Block) -> dict[str, Json]:
    """`block` as a JSON object."""
    match block:
        case Heading():
            return {"kind": "heading", "level": block.level, "spans": _spans(block.spans)}
        case Paragraph():
            value = {"kind": "paragraph", "spans": _spans(block.spans)}
            return value if block.role is Role.BODY else {**value, "role": block.role.value}
        case List():
            items = [[i.depth, i.number, _spans(i.spans)] for i in block.items]
            return {"kind": "list", "items": items}
        case Quote():
            return {
                "kind": "quote",
                "pull": block.pull,
                "paragraphs": [_spans(p) for p in block.paragraphs],
                "cite": _spans(block.cite),
            }
        case Code():
            return {"kind": "code", "text": block.text, "language": block.language}
        case Table():
            rows = [[[_spans(c.spans), c.header, c.columns] for c in row] for row in block.rows]
            return {"kind": "table", "rows": rows, "caption": _spans(block.caption)}
        case Figure():
            return {
                "kind": "figure",
                "src": block.src,
                "alt": block.alt,
                "caption": _spans(block.caption),
                "credit": block.credit,
                "width": block.width,
                "height": block.height,
            }
        case Embed():
            return {
                "kind": "embed",
                "type": block.kind,
                "url": block.url,
                "title": block.title,
                "paragraphs": [_spans(p) for p in block.paragraphs],
            }
        case Footnote():
            return {"kind": "footnote", "label": block.label, "spans": _spans(block.spans)}
        case Rule():
            return {"kind": "rule"}


def block_from_value(value: Mapping[str, Json]) -> Block | None:
    """The block in `value`, or None for a kind that this version does not know."""
    match value["kind"]:
        case "heading":
            return Heading(_read_spans(value["spans"]), value["level"])
        case "paragraph":
            return Paragraph(_read_spans(value["spans"]), Role(value.get("role", "body")))
        case "list":
            return List(tuple(Item(_read_spans(s), d, n) for d, n, s in value["items"]))
        case "quote":
            paragraphs = tuple(_read_spans(p) for p in value["paragraphs"])
            return Quote(paragraphs, _read_spans(value["cite"]), value["pull"])
        case "code":
            return Code(value["text"], value["language"])
        case "table":
            rows = tuple(
                tuple(Cell(_read_spans(s), h, n) for s, h, n in row) for row in value["rows"]
            )
            return Table(rows, _read_spans(value["caption"]))
        case "figure":
            return Figure(
                value["src"],
                value["alt"],
                _read_spans(value["caption"]),
                value["credit"],
                value["width"],
                value["height"],
            )
        case "embed":
            paragraphs = tuple(_read_spans(p) for p in value["paragraphs"])
            return Embed(value["type"], value["url"], value["title"], paragraphs)
        case "footnote":
            return Footnote(value["label"], _read_spans(value["spans"]))
        case "rule":
            return Rule()
        case _:
            return None


def _time(value: datetime | None) -> str | None:
    return value.isoformat() if value else None


def _read_time(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None


_TEXT_FIELDS = (
    "url",
    "title",
    "status_why",
    "excerpt",
    "site_name",
    "lang",
    "dir",
    "lead_image",
    "section",
    "canonical_url",
    "next_page",
)


def article_to_value(article: Article) -> dict[str, Json]:
    """`article` as a JSON object; `article_from_value` reads it back equal."""
    return {
        **{name: getattr(article, name) for name in _TEXT_FIELDS},
        "status": article.status.value,
        "source": article.source.value,
        "bylines": list(article.bylines),
        "tags": list(article.tags),
        "published": _time(article.published),
        "modified": _time(article.modified),
        "fetched": _time(article.fetched),
        "blocks": [block_to_value(block) for block in article.blocks],
    }


def article_from_value(value: Mapping[str, Json]) -> Article:
    """The article in `value`; raises KeyError, TypeError or ValueError when it holds none."""
    blocks = (block_from_value(v) for v in value["blocks"])
    return Article(
        **{name: value[name] for name in _TEXT_FIELDS},
        status=Status(value["status"]),
        source=Source(value["source"]),
        bylines=tuple(value["bylines"]),
        tags=tuple(value["tags"]),
        published=_read_time(value["published"]),
        modified=_read_time(value["modified"]),
        fetched=_read_time(value["fetched"]),
        blocks=tuple(block for block in blocks if block is not None),
    )


def recognition_to_value(found: Recognition) -> dict[str, Json]:
    """`found` as a JSON object."""
    return {
        "lang": found.lang,
        "model": found.model,
        "missing": found.missing,
        "note": found.note,
        "quotes": [[q.start, q.end, q.speaker] for q in found.quotes],
        "entities": [
            {
                "name": e.name,
                "key": e.key,
                "kind": e.kind.value,
                "salience": round(e.salience, 4),
                "shared": e.shared,
                "canonical": e.canonical,
                "mentions": [[m.start, m.end, m.kind.value, m.derived] for m in e.mentions],
            }
            for e in found.entities
        ],
    }


def recognition_from_value(value: Mapping[str, Json]) -> Recognition:
    """The recognition in `value`; raises KeyError, TypeError or ValueError when it holds none."""
    entities = tuple(
        Entity(
            name=e["name"],
            key=e["key"],
            kind=Kind(e["kind"]),
            mentions=tuple(Mention(a, b, Kind(k), d) for a, b, k, d in e["mentions"]),
            salience=e["salience"],
            shared=e["shared"],
            canonical=e["canonical"],
        )
        for e in value["entities"]
    )
    return Recognition(
        lang=value["lang"],
        entities=entities,
        quotes=tuple(Said(*q) for q in value["quotes"]),
        model=value["model"],
        missing=value["missing"],
        note=value.get("note", ""),
    )


def dump(value: Json) -> bytes:
    """JSON as compact UTF-8."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def load(data: bytes) -> Json:
    """The JSON value in `data`; raises ValueError."""
    return json.loads(data)
