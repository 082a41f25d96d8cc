"""What time takes away: read entries after the time that their feed keeps them, feeds that were
unsubscribed some weeks ago, links that were followed once. What the user starred, queued, noted or
tagged stays for ever.

An entry that goes leaves a trace in `gone`, so that it is not new when its feed lists it again.
"""

from collections.abc import Callable, Iterable, Mapping

from tui.library import indexing, names
from tui.library.database import Connection, Database
from tui.library.identity import number
from tui.library.schema import Hidden
from tui.settings import parse_duration

_DAY = 86_400
_UNSUBSCRIBED = 30 * _DAY
_TRACES = 180 * _DAY
"""A trace that no document has listed for so long goes, too."""
_BATCH = 500

_STAYS = """(e.starred = 1 OR e.queued = 1 OR e.id IN (SELECT id FROM notes)
  OR e.id IN (SELECT entry FROM labels) OR e.id IN (SELECT id FROM pins))"""


class Retention:
    """Deletes, in short transactions."""

    def __init__(
        self,
        database: Database,
        keep: int,
        feeds: Mapping[str, Mapping[str, str]],
        deleted: Callable[[Iterable[int]], object],
    ) -> None:
        """`keep` is for how many seconds read entries stay (0: for ever), unless `feeds` has a time
        of its own; `deleted` is told which entries went, for the cache."""
        self._db, self._keep, self._feeds, self._deleted = database, keep, feeds, deleted

    def run(self, now: int) -> int:
        """Delete all that is due; returns how many entries went."""
        rows = self._db.read(lambda c: c.execute("SELECT id, url, removed FROM feeds").fetchall())
        gone = 0
        for row in rows:
            if row["removed"] is not None:
                gone += self._unsubscribed(row["id"], now)
            elif keep := self._time(row["url"]):
                where = f"e.read = 1 AND e.at < ? AND NOT {_STAYS}"
                gone += self._delete(where, (row["id"], now - keep), now)
        self._db.write(lambda c: c.execute("DELETE FROM gone WHERE listed < ?", (now - _TRACES,)))
        return gone

    def _time(self, url: str) -> int:
        try:
            return parse_duration(self._feeds.get(url, {})["keep"])
        except (KeyError, ValueError):
            return self._keep

    def _unsubscribed(self, feed: int, now: int) -> int:
        """Entries of a removed feed; the feed itself when none is left."""
        where = (
            f"(e.hidden & {int(Hidden.UNSUBSCRIBED | Hidden.BY_USER)}) AND e.first_seen < ? "
            f"AND (SELECT removed FROM feeds f WHERE f.id = e.feed) < ? AND NOT {_STAYS}"
        )
        long_ago = now - _UNSUBSCRIBED
        gone = self._delete(where, (feed, long_ago, long_ago), now)
        self._db.write(
            lambda c: c.execute(
                "DELETE FROM feeds WHERE id = ? AND removed < ? "
                "AND NOT EXISTS (SELECT 1 FROM entries WHERE feed = feeds.id)",
                (feed, long_ago),
            )
        )
        return gone

    def _delete(self, where: str, values: tuple[int, ...], now: int) -> int:
        def work(c: Connection) -> list[int]:
            rows = c.execute(
                "SELECT e.id, d.feed, d.key, d.link FROM entries e JOIN details d ON d.id = e.id "
                f"WHERE e.feed = ? AND {where} LIMIT ?",
                (*values, _BATCH),
            ).fetchall()
            c.executemany(
                "INSERT OR REPLACE INTO gone(feed, key, link, listed) VALUES (?, ?, ?, ?)",
                [(feed, number(key), link, now) for _, feed, key, link in rows],
            )
            ids = [row[0] for row in rows]
            delete(c, ids)
            return ids

        total = 0
        while ids := self._db.write(work):
            self._deleted(ids)
            total += len(ids)
        return total


def delete(c: Connection, entries: list[int]) -> None:
    """Take entries out of everything."""
    indexing.remove(c, entries)
    names.remove(c, entries)
    c.executemany("DELETE FROM entries WHERE id = ?", [(entry,) for entry in entries])
