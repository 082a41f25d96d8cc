"""Rows of the list for ids, with story sizes and, for a search, what was found in them."""

import json
from collections.abc import Sequence

from tui.domain.editions import Headline
from tui.domain.query import Term
from tui.library import indexing, snippets
from tui.library.database import Connection
from tui.library.rows import HEADLINE_COLUMNS, HEADLINE_TABLES, to_headline

_SIZES = """
SELECT story, count(*) FROM entries WHERE story > 0 AND hidden = 0
AND story IN (SELECT value FROM json_each(?)) GROUP BY story
"""


class Headlines:
    """Makes `Headline`s."""

    def of(
        self, c: Connection, ids: Sequence[int], words: Sequence[Term] = ()
    ) -> tuple[Headline, ...]:
        """The headlines of `ids` in their order; ids that are gone are left out."""
        if not ids:
            return ()
        rows = c.execute(
            f"SELECT {HEADLINE_COLUMNS} FROM {HEADLINE_TABLES} "
            "WHERE e.id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(ids)),),
        ).fetchall()
        stories = sorted({row["story"] for row in rows if row["story"]})
        sizes: dict[int, int] = {}
        if stories:
            sizes = dict(c.execute(_SIZES, (json.dumps(stories),)).fetchall())
        finder = snippets.Finder(words) if words else None
        made = {
            row["id"]: to_headline(
                row,
                sizes.get(row["story"], 1),
                _snippet(c, finder, row["id"], row["title"]) if finder else "",
            )
            for row in rows
        }
        return tuple(made[entry] for entry in ids if entry in made)


def _snippet(c: Connection, finder: snippets.Finder, entry: int, title: str) -> str:
    document = indexing.stored(c, entry)
    return finder.snippet(*(document[1:4] if document else ()), title)
