"""What the user does with entries. Every change is on disk when the call returns, and undoable."""

import json
from collections.abc import Callable, Iterable, Sequence

from tui.domain.editions import Edition, Position
from tui.domain.errors import LibraryError
from tui.domain.text import clean, clean_line
from tui.library import indexing, stories
from tui.library.database import Connection, Database
from tui.library.journal import Journal, Step
from tui.library.schema import Hidden

_DID = {
    ("read", 1): "marked {n} read",
    ("read", 0): "marked {n} unread",
    ("starred", 1): "starred {n}",
    ("starred", 0): "took the star from {n}",
    ("queued", 1): "queued {n} for later",
    ("queued", 0): "took {n} from the queue",
    ("hidden", 1): "hid {n}",
    ("hidden", 0): "showed {n} again",
}
# More than this many at once are a sweep, not a choice of single entries: their copies in other
# feeds are left alone.
_SINGLE = 50

Select = Callable[[Connection, Edition], list[int]]
Keep = Callable[[Connection, Iterable[int]], None]


class State:
    """Read, starred, queued, hidden; labels, notes, positions; saved queries."""

    def __init__(self, database: Database, journal: Journal, select: Select, keep: Keep) -> None:
        """`select` gives the ids of an edition, `keep` puts articles into the library."""
        self._db, self._journal = database, journal
        self._select, self._keep = select, keep

    def mark(
        self,
        entries: Iterable[int] | Edition,
        *,
        read: bool | None = None,
        starred: bool | None = None,
        queued: bool | None = None,
        hidden: bool | None = None,
    ) -> int:
        """Set flags; returns how many entries changed. One call is one step of the journal."""
        wishes = {"read": read, "starred": starred, "queued": queued, "hidden": hidden}
        flags = {name: int(value) for name, value in wishes.items() if value is not None}
        given = entries if isinstance(entries, Edition) else list(entries)

        def work(connection: Connection) -> int:
            if isinstance(given, Edition):
                ids: Sequence[int] = self._select(connection, given)
            else:
                ids = _with_copies(connection, given) if read else given
            step = Step("")
            changed: set[int] = set()
            for name, value in flags.items():
                changed |= _flag(connection, step, name, value, ids)
            if starred or queued:
                self._keep(connection, ids)
            step.what = _line(flags, len(changed))
            self._journal.record(connection, step)
            return len(changed)

        return self._db.write(work, durable=True)

    def label(self, entry: int, labels: Iterable[str]) -> None:
        """Replace the user's own tags of an entry."""
        wanted = {clean_line(label, 100) for label in labels} - {""}

        def work(connection: Connection) -> None:
            _exists(connection, entry)
            rows = connection.execute("SELECT label FROM labels WHERE entry = ?", (entry,))
            had = {label for (label,) in rows}
            step = Step("changed the tags of an entry")
            for label in sorted(had - wanted):
                step.row(connection, "labels", [entry, label], None)
            for label in sorted(wanted - had):
                step.row(connection, "labels", [entry, label], {"entry": entry, "label": label})
            self._journal.record(connection, step)

        self._db.write(work, durable=True)

    def tag(self, edition: Edition, label: str) -> int:
        """Add one of the user's tags to a whole edition; returns how many did not have it."""

        def work(connection: Connection) -> int:
            had = {
                row[0]
                for row in connection.execute("SELECT entry FROM labels WHERE label = ?", (label,))
            }
            fresh = [entry for entry in self._select(connection, edition) if entry not in had]
            step = Step(f"tagged {len(fresh)} {label}")
            for entry in fresh:
                step.row(connection, "labels", [entry, label], {"entry": entry, "label": label})
            self._journal.record(connection, step)
            return len(fresh)

        return self._db.write(work, durable=True)

    def note(self, entry: int, text: str) -> None:
        """Replace the note of an entry; "" removes it."""
        text = clean(text).strip()

        def work(connection: Connection) -> None:
            _exists(connection, entry)
            step = Step("changed the note of an entry" if text else "removed a note")
            step.row(connection, "notes", [entry], {"text": text} if text else None)
            self._journal.record(connection, step)
            indexing.renew(connection, entry)
            if text:
                self._keep(connection, [entry])

        self._db.write(work, durable=True)

    def keep_position(self, entry: int, position: Position) -> None:
        """Remember where the reader was. Not a step of the journal: nobody undoes scrolling."""
        values = (entry, position.block, position.offset, position.anchor[:64], position.share)
        self._db.write(
            lambda c: c.execute(
                "INSERT OR REPLACE INTO positions SELECT ?, ?, ?, ?, ? "
                "WHERE EXISTS (SELECT 1 FROM entries WHERE id = ?)",
                (*values, entry),
            )
        )

    def saved_queries(self) -> Sequence[tuple[str, str]]:
        """Virtual feeds by name."""
        rows = self._db.read(
            lambda c: c.execute("SELECT name, query FROM queries ORDER BY name").fetchall()
        )
        return [(name, query) for name, query in rows]

    def save_query(self, name: str, query: str | None) -> None:
        """Add, change or (None) remove a virtual feed."""
        name = clean_line(name, 100)
        if not name:
            raise LibraryError("a virtual feed needs a name")

        def work(connection: Connection) -> None:
            step = Step(f"{'removed' if query is None else 'saved'} the virtual feed {name}")
            image = None if query is None else {"query": clean_line(query)}
            step.row(connection, "queries", [name], image)
            self._journal.record(connection, step)

        self._db.write(work, durable=True)

    def pin(self, entries: Iterable[int]) -> None:
        """These entries are the current pack, in place of the last one."""
        wanted = json.dumps(list(entries))

        def work(connection: Connection) -> None:
            connection.execute("DELETE FROM pins")
            connection.execute(
                "INSERT INTO pins SELECT id FROM entries "
                "WHERE id IN (SELECT value FROM json_each(?))",
                (wanted,),
            )

        self._db.write(work)


def _exists(connection: Connection, entry: int) -> None:
    if connection.execute("SELECT 1 FROM entries WHERE id = ?", (entry,)).fetchone() is None:
        raise LibraryError(f"there is no entry number {entry}")


def _with_copies(connection: Connection, ids: Sequence[int]) -> Sequence[int]:
    """The same articles in other feeds are read with these."""
    if len(ids) > _SINGLE:
        return ids
    return [*ids, *(copy for entry in ids for copy in stories.copies(connection, entry))]


def _flag(
    connection: Connection, step: Step, name: str, value: int, ids: Sequence[int]
) -> set[int]:
    """Change what is not so yet; returns what changed."""
    column = f"({name} & {int(Hidden.BY_USER)})" if name == "hidden" else name
    rows = connection.execute(
        f"SELECT id, {name} FROM entries WHERE {column} = {1 - value} "
        "AND id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    ).fetchall()
    if name != "hidden":
        step.flag(connection, name, (row[0] for row in rows), 1 - value, value)
        return {row[0] for row in rows}
    by_bits: dict[int, list[int]] = {}
    for entry, bits in rows:
        by_bits.setdefault(bits, []).append(entry)
    for bits, some in by_bits.items():
        step.flag(connection, name, some, bits, bits ^ int(Hidden.BY_USER))
    return {row[0] for row in rows}


def _line(flags: dict[str, int], count: int) -> str:
    parts = [_DID[name, value] for name, value in flags.items()]
    return ", ".join(parts).format(n=count)
