"""What the library asks for from time to time: run after a sync, it keeps files small and safe.

Each part is short or in short transactions, so that readers never wait; one that fails leaves the
others to do their work.
"""

import sqlite3
from collections.abc import Callable
from datetime import datetime, timedelta

from tui.domain.errors import DiskFull, LibraryCorrupt, LibraryError
from tui.library import backup, indexing, names
from tui.library.database import Connection, Database
from tui.library.eviction import Eviction
from tui.library.journal import Clock
from tui.library.retention import Retention
from tui.library.schema import INCOMPLETE
from tui.library.space import Space
from tui.library.stored import KEPT_BY
from tui.library.times import certain, seconds
from tui.paths import Paths

_LATE = 86_400
_CHECKED = "checked"


class Upkeep:
    """Everything that time asks for."""

    def __init__(
        self,
        database: Database,
        paths: Paths,
        clock: Clock,
        *,
        space: Space,
        eviction: Eviction,
        retention: Retention,
        restore: Callable[[], None],
        backups: int,
    ) -> None:
        """`restore` puts articles back into the index after a repair that could not save it."""
        self._db, self._paths, self._clock = database, paths, clock
        self._space, self._eviction, self._retention = space, eviction, retention
        self._backups, self._restore = backups, restore

    def run(self) -> tuple[str, ...]:
        """Do all that is due; returns a line for each thing that went wrong."""
        if self._db.read_only:
            return ()
        parts: tuple[Callable[[], object], ...] = (
            self._mend_clock,
            lambda: self._retention.run(self._now()),
            self._let_go,
            self._eviction.to_budget,
            self._bring_back,
            self._space.lay_ballast,
            self._complete_index,
            self._check_and_copy,
            self._tidy,
        )
        problems: list[str] = []
        for part in parts:
            try:
                part()
            except DiskFull as error:
                problems.append(str(error))
                break
            except (LibraryError, sqlite3.Error, OSError) as error:
                problems.append(f"upkeep of the library: {error}")
        return tuple(problems)

    def _now(self) -> int:
        return seconds(self._clock()) or 0

    def _mend_clock(self) -> None:
        """Times in the future are from when the clock was wrong: they would hold for years."""
        now = self._now()

        def work(c: Connection) -> None:
            late = now + _LATE
            c.execute("UPDATE mentions SET at = ? WHERE at > ?", (now, late))
            c.execute("UPDATE entries SET at = ? WHERE at > ?", (now, late))
            c.execute("UPDATE entries SET told = ? WHERE told > ?", (now, late))
            c.execute("UPDATE entries SET first_seen = ? WHERE first_seen > ?", (now, late))
            c.execute(
                "UPDATE entries SET retry_at = 0 WHERE want > 0 AND retry_at > ?", (late * 2,)
            )
            for column in ("last_try", "last_ok", "error_since"):
                c.execute(f"UPDATE feeds SET {column} = ? WHERE {column} > ?", (now, late))

        newest = self._db.read(
            lambda c: c.execute(
                "SELECT max(at), (SELECT max(last_try) FROM feeds) FROM entries"
            ).fetchone()
        )
        if max(newest[0] or 0, newest[1] or 0) > now + _LATE:
            self._db.write(work)

    def _let_go(self) -> None:
        """Articles whose star was taken leave the library; the cache has them, or they come back
        when asked for. Not at once: the star may return by undo."""

        def work(c: Connection) -> None:
            rows = c.execute(
                f"SELECT e.id FROM kept k JOIN entries e ON e.id = k.id WHERE NOT {KEPT_BY} "
                "AND e.id NOT IN (SELECT id FROM pins)"
            ).fetchall()
            indexing.settle(c, [row[0] for row in rows], whole=True)
            c.executemany("DELETE FROM kept WHERE id = ?", rows)
            names.forget_unnamed(c)

        self._db.write(work)

    def _bring_back(self) -> None:
        """What was evicted unread is fetched again when there is room."""
        if self._eviction.has_room():
            self._db.write(
                lambda c: c.execute(
                    "UPDATE entries SET want = 1 WHERE want = 0 AND text_here = 0 AND read = 0 "
                    "AND hidden = 0 AND tries = 0 AND id IN "
                    "(SELECT id FROM details WHERE why LIKE 'evicted%') "
                )
            )

    def _complete_index(self) -> None:
        flag = self._db.read(
            lambda c: c.execute("SELECT 1 FROM meta WHERE name = ?", (INCOMPLETE,)).fetchone()
        )
        if flag is not None:
            self._restore()
            self._db.write(
                lambda c: c.execute("DELETE FROM meta WHERE name = ?", (INCOMPLETE,)), durable=True
            )

    def _check_and_copy(self) -> None:
        """Once a day: is every page of the file whole? Only then is it copied."""
        now = self._clock()
        checked = self._db.read(
            lambda c: c.execute("SELECT value FROM meta WHERE name = ?", (_CHECKED,)).fetchone()
        )
        if checked is not None and abs(now - certain(checked[0])) < timedelta(hours=20):
            return
        if not self._is_whole():
            self._db.damaged()
            raise LibraryCorrupt("the library is damaged; start again to have it repaired")
        backup.daily(self._paths.library, self._paths.backups, _local(now), self._backups)
        self._db.write(
            lambda c: c.execute(
                "INSERT OR REPLACE INTO meta VALUES (?, ?)", (_CHECKED, seconds(now))
            )
        )

    def _is_whole(self) -> bool:
        try:
            found = self._db.alone(lambda c: c.execute("PRAGMA quick_check(1)").fetchone())
        except sqlite3.DatabaseError:
            return False
        return bool(found[0] == "ok")

    def _tidy(self) -> None:
        self._db.write(lambda c: c.execute("PRAGMA optimize"))
        self._db.alone(lambda c: c.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone())


def _local(now: datetime) -> datetime:
    return now.astimezone()
