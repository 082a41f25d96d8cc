"""Articles: from cleaning into the cache (or, when the user keeps them, into the library) and back."""

import contextlib
import json
from collections.abc import Iterable, Sequence
from typing import Any

from tui.domain import codec
from tui.domain.blocks import Article, Figure, Status
from tui.domain.corrections import apply_corrections
from tui.domain.editions import Position, Reading
from tui.domain.errors import LibraryError
from tui.domain.feeds import Feed
from tui.domain.naming import Recognition, fold_key
from tui.domain.ports import Correction
from tui.domain.text import clean_line
from tui.library import indexing, names
from tui.library.cache import Cache
from tui.library.corrections import Corrections
from tui.library.database import Connection, Database
from tui.library.entries import Told, read_entry
from tui.library.identity import number
from tui.library.journal import Clock
from tui.library.packing import pack_value, unpack_value
from tui.library.rows import to_feed
from tui.library.times import seconds

EVICTED = "evicted to stay in the budget; it comes back with the next sync"
NOT_YET = "not fetched yet"
_NO_ROOM = "there was no room on the disk for it"
# Reasons that time does not cure are tried twice only; others for about four days.
_LASTING = frozenset({"404", "410", "403", "401", "451", "robots", "too large"})
_PAUSES = (1800, 3600, 4 * 3600, 12 * 3600, 24 * 3600, 48 * 3600)

KEPT_BY = "(e.starred = 1 OR e.queued = 1 OR EXISTS (SELECT 1 FROM notes n WHERE n.id = e.id))"
"""What the user keeps: SQL over `entries e`."""


def article_key(entry: int) -> str:
    """Where the cache has the article of an entry."""
    return f"article:{entry}"


def image_key(url: str) -> str:
    """Where the cache has a picture."""
    return f"image:{url}"


class Articles:
    """The texts of entries."""

    def __init__(
        self,
        database: Database,
        cache: Cache,
        corrections: Corrections,
        clock: Clock,
        options: dict[str, dict[str, str]],
    ) -> None:
        self._db, self._cache, self._clock = database, cache, clock
        self._corrections, self._options = corrections, options
        self.named: Told = lambda _connection, _ids: None
        """Told inside the transaction which entries have their article and names now."""

    def save_article(self, entry: int, article: Article, found: Recognition | None) -> None:
        """Keep the article of an entry, make it searchable, and index its names."""
        value = {
            "article": codec.article_to_value(article),
            "found": codec.recognition_to_value(found) if found is not None else None,
        }
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
                _keep(connection, entry, pack_value(value))
            _note_article(connection, entry, article, here=cached or bool(row[0]))
            if found is not None:
                splits = self._corrections.splits(connection)
                names.save(connection, entry, apply_corrections(found, splits, article.text, entry))
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

    def want(self, entry: int) -> None:
        """Put an entry into the queue of the next sync, ahead of all that is only new."""
        self._db.write(
            lambda c: c.execute(
                "UPDATE entries SET want = 2, retry_at = 0, tries = 0 WHERE id = ?", (entry,)
            ),
            durable=True,
        )

    def reading(self, entry: int) -> Reading | None:
        """An entry with its article and its names, the user's corrections applied."""
        found = self._db.read(lambda c: self._read(c, entry))
        if found is None:
            return None
        reading, here, packed = found
        value = _unpack(packed) if packed else None
        if value is None and here:
            value = self._cache.get_value(article_key(entry))
            if value is None:
                return self._lost(reading)
        return self._with_article(reading, value) if value is not None else reading

    def _read(self, c: Connection, entry: int) -> tuple[Reading, bool, bytes | None] | None:
        found = read_entry(c, entry)
        if found is None:
            return None
        feed = self._feed(c, found.feed)
        row = c.execute(
            "SELECT e.text_here, e.want, d.why, k.packed, p.* FROM entries e "
            "JOIN details d ON d.id = e.id LEFT JOIN kept k ON k.id = e.id "
            "LEFT JOIN positions p ON p.id = e.id WHERE e.id = ?",
            (entry,),
        ).fetchone()
        position = None
        if row["block"] is not None:
            position = Position(row["block"], row["offset"], row["anchor"], row["share"])
        why = row["why"] or NOT_YET
        reading = Reading(found, feed, position=position, why=why)
        return reading, bool(row["text_here"]), row["packed"]

    def _feed(self, c: Connection, feed: int) -> Feed:
        row = c.execute("SELECT * FROM feeds WHERE id = ?", (feed,)).fetchone()
        return to_feed(row, self._options)

    def _with_article(self, reading: Reading, value: Any) -> Reading:
        parsed = _parsed(value)
        if parsed is None:
            return self._lost(reading)
        article, recognition = parsed
        if recognition is not None:
            made = self._corrections.all()
            if made:
                recognition = apply_corrections(recognition, made, article.text, reading.entry.id)
        return Reading(
            reading.entry,
            reading.feed,
            article,
            recognition,
            reading.position,
            article.fetched,
        )

    def _lost(self, reading: Reading) -> Reading:
        """The cache was deleted or damaged: say so on the list too, and fetch it again."""
        entry = reading.entry.id
        if not self._db.read_only:
            # Should it fail, the line on the list is wrong until the next sync; reading goes on.
            with contextlib.suppress(LibraryError):
                self._db.write(lambda c: forget_text(c, [entry], "", want=1))
        return reading

    def keep(self, connection: Connection, entries: Iterable[int]) -> None:
        """Copy articles from the cache into the library, inside a transaction."""
        rows = connection.execute(
            "SELECT id FROM entries WHERE text_here = 1 AND id NOT IN (SELECT id FROM kept) "
            "AND id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(entries)),),
        ).fetchall()
        for (entry,) in rows:
            packed = self._cache.get(article_key(entry))
            if packed is not None and _unpack(packed) is not None:
                _keep(connection, entry, packed)

    def name_again(self, connection: Connection, keys: Iterable[str]) -> None:
        """Index the articles anew that name `keys` or a spelling taken out of one, where the
        article is here; inside a transaction."""
        splits = self._corrections.splits(connection)
        wanted = {*keys, *(fold_key(s.value) for s in splits if s.key in set(keys))}
        rows = connection.execute(
            "SELECT DISTINCT m.entry, e.text_here, k.packed FROM entities n "
            "JOIN mentions m ON m.entity = n.id JOIN entries e ON e.id = m.entry "
            "LEFT JOIN kept k ON k.id = e.id WHERE n.key IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(wanted)),),
        ).fetchall()
        self._name(connection, rows, splits)

    def name_missing(self, connection: Connection) -> None:
        """Index all articles that are here and have no names in the index; inside a transaction."""
        rows = connection.execute(
            "SELECT e.id, e.text_here, k.packed FROM entries e LEFT JOIN kept k ON k.id = e.id "
            "WHERE e.text_here = 1 AND e.id NOT IN (SELECT entry FROM mentions)"
        ).fetchall()
        self._name(connection, rows, self._corrections.splits(connection))

    def _name(
        self, connection: Connection, rows: Iterable[Any], splits: Sequence[Correction]
    ) -> None:
        for entry, here, packed in rows:
            value = _unpack(packed) if packed else None
            if value is None and here:
                value = self._cache.get_value(article_key(entry))
            found = _parsed(value) if value is not None else None
            if found is not None and found[1] is not None:
                article, raw = found[0], found[1]
                names.save(connection, entry, apply_corrections(raw, splits, article.text, entry))

    def deleted(self, entries: Iterable[int]) -> None:
        """Entries are gone: so is what the cache has of them."""
        self._cache.delete([article_key(entry) for entry in entries])

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


def forget_text(connection: Connection, entries: Iterable[int], why: str, *, want: int) -> None:
    """Note that the texts of entries are not here any more; kept ones stay."""
    wanted = json.dumps(list(entries))
    where = "id IN (SELECT value FROM json_each(?)) AND id NOT IN (SELECT id FROM kept)"
    connection.execute(
        f"UPDATE entries SET text_here = 0, images_here = 0, want = max(want, ?) WHERE {where}",
        (want, wanted),
    )
    connection.execute(f"UPDATE details SET why = ? WHERE {where}", (why, wanted))


def _unpack(packed: bytes) -> Any:
    try:
        return unpack_value(packed)
    except ValueError:
        return None


def _parsed(value: Any) -> tuple[Article, Recognition | None] | None:
    """The article and its names in what was stored; None if that is damaged."""
    try:
        raw = value["found"]
        found = codec.recognition_from_value(raw) if raw is not None else None
        return codec.article_from_value(value["article"]), found
    except (KeyError, TypeError, ValueError):
        return None


def _keep(connection: Connection, entry: int, packed: bytes) -> None:
    connection.execute("INSERT OR REPLACE INTO kept(id, packed) VALUES (?, ?)", (entry, packed))


def _note_article(connection: Connection, entry: int, article: Article, *, here: bool) -> None:
    connection.execute(
        "UPDATE entries SET text_here = ?, status = ?, want = 0, tries = 0 WHERE id = ?",
        (int(here), article.status.value, entry),
    )
    connection.execute(
        "UPDATE details SET why = ?, lang = CASE WHEN ? <> '' THEN ? ELSE lang END, "
        "title = CASE WHEN title = '' THEN ? ELSE title END, "
        "author = CASE WHEN author = '' THEN ? ELSE author END WHERE id = ?",
        (
            "" if here else _NO_ROOM,
            article.lang,
            article.lang,
            clean_line(article.title, 500),
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
