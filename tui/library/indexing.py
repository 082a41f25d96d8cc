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
from tui.library.progress import Progress, unheard
from tui.library.rows import to_content
from tui.library.stored import parse, unpack

_COLUMNS = ("title", "body", "author", "note", "tags", "lang")
_BODY = 1
_TOLD = 500  # entries between two words about the progress
_STORED = "SELECT b.packed, k.packed FROM bodies b LEFT JOIN kept k ON k.id = b.id WHERE b.id = ?"
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
    row = connection.execute(_STORED, (entry,)).fetchone()
    if row is None:
        return None
    try:
        document = unpack_value(row[0])
    except ValueError:
        return None
    if document[_BODY] is None:
        document[_BODY] = _kept_text(row[1])
    return [str(text) for text in document]


def _kept_text(packed: bytes | None) -> str:
    found = parse(unpack(packed)) if packed else None
    return found[0].text if found is not None else ""


def settle(connection: Connection, entries: Iterable[int], *, whole: bool = False) -> None:
    """Store again what the index has of entries, after their articles came into `kept`; `whole`
    before they leave it or are replaced there: a body is not stored twice."""
    for entry in entries:
        document = stored(connection, entry)
        if document is not None:
            _store(connection, entry, document, whole=whole)


def _store(connection: Connection, entry: int, document: list[str], *, whole: bool = False) -> None:
    slim: list[str | None] = [*document]
    row = connection.execute("SELECT packed FROM kept WHERE id = ?", (entry,)).fetchone()
    if row is not None and not whole and _kept_text(row[0]) == document[_BODY]:
        slim[_BODY] = None
    connection.execute(
        "INSERT OR REPLACE INTO bodies(id, packed) VALUES (?, ?)", (entry, pack_value(slim))
    )


def _document(row: Any, body: str | None) -> list[str]:
    content = to_content(row["content"])
    if body is None:
        longest = max(content.get("content", ""), content.get("summary", ""), key=len)
        body = plain_text(longest)
    tags = " ".join(content.get("tags", ()))
    return [row["title"], body, row["author"], row["note"] or "", tags, row["lang"][:2].lower()]


def _insert(connection: Connection, entry: int, document: list[str]) -> None:
    connection.execute(_INSERT, (entry, *map(spaced, document)))
    _store(connection, entry, document)


def rebuild(connection: Connection, progress: Progress = unheard) -> None:
    """Make the whole index anew from `bodies`, and from the feeds' texts where there is none."""
    connection.execute("INSERT INTO search(search) VALUES ('delete-all')")
    every = [row[0] for row in connection.execute("SELECT id FROM bodies")]
    for done, entry in enumerate(every):
        if done % _TOLD == 0:
            progress(done / len(every))
        document = stored(connection, entry)
        if document is None:
            connection.execute("DELETE FROM bodies WHERE id = ?", (entry,))
        else:
            connection.execute(_INSERT, (entry, *map(spaced, document)))
    rows = connection.execute(
        "SELECT id FROM entries WHERE id NOT IN (SELECT id FROM bodies)"
    ).fetchall()
    add(connection, [row[0] for row in rows])
