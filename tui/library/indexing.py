"""What the full-text index holds of each entry, and how it gets in and out.

The index has no copy of its texts (FTS5 "contentless"), which makes it a third of its usual size.
A text is taken out by naming its very words again; so what went in is kept in `bodies`, packed.
No stemmer: one for English spoils French and German. Inflected forms are found from the query's
side, each language in texts of that language only; see `words`.
"""

import html
import json
import re
from collections.abc import Iterable
from typing import Any

from tui.library.database import Connection
from tui.library.folding import spaced
from tui.library.packing import pack_value, unpack_value
from tui.library.rows import to_content

_COLUMNS = ("title", "body", "author", "note", "tags", "lang")
_HIDDEN = re.compile(r"<(script|style|template)\b.*?</\1\s*>|<!--.*?-->", re.S | re.I)
_TAG = re.compile(r"<[^>]*>")
_INSERT = "INSERT INTO search(rowid, title, body, author, note, tags, lang) VALUES (?,?,?,?,?,?,?)"
_DELETE = (
    "INSERT INTO search(search, rowid, title, body, author, note, tags, lang) "
    "VALUES ('delete',?,?,?,?,?,?,?)"
)
_SOURCE = """
SELECT d.id, d.title, d.author, d.lang, n.text AS note, c.packed AS content
FROM details d LEFT JOIN notes n ON n.id = d.id LEFT JOIN contents c ON c.id = d.id
WHERE d.id IN (SELECT value FROM json_each(?))
"""


def plain_text(markup: str) -> str:
    """The words of HTML, roughly: for the index only, never shown."""
    if "<" in markup:
        markup = _TAG.sub(" ", _HIDDEN.sub(" ", markup))
    return " ".join(html.unescape(markup).split())


def add(connection: Connection, ids: Iterable[int]) -> None:
    """Index entries that are not in the index, by what the feed says of them."""
    for row in connection.execute(_SOURCE, (json.dumps(list(ids)),)).fetchall():
        _insert(connection, row["id"], _document(row, None))


def renew(connection: Connection, entry: int, body: str | None = None) -> None:
    """Index an entry anew: with `body`, its article's text, or with the body that it had."""
    old = stored(connection, entry)
    row = connection.execute(_SOURCE, (json.dumps([entry]),)).fetchone()
    if row is None:
        return
    if body is None and old is not None:
        body = old[1]
    remove(connection, [entry])
    _insert(connection, entry, _document(row, body))


def remove(connection: Connection, ids: Iterable[int]) -> None:
    """Take entries out of the index."""
    for entry in ids:
        old = stored(connection, entry)
        if old is not None:
            connection.execute(_DELETE, (entry, *map(spaced, old)))
            connection.execute("DELETE FROM bodies WHERE id = ?", (entry,))


def stored(connection: Connection, entry: int) -> list[str] | None:
    """What the index has of an entry: a text for each column, or None."""
    row = connection.execute("SELECT packed FROM bodies WHERE id = ?", (entry,)).fetchone()
    if row is None:
        return None
    try:
        return [str(text) for text in unpack_value(row[0])]
    except ValueError:
        return None


def _document(row: Any, body: str | None) -> list[str]:
    content = to_content(row["content"])
    if body is None:
        longest = max(content.get("content", ""), content.get("summary", ""), key=len)
        body = plain_text(longest)
    tags = " ".join(content.get("tags", ()))
    return [row["title"], body, row["author"], row["note"] or "", tags, row["lang"][:2].lower()]


def _insert(connection: Connection, entry: int, document: list[str]) -> None:
    connection.execute(_INSERT, (entry, *map(spaced, document)))
    connection.execute(
        "INSERT OR REPLACE INTO bodies(id, packed) VALUES (?, ?)", (entry, pack_value(document))
    )


def rebuild(connection: Connection) -> None:
    """Make the whole index anew from `bodies`, and from the feeds' texts where there is none."""
    connection.execute("INSERT INTO search(search) VALUES ('delete-all')")
    for entry, packed in connection.execute("SELECT id, packed FROM bodies").fetchall():
        try:
            document = [str(text) for text in unpack_value(packed)]
        except ValueError:
            connection.execute("DELETE FROM bodies WHERE id = ?", (entry,))
            continue
        connection.execute(_INSERT, (entry, *map(spaced, document)))
    rows = connection.execute(
        "SELECT id FROM entries WHERE id NOT IN (SELECT id FROM bodies)"
    ).fetchall()
    add(connection, [row[0] for row in rows])
