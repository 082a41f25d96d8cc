"""Articles that are here, put into the index again: after a correction that it holds, after a repair."""

import json
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from tui.domain.corrections import apply_corrections
from tui.domain.naming import fold_key
from tui.library import indexing, names
from tui.library.cache import Cache
from tui.library.corrections import About, Corrections
from tui.library.database import Connection, Database
from tui.library.schema import INCOMPLETE
from tui.library.stored import load

_BATCH = 200
_AT_ONCE = 500


class Recall:
    """Reads stored articles for the index."""

    def __init__(self, database: Database, cache: Cache, corrections: Corrections) -> None:
        self._db, self._cache, self._corrections = database, cache, corrections

    def name_again(self, connection: Connection, about: Iterable[About]) -> None:
        """Index the articles anew that corrections change in the index, inside a transaction: all
        that name what was split, and the one in which something was merged.

        Of very many the newest at once, the others at the next upkeep.
        """
        keys: set[str] = set()
        entries: list[int] = []
        for action, key, value, entry in about:
            if action == "split":
                keys |= {key, fold_key(value)}
            elif action == "merge" and entry:
                entries.append(entry)
        if not keys and not entries:
            return
        rows = connection.execute(
            "SELECT e.id, e.text_here, k.packed FROM entries e LEFT JOIN kept k ON k.id = e.id "
            "WHERE e.id IN (SELECT value FROM json_each(?) UNION SELECT m.entry FROM entities n "
            "JOIN mentions m ON m.entity = n.id WHERE n.key IN (SELECT value FROM json_each(?))) "
            "ORDER BY e.at DESC LIMIT ?",
            (json.dumps(entries), json.dumps(sorted(keys)), _AT_ONCE + 1),
        ).fetchall()
        if len(rows) > _AT_ONCE:
            connection.execute("INSERT OR REPLACE INTO meta VALUES (?, 1)", (INCOMPLETE,))
        self._name(connection, rows[:_AT_ONCE])

    def restore(self) -> None:
        """Put the words and names of all articles that are here back into the index, after a
        repair that could not save them."""
        rows = self._db.read(
            lambda c: c.execute("SELECT id FROM entries WHERE text_here = 1").fetchall()
        )
        every = [row[0] for row in rows]
        for start in range(0, len(every), _BATCH):
            self._db.write(partial(self._restore, every[start : start + _BATCH]))

    def _restore(self, entries: Sequence[int], connection: Connection) -> None:
        rows = connection.execute(
            "SELECT e.id, e.text_here, k.packed FROM entries e LEFT JOIN kept k ON k.id = e.id "
            "WHERE e.id IN (SELECT value FROM json_each(?))",
            (json.dumps(entries),),
        ).fetchall()
        for entry, found in load(self._cache, rows):
            indexing.renew(connection, entry, found[0].text)
        self._name(connection, rows)

    def _name(self, connection: Connection, rows: Iterable[Any]) -> None:
        for entry, (article, found) in load(self._cache, rows):
            if found is not None:
                baked = self._corrections.baked(connection, entry)
                names.save(connection, entry, apply_corrections(found, baked, article.text, entry))
