"""An entry with all that the article and entity panes need of it."""

import contextlib
from collections.abc import Mapping
from typing import Any

from tui.domain.corrections import apply_corrections
from tui.domain.editions import Position, Reading
from tui.domain.errors import LibraryError
from tui.domain.feeds import Feed
from tui.library.cache import Cache
from tui.library.corrections import Corrections
from tui.library.database import Connection, Database
from tui.library.entries import read_entry
from tui.library.rows import to_feed
from tui.library.stored import NOT_YET, article_key, forget_text, parse, unpack


class Readings:
    """Reads articles back."""

    def __init__(
        self,
        database: Database,
        cache: Cache,
        corrections: Corrections,
        options: Mapping[str, Mapping[str, str]],
    ) -> None:
        self._db, self._cache = database, cache
        self._corrections, self._options = corrections, options

    def reading(self, entry: int) -> Reading | None:
        """An entry with its article and its names, the user's corrections applied."""
        found = self._db.read(lambda c: self._read(c, entry))
        if found is None:
            return None
        reading, here, packed = found
        value = unpack(packed) if packed else None
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
        parsed = parse(value)
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
