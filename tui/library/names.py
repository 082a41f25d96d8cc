"""The index of who and what articles name: one row for each entity of each article.

It holds the model's own keys, with what the user split, and merged in that article, applied; the
other corrections (merge, hide, rename, kind) are applied to what is read, so that they count for old articles at once and can be
taken back. An entity that is not shared across articles (a lone surname) is not in the index.
"""

import json
from collections.abc import Iterable, Sequence

from tui.domain.naming import Entity, Recognition
from tui.library.database import Connection

_INSERT = """
INSERT INTO mentions(entity, at, entry, feed, count, first, salience, rank)
SELECT ?, e.at, e.id, e.feed, ?, ?, ?, ? FROM entries e WHERE e.id = ?
"""


def save(connection: Connection, entry: int, found: Recognition) -> None:
    """Replace what the index says of `entry`."""
    remove(connection, [entry])
    shared = [(rank, e) for rank, e in enumerate(found.entities) if e.shared and e.mentions]
    numbers = _numbers(connection, [entity for _, entity in shared])
    rows: dict[int, tuple[int, ...]] = {}
    for rank, entity in shared:
        number = numbers[entity.key, entity.kind.value]
        first = min(mention.start for mention in entity.mentions)
        salience = round(entity.salience * 1000)
        rows.setdefault(number, (number, entity.count, first, salience, rank, entry))
    connection.executemany(_INSERT, list(rows.values()))
    connection.executemany(
        "UPDATE entities SET articles = articles + 1 WHERE id = ?", [(n,) for n in rows]
    )


def remove(connection: Connection, entries: Iterable[int]) -> None:
    """Take entries out of the index."""
    wanted = json.dumps(list(entries))
    connection.execute(
        "UPDATE entities SET articles = articles - n FROM (SELECT entity, count(*) AS n "
        "FROM mentions WHERE entry IN (SELECT value FROM json_each(?)) GROUP BY entity) AS named "
        "WHERE entities.id = named.entity",
        (wanted,),
    )
    connection.execute(
        "DELETE FROM mentions WHERE entry IN (SELECT value FROM json_each(?))", (wanted,)
    )


def _numbers(connection: Connection, entities: Sequence[Entity]) -> dict[tuple[str, str], int]:
    """The numbers of entities by key and kind; new ones are made."""
    found: dict[tuple[str, str], int] = {}
    for entity in entities:
        pair = (entity.key, entity.kind.value)
        row = connection.execute(
            "SELECT id FROM entities WHERE key = ? AND kind = ?", pair
        ).fetchone()
        found[pair] = row[0] if row is not None else _make(connection, entity)
    return found


def _make(connection: Connection, entity: Entity) -> int:
    cursor = connection.execute(
        "INSERT INTO entities(key, kind, name) VALUES (?, ?, ?)",
        (entity.key, entity.kind.value, entity.canonical or entity.name),
    )
    number = cursor.lastrowid or 0
    connection.executemany(
        "INSERT OR IGNORE INTO entity_words(word, entity) VALUES (?, ?)",
        [(word, number) for word in entity.key.split()],
    )
    return number


def count_again(connection: Connection) -> None:
    """Make `entities.articles` anew, after a repair; entities that nothing names are dropped."""
    connection.execute(
        "UPDATE entities SET articles = (SELECT count(*) FROM mentions WHERE entity = entities.id)"
    )
    forget_unnamed(connection)


def forget_unnamed(connection: Connection) -> None:
    """Drop entities that no article names any more."""
    connection.execute("DELETE FROM entities WHERE articles <= 0")
