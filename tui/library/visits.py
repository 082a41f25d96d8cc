"""Pages that no feed lists: a link followed from an article becomes an entry that is on no list.

They belong to a feed of their own that nobody is subscribed to, and are hidden and read from the
start; the article, its names and the position in it are kept as for any entry.
"""

from tui.domain.feeds import ParsedEntry
from tui.library import identity
from tui.library.database import Connection, Database
from tui.library.entries import insert
from tui.library.journal import Clock
from tui.library.times import seconds

_FEED = "visited:"


class Visits:
    """Entries for links."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._db, self._clock = database, clock

    def visit(self, url: str) -> int:
        """The entry whose link means the same page, one with its text first; or a new one."""

        def work(c: Connection) -> int:
            link = identity.link_number(url)
            known = c.execute(
                "SELECT e.id FROM details d JOIN entries e ON e.id = d.id WHERE d.link = ? "
                "ORDER BY e.text_here DESC, e.hidden, e.id LIMIT 1",
                (link,),
            ).fetchone()
            return int(known[0]) if known else self._insert(c, url)

        return self._db.write(work)

    def _insert(self, c: Connection, url: str) -> int:
        now = seconds(self._clock()) or 0
        c.execute(
            "INSERT OR IGNORE INTO feeds(url, title, added, removed) VALUES (?, ?, ?, ?)",
            (_FEED, "Followed link", now, now),
        )
        feed = c.execute("SELECT id FROM feeds WHERE url = ?", (_FEED,)).fetchone()[0]
        entry = insert(c, feed, now, ParsedEntry(url, link=url))
        c.execute("UPDATE entries SET hidden = 1, read = 1, want = 2 WHERE id = ?", (entry,))
        return entry
