"""How an article is stored, in the cache or in the library: one packed JSON value with its names."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from tui.domain import codec
from tui.domain.blocks import Article
from tui.domain.naming import Recognition
from tui.library.cache import Cache
from tui.library.database import Connection
from tui.library.packing import unpack_value

EVICTED = "evicted to stay in the budget; it comes back with the next sync"
NOT_YET = "not fetched yet"
KEPT_BY = "(e.starred = 1 OR e.queued = 1 OR EXISTS (SELECT 1 FROM notes n WHERE n.id = e.id))"
"""What the user keeps: SQL over `entries e`."""


def article_key(entry: int) -> str:
    """Where the cache has the article of an entry."""
    return f"article:{entry}"


def image_key(url: str) -> str:
    """Where the cache has a picture."""
    return f"image:{url}"


Stored = tuple[Article, Recognition | None]


def unpack(packed: bytes) -> Any:
    """The value in `packed`, or None if it is damaged."""
    try:
        return unpack_value(packed)
    except ValueError:
        return None


_EMPTY = codec.article_to_value(Article(""))


def to_value(article: Article, found: Recognition | None) -> dict[str, Any]:
    """What is stored. Fields that say nothing are left out: they cost as much as a sentence."""
    value = codec.article_to_value(article)
    return {
        "article": {name: said for name, said in value.items() if said != _EMPTY[name]},
        "found": codec.recognition_to_value(found) if found is not None else None,
    }


def parse(value: Any) -> Stored | None:
    """The article and its names in what was stored; None if that is damaged."""
    try:
        raw = value["found"]
        found = codec.recognition_from_value(raw) if raw is not None else None
        return codec.article_from_value({**_EMPTY, **value["article"]}), found
    except (KeyError, TypeError, ValueError):
        return None


def load(cache: Cache, rows: Iterable[Any]) -> Iterator[tuple[int, Stored]]:
    """The articles of rows (entry, text_here, packed in the library) that are here and whole."""
    for entry, here, packed in rows:
        value = unpack(packed) if packed else None
        if value is None and here:
            value = cache.get_value(article_key(entry))
        found = parse(value) if value is not None else None
        if found is not None:
            yield entry, found


def forget_text(connection: Connection, entries: Iterable[int], why: str, *, want: int) -> None:
    """Note that the texts of entries are not here any more; kept ones stay."""
    wanted = json.dumps(list(entries))
    where = "id IN (SELECT value FROM json_each(?)) AND id NOT IN (SELECT id FROM kept)"
    connection.execute(
        f"UPDATE entries SET text_here = 0, images_here = 0, want = max(want, ?) WHERE {where}",
        (want, wanted),
    )
    connection.execute(f"UPDATE details SET why = ? WHERE {where}", (why, wanted))
