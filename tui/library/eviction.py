"""The cache's budget. What goes first is read, unfollowed and old; what is starred, queued, noted or
in the current pack never goes. What went says so, and comes back when there is room or when asked.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress

from tui.domain.errors import LibraryError
from tui.library.cache import Cache
from tui.library.database import Connection, Database
from tui.library.stored import EVICTED, KEPT_BY, article_key, forget_text, image_key

_BATCH = 16
_LOW_WATER = 0.9
"""An eviction goes this far below the limit, so that the next article does not start another."""

_CANDIDATES = f"""
SELECT e.id FROM entries e WHERE e.text_here = 1 AND NOT {KEPT_BY}
AND e.id NOT IN (SELECT id FROM pins) AND e.id NOT IN (SELECT id FROM kept)
ORDER BY e.read DESC, e.id IN (
  SELECT m.entry FROM follows f JOIN entities n ON n.key = f.key JOIN mentions m ON m.entity = n.id
), e.at LIMIT ?
"""


class Eviction:
    """Keeps the cache below its limit."""

    def __init__(self, database: Database, cache: Cache, limit: int) -> None:
        self._db, self._cache, self._limit = database, cache, limit

    def to_budget(self) -> int:
        """Evict if the cache is over its limit; returns how many articles went."""
        volume = self._cache.volume()
        if volume <= self._limit:
            return 0
        return self._evict(lambda: self._cache.volume() > self._limit * _LOW_WATER)

    def give_up(self, wanted: int) -> int:
        """Make room on a full disk: evict `wanted` bytes, if it can be done; returns how many went."""
        before = self._cache.volume()
        # It fails where not even a deletion finds room; what went, went.
        with suppress(LibraryError):
            self._evict(lambda: before - self._cache.volume() < wanted)
        return max(0, before - self._cache.volume())

    def has_room(self) -> bool:
        """True if what was evicted may come back."""
        return self._cache.volume() < self._limit * _LOW_WATER

    def _evict(self, more: Callable[[], bool]) -> int:
        gone = 0
        while more():
            batch = self._db.write(self._next)
            if not batch:
                break
            entries, pictures = batch
            # The library forgets first: killed in between, the cache has a value that nobody asks
            # for, and the next sync fetches the article again.
            self._cache.delete([*map(article_key, entries), *map(image_key, pictures)])
            gone += len(entries)
        return gone

    @staticmethod
    def _next(c: Connection) -> tuple[Sequence[int], Sequence[str]] | None:
        entries = [row[0] for row in c.execute(_CANDIDATES, (_BATCH,))]
        if not entries:
            return None
        marks = ", ".join("?" * len(entries))
        pictures = [
            row[0]
            for row in c.execute(
                f"SELECT address FROM pictures WHERE entry IN ({marks}) AND url NOT IN "
                "(SELECT p.url FROM pictures p JOIN entries e ON e.id = p.entry "
                f"WHERE e.text_here = 1 AND e.id NOT IN ({marks}) AND p.url = pictures.url)",
                (*entries, *entries),
            )
        ]
        forget_text(c, entries, EVICTED, want=0)
        return entries, pictures
