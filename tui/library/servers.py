"""What a server (`tui.domain.servers`) and the library share: which feeds, which entry is which, and the
state that both sides last agreed on. Implements domain.servers.ServerShelf.

What comes from a server is no step of the journal: undo takes back what the reader did here.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence

from tui.domain.servers import Linked, RemoteEntry, Shared
from tui.library.database import Connection, Database
from tui.library.identity import link_number

Keep = Callable[[Connection, Iterable[int]], None]

_LINK = """
UPDATE remote SET entry = (
  SELECT d.id FROM details d JOIN entries e ON e.id = d.id
  WHERE d.link = remote.link ORDER BY e.read, d.id LIMIT 1
) WHERE entry IS NULL AND link <> 0
"""
_LINKED = """
SELECT r.entry, r.id, e.read, e.starred, r.read, r.starred
FROM remote r JOIN entries e ON e.id = r.entry
"""


class Servers:
    """The table `remote`, and a line a server in `meta`."""

    def __init__(self, database: Database, keep: Keep) -> None:
        """`keep` puts the articles of entries into the library, where starred ones belong."""
        self._db, self._keep = database, keep

    def subscriptions(self, server: str) -> Mapping[int, Shared]:
        """The feeds that were shared with `server` when both last agreed, by our number."""
        row = self._db.read(
            lambda c: c.execute(
                "SELECT value FROM meta WHERE name = ?", (_meta(server),)
            ).fetchone()
        )
        known = json.loads(row[0]) if row else {}
        return {int(feed): Shared(*shared) for feed, shared in known.items()}

    def agree_subscriptions(self, server: str, feeds: Mapping[int, Shared]) -> None:
        """Both sides have these now."""
        value = json.dumps({feed: (s.remote, s.folder) for feed, s in feeds.items()})
        self._db.write(
            lambda c: c.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_meta(server), value))
        )

    def linked(self) -> Sequence[Linked]:
        """Entries that both sides have."""
        rows = self._db.read(lambda c: c.execute(_LINKED).fetchall())
        return [Linked(r[0], r[1], *map(bool, tuple(r)[2:])) for r in rows]

    def known_remote(self) -> frozenset[str]:
        """Remote ids that were asked about already, linked or not."""
        rows = self._db.read(lambda c: c.execute("SELECT id FROM remote").fetchall())
        return frozenset(row[0] for row in rows)

    def link(self, entries: Iterable[RemoteEntry]) -> int:
        """Remember `entries` and link what can be linked by its address.

        Nothing is agreed on yet: "not read, not starred" is the base, so that what the reader
        changed here counts as pending and everything else is taken from the server.
        """
        new = [(entry.id, link_number(entry.url)) for entry in entries]

        def work(c: Connection) -> int:
            c.executemany("INSERT OR IGNORE INTO remote(id, link) VALUES (?, ?)", new)
            c.execute(_LINK)
            counted = c.execute("SELECT count(*) FROM remote WHERE entry IS NOT NULL").fetchone()
            return int(counted[0])

        return self._db.write(work)

    def agree(self, states: Iterable[tuple[int, bool, bool]]) -> None:
        """(entry, read, starred): both sides have this now; sets ours where it differs."""
        rows = [(int(read), int(starred), entry) for entry, read, starred in states]

        def work(c: Connection) -> None:
            c.executemany("UPDATE entries SET read = ?, starred = ? WHERE id = ?", rows)
            c.executemany("UPDATE remote SET read = ?, starred = ? WHERE entry = ?", rows)
            self._keep(c, [entry for _, starred, entry in rows if starred])

        if rows:
            self._db.write(work, durable=True)


def _meta(server: str) -> str:
    return f"feeds shared with {server}"
