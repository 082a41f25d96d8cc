"""Entries of several feeds that are one story share a number: the lowest id among them.

One story are entries with the same canonical link, and entries of different feeds whose long titles
are the same but for case, accents and punctuation, within three days. Nothing fuzzier: two stories
made one would hide the second.
"""

from collections.abc import Sequence

from tui.library import sorting
from tui.library.database import Connection

_NEAR = 3 * 86_400

# At most this many are looked at: a feed whose entries all link to one page is no story.
_MOST = 20

_SAME_LINK = """
SELECT e.id, e.story, e.read FROM details mine
JOIN details other ON other.link = mine.link AND other.link <> 0 AND other.feed <> mine.feed
JOIN entries e ON e.id = other.id
WHERE mine.id = ? LIMIT ?
"""
_SAME_TITLE = """
SELECT e.id, e.story, 0 FROM details mine JOIN entries me ON me.id = mine.id
JOIN details other
  ON other.headline = mine.headline AND other.headline <> 0 AND other.feed <> mine.feed
JOIN entries e ON e.id = other.id AND abs(e.at - me.at) < ?
WHERE mine.id = ? LIMIT ?
"""


def join(connection: Connection, new: Sequence[int]) -> set[int]:
    """Give `new` entries their story. Returns those that were read already, in another feed.

    The copy of an article that was read is read, too.
    """
    read: set[int] = set()
    for entry in new:
        links = connection.execute(_SAME_LINK, (entry, _MOST)).fetchall()
        titles = connection.execute(_SAME_TITLE, (_NEAR, entry, _MOST)).fetchall()
        same = [*links, *titles]
        if not same:
            continue
        story = min(row[1] or row[0] for row in same)
        others = [row[0] for row in same if not row[1]]
        connection.executemany(
            "UPDATE entries SET story = ? WHERE id = ?", [(story, i) for i in [entry, *others]]
        )
        sorting.retell(connection, story)
        if any(row[2] for row in links):
            read.add(entry)
            connection.execute("UPDATE entries SET read = 1, want = 0 WHERE id = ?", (entry,))
    return read


def copies(connection: Connection, entry: int) -> list[int]:
    """The same article (by link) in other feeds."""
    return [row[0] for row in connection.execute(_SAME_LINK, (entry, _MOST))]
