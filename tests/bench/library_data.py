"""A library of any size for the benchmarks, made by bulk SQL: feeds, entries, texts, names.

Words follow Zipf's law, so that there are common and rare ones as in a language; names do, too.
"""

import random
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import accumulate
from pathlib import Path
from typing import Any

from tui import paths as places
from tui.domain import codec
from tui.domain.blocks import Article, Paragraph, Span
from tui.domain.naming import Entity, Kind, Mention, Recognition
from tui.library import indexing, sorting
from tui.library.database import Connection
from tui.library.packing import pack_value
from tui.library.store import SqliteLibrary, open_library
from tui.library.stored import article_key
from tui.paths import Paths
from tui.settings import Settings

NOW = int(datetime(2026, 11, 25, 8, tzinfo=UTC).timestamp())
FEEDS = 100
ENTITIES = 20_000
WORDS = 600  # of a full text
_SUMMARY = 25
_SYLLABLES = [c + v for c in "b c d f g h l m n p r s t v w st tr ch".split() for v in "aeiou"]
RARE, COMMON, COMMONEST = "quetzalcoatl", "government", "people"
_COMMON_RANK = 300  # in about an eighth of the full texts, as "government" in news


@dataclass
class Vocabulary:
    """Random words and texts; the same for the same seed."""

    random: random.Random

    def __post_init__(self) -> None:
        words = {
            "".join(self.random.choices(_SYLLABLES, k=self.random.randint(1, 5)))
            for _ in range(40_000)
        }
        self.words = sorted(words)
        self.random.shuffle(self.words)
        self.words[0], self.words[_COMMON_RANK] = COMMONEST, COMMON
        self.weights = list(accumulate(1 / (rank + 8) for rank in range(len(self.words))))

    def text(self, count: int) -> str:
        """`count` words in sentences."""
        words = self.random.choices(self.words, cum_weights=self.weights, k=count)
        parts = [" ".join(words[i : i + 15]).capitalize() for i in range(0, count, 15)]
        return ". ".join(parts) + "."


def home(folder: Path) -> Paths:
    """The paths of a home in `folder`."""
    return places.find({"BROADSHEET_HOME": str(folder)})


def make(folder: Path, entries: int, texts: int, names: int) -> SqliteLibrary:
    """A library of `entries`, of which the newest `texts` have a full text, with `names` mentions
    for each entry."""
    library = open_library(home(folder), Settings())
    library.cache.put("first", b"", "none")  # makes the cache before anything is said to be in it
    words = Vocabulary(random.Random(entries))
    with library.database.transaction() as connection:
        _feeds(connection)
        _entries(connection, words, entries, texts)
        _names(connection, words.random, entries, names)
    _texts(library, words, entries, texts)
    with library.database.transaction() as connection:
        connection.execute("INSERT INTO search(search) VALUES ('optimize')")
        connection.execute("ANALYZE")
    library.database.reader().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return library


def _feeds(connection: Connection) -> None:
    connection.executemany(
        "INSERT INTO feeds(id, url, feed_title, folder, added) VALUES (?, ?, ?, ?, ?)",
        [
            (n, f"https://feed{n}.example/rss", f"Feed {n}", f"Folder {n % 8}", NOW)
            for n in range(1, FEEDS + 1)
        ],
    )


def _entries(connection: Connection, words: Vocabulary, entries: int, texts: int) -> None:
    pick = words.random
    connection.executemany(
        "INSERT INTO entries(id, feed, at, first_seen, read, starred, text_here, status, story) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                n,
                n % FEEDS + 1,
                NOW - (entries - n) * 60 - pick.randrange(3600),
                NOW - (entries - n) * 60,
                int(pick.random() < 0.5),
                int(pick.random() < 0.01),
                int(n > entries - texts),
                "full" if n > entries - texts else "",
                n - n % 2 if n % 10 < 2 else 0,  # two of ten tell one story
            )
            for n in range(1, entries + 1)
        ),
    )
    connection.executemany(
        "INSERT INTO details(id, feed, key, url, title, author, lang, published, link, headline) "
        "VALUES (?, ?, ?, ?, ?, ?, 'en', ?, ?, ?)",
        (
            (
                n,
                n % FEEDS + 1,
                f"https://feed{n % FEEDS + 1}.example/story/{n}",
                f"https://feed{n % FEEDS + 1}.example/story/{n}",
                words.text(9),
                "A Writer",
                NOW - (entries - n) * 60,
                n + (1 << 40),
                n + (1 << 41),
            )
            for n in range(1, entries + 1)
        ),
    )

    sorting.fill(connection)


def _texts(library: SqliteLibrary, words: Vocabulary, entries: int, texts: int) -> None:
    with library.database.transaction() as connection:
        titles = dict(connection.execute("SELECT id, title FROM details").fetchall())
        for entry in range(1, entries + 1):
            whole = entry > entries - texts
            text = words.text(WORDS if whole else _SUMMARY)
            if entry % 5000 == 17:
                text += f" {RARE}."
            document = [titles[entry], text, "A Writer", "", "", "en"]
            connection.execute(
                "INSERT INTO search(rowid, title, body, author, note, tags, lang) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)",
                (entry, *document),
            )
            connection.execute("INSERT INTO bodies VALUES (?, ?)", (entry, pack_value(document)))
            if whole:
                library.cache.put_value(article_key(entry), article_value(text), "article")


def article_value(text: str) -> dict[str, Any]:
    """What the cache holds of an article of `text`, with some names in it."""
    sentences = text.split(". ")
    paragraphs = [". ".join(sentences[i : i + 4]) for i in range(0, len(sentences), 4)]
    article = Article(
        "https://feed.example/story",
        "A title",
        tuple(Paragraph((Span(p),)) for p in paragraphs),
        lang="en",
    )
    entities = tuple(
        Entity(f"Name {n}", f"name {n}", Kind.PERSON, (Mention(n * 9, n * 9 + 6, Kind.PERSON),))
        for n in range(20)
    )
    found = Recognition("en", entities)
    return {
        "article": codec.article_to_value(article),
        "found": codec.recognition_to_value(found),
    }


def _names(connection: Connection, pick: random.Random, entries: int, names: int) -> None:
    connection.executemany(
        "INSERT INTO entities(id, key, kind, name) VALUES (?, ?, ?, ?)",
        [
            (
                n,
                f"name{n} family{n % 500}",
                "person" if n % 2 else "org",
                f"Name{n} Family{n % 500}",
            )
            for n in range(1, ENTITIES + 1)
        ],
    )
    connection.execute("INSERT INTO entity_words SELECT 'name' || id, id FROM entities")
    weights = list(accumulate(1 / (rank + 20) for rank in range(ENTITIES)))
    numbers = range(1, ENTITIES + 1)
    for start in range(1, entries + 1, 20_000):
        rows = (
            (entity, entry, rank)
            for entry in range(start, min(start + 20_000, entries + 1))
            for rank, entity in enumerate(
                dict.fromkeys(pick.choices(numbers, cum_weights=weights, k=names))
            )
        )
        connection.execute("CREATE TEMP TABLE IF NOT EXISTS draft (entity, entry, rank)")
        connection.executemany("INSERT INTO draft VALUES (?, ?, ?)", rows)
    connection.execute(
        "INSERT INTO mentions SELECT r.entity, e.at, e.id, e.feed, 2, 40, 500 - 20 * r.rank, r.rank "
        "FROM draft r JOIN entries e ON e.id = r.entry ORDER BY r.entity, e.at, e.id"
    )
    connection.execute("DROP TABLE draft")
    connection.execute(
        "UPDATE entities SET articles = (SELECT count(*) FROM mentions m WHERE m.entity = entities.id)"
    )


def words_again(library: SqliteLibrary) -> None:
    """Make the whole search index anew, as a repair does."""
    library.database.write(indexing.rebuild)
