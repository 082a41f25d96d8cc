"""Articles that are here, put into the index again: after a split of an entity, after a repair."""

import json
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from tui.domain.corrections import apply_corrections
from tui.domain.naming import fold_key
from tui.domain.ports import Correction
from tui.library import indexing, names
from tui.library.cache import Cache
from tui.library.corrections import Corrections
from tui.library.database import Connection, Database
from tui.library.stored import load

_BATCH = 200


class Recall:
    """Reads stored articles for the index."""

    def __init__(self, database: Database, cache: Cache, corrections: Corrections) -> None:
        self._db, self._cache, self._corrections = database, cache, corrections

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
        self._name(connection, rows, self._corrections.splits(connection))

    def _name(
        self, connection: Connection, rows: Iterable[Any], splits: Sequence[Correction]
    ) -> None:
        for entry, (article, found) in load(self._cache, rows):
            if found is not None:
                names.save(connection, entry, apply_corrections(found, splits, article.text, entry))
