"""Articles: from cleaning into the cache, or, when the user keeps them, into the library."""

import json
from collections.abc import Iterable
from typing import Any

from tui.domain.blocks import Article, Figure, Status
from tui.domain.corrections import apply_corrections
from tui.domain.naming import Recognition
from tui.domain.text import clean_line
from tui.library import indexing, names
from tui.library.cache import Cache
from tui.library.corrections import Corrections
from tui.library.database import Connection, Database
from tui.library.entries import Told
from tui.library.identity import number
from tui.library.journal import Clock
from tui.library.packing import pack_value
from tui.library.sorting import letters
from tui.library.stored import KEPT_BY, Stored, article_key, image_key, load, to_value, unpack
from tui.library.times import seconds

_NO_ROOM = "there was no room on the disk for it"
# Reasons that time does not cure are tried twice only; others for about four days.
_LASTING = frozenset({"404", "410", "403", "401", "451", "robots", "too large"})
# A page that another feed listed within so many seconds counts as the same text.
_LATELY = 7 * 24 * 3600
_PAUSES = (1800, 3600, 4 * 3600, 12 * 3600, 24 * 3600, 48 * 3600)


class Articles:
    """The texts of entries."""

    def __init__(
        self,
        database: Database,
        cache: Cache,
        corrections: Corrections,
        clock: Clock,
    ) -> None:
        self._db, self._cache, self._clock = database, cache, clock
        self._corrections = corrections
        self.named: Told = lambda _connection, _ids: None
        """Told inside the transaction which entries have their article and names now."""

    def save_article(self, entry: int, article: Article, found: Recognition | None) -> None:
        """Keep the article of an entry, make it searchable, and index its names."""
        value = to_value(article, found)
        # First the cache, then the library that says it is there: killed between the two, we
        # have an article too many, never one too few.
        cached = self._cache.put_value(article_key(entry), value, "article")

        def work(connection: Connection) -> None:
            row = connection.execute(
                f"SELECT {KEPT_BY} FROM entries e WHERE e.id = ?", (entry,)
            ).fetchone()
            if row is None:
                return  # deleted while it was fetched
            if row[0]:
                indexing.settle(connection, [entry], whole=True)
                _keep(connection, entry, value)
            _note_article(connection, entry, article, here=cached or bool(row[0]))
            if found is not None:
                baked = self._corrections.baked(connection, entry)
                names.save(connection, entry, apply_corrections(found, baked, article.text, entry))
            self.named(connection, [entry])

        self._db.write(work)

    def save_failure(self, entry: int, reason: str, error: str) -> None:
        """Why an entry has no article; it is tried again later, with growing pauses."""
        line = clean_line(error or reason, 300)

        def work(connection: Connection) -> None:
            row = connection.execute(
                "SELECT tries, text_here FROM entries WHERE id = ?", (entry,)
            ).fetchone()
            if row is None:
                return
            tries = row["tries"] + 1
            most = 2 if reason in _LASTING else len(_PAUSES)
            pause = _PAUSES[min(tries, len(_PAUSES)) - 1]
            connection.execute(
                "UPDATE entries SET tries = ?, retry_at = ?, want = CASE WHEN ? THEN 0 ELSE want "
                "END, status = CASE WHEN ? AND text_here = 0 THEN ? ELSE status END WHERE id = ?",
                (
                    tries,
                    (seconds(self._clock()) or 0) + pause,
                    tries >= most,
                    reason in ("404", "410"),
                    Status.GONE.value,
                    entry,
                ),
            )
            connection.execute("UPDATE details SET why = ? WHERE id = ?", (line, entry))

        self._db.write(work)

    def same_page(self, entry: int) -> Stored | None:
        """The text and names of another entry with this one's page that came lately; None where
        there is none, and where the entry has its own text."""
        since = (seconds(self._clock()) or 0) - _LATELY
        rows = self._db.read(
            lambda c: c.execute(
                "SELECT e.id, e.text_here, k.packed FROM details own "
                "JOIN entries mine ON mine.id = own.id AND mine.text_here = 0 "
                "JOIN details d ON d.link = own.link AND d.link <> 0 AND d.id <> own.id "
                "JOIN entries e ON e.id = d.id AND e.text_here = 1 AND e.first_seen > ? "
                "LEFT JOIN kept k ON k.id = e.id WHERE own.id = ? ORDER BY e.id DESC LIMIT 1",
                (since, entry),
            ).fetchall()
        )
        return next((stored for _, stored in load(self._cache, rows)), None)

    def want(self, entry: int) -> None:
        """Put an entry into the queue of the next sync, ahead of all that is only new."""
        self._db.write(
            lambda c: c.execute(
                "UPDATE entries SET want = 2, retry_at = 0, tries = 0 WHERE id = ?", (entry,)
            ),
            durable=True,
        )

    def keep(self, connection: Connection, entries: Iterable[int]) -> None:
        """Copy articles from the cache into the library, inside a transaction."""
        rows = connection.execute(
            "SELECT id FROM entries WHERE text_here = 1 AND id NOT IN (SELECT id FROM kept) "
            "AND id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(entries)),),
        ).fetchall()
        for (entry,) in rows:
            packed = self._cache.get(article_key(entry))
            value = unpack(packed) if packed is not None else None
            if value is not None:
                _keep(connection, entry, value)
                indexing.settle(connection, [entry])

    def save_image(self, url: str, data: bytes) -> None:
        """A picture, shrunk already; articles that have it are marked on the list."""
        if not self._cache.put(image_key(url), data, "image"):
            return
        self._db.write(
            lambda c: c.execute(
                "UPDATE entries SET images_here = 1 WHERE images_here = 0 AND id IN "
                "(SELECT entry FROM pictures WHERE url = ?)",
                (number(url),),
            )
        )

    def image(self, url: str) -> bytes | None:
        """A picture that is here."""
        return self._cache.get(image_key(url))


def _keep(connection: Connection, entry: int, value: Any) -> None:
    connection.execute(
        "INSERT OR REPLACE INTO kept(id, packed) VALUES (?, ?)",
        (entry, pack_value(value, small=True)),
    )


def _note_article(connection: Connection, entry: int, article: Article, *, here: bool) -> None:
    connection.execute(
        "UPDATE entries SET text_here = ?, status = ?, want = 0, tries = 0 WHERE id = ?",
        (int(here), article.status.value, entry),
    )
    title = clean_line(article.title, 500)
    connection.execute(
        "UPDATE entries SET letters = ? WHERE id = ? AND letters = ?",
        (letters(title), entry, letters("")),
    )
    connection.execute(
        "UPDATE details SET why = ?, lang = CASE WHEN ? <> '' THEN ? ELSE lang END, "
        "title = CASE WHEN title = '' THEN ? ELSE title END, "
        "author = CASE WHEN author = '' THEN ? ELSE author END WHERE id = ?",
        (
            "" if here else _NO_ROOM,
            article.lang,
            article.lang,
            title,
            clean_line(", ".join(article.bylines), 200),
            entry,
        ),
    )
    indexing.renew(connection, entry, article.text)
    figures = (block.src for block in article.blocks if isinstance(block, Figure))
    connection.execute("DELETE FROM pictures WHERE entry = ?", (entry,))
    connection.executemany(
        "INSERT OR IGNORE INTO pictures(entry, url, address) VALUES (?, ?, ?)",
        [(entry, number(url), url) for url in (article.lead_image, *figures) if url],
    )
