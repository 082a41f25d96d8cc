"""What entries are put in order by, kept beside each so that every order is a walk along an index.

letters  the beginning of the title as a number, for the order by title
told     when the newest entry of its story is from (its own time, where it is alone)
"""

from tui.library.database import Connection
from tui.library.folding import fold
from tui.library.progress import Progress, unheard
from tui.library.schema import SORTED_INDEXES
from tui.library.scripts import run_script

_BYTES = 8  # what an integer of SQLite holds
_LONGEST = 64  # characters of a title that can matter for them
_BATCH = 10_000

_TOLD = """
UPDATE entries SET told = newest.at FROM (
  SELECT story, max(at) AS at FROM entries WHERE story > 0 {which} GROUP BY story
) AS newest WHERE entries.story = newest.story AND entries.story > 0 {which}
"""


def letters(title: str) -> int:
    """The first letters of `title`, without case and accents, as a number that sorts as they do."""
    head = fold(title[:_LONGEST]).encode()[:_BYTES]
    return int.from_bytes(head.ljust(_BYTES, b"\0"), "big") - (1 << 63)


def retell(connection: Connection, story: int) -> None:
    """Give the entries of a story the time of its newest."""
    connection.execute(_TOLD.format(which="AND entries.story = ?"), (story, story))


def make(connection: Connection, progress: Progress = unheard) -> None:
    """Fill the columns of all entries, and index them: in a migration, inside its transaction."""
    fill(connection, progress)
    run_script(connection, SORTED_INDEXES)


def fill(connection: Connection, progress: Progress = unheard) -> None:
    """Fill the columns of all entries."""
    last = connection.execute("SELECT COALESCE(max(id), 0) FROM entries").fetchone()[0]
    for start in range(0, last, _BATCH):
        rows = connection.execute(
            "SELECT title, id FROM details WHERE id > ? AND id <= ?", (start, start + _BATCH)
        ).fetchall()
        connection.executemany(
            "UPDATE entries SET letters = ?, told = at WHERE id = ?",
            [(letters(title), entry) for title, entry in rows],
        )
        progress(start / last)
    connection.execute(_TOLD.format(which=""))
