"""Every change of state is a step that can be taken back, also after a restart.

A step holds edits of two sorts, each with what was before:
- a flag of many entries ("read" to 1 for these ids, which all had 0),
- one row of a small table (a note, a label, a subscription, a saved query, ...).
Undo makes the edits backwards, redo again. A new step ends what could be redone.

A large import is one step in several transactions, so that nobody waits for all of it: the rows of
its parts are `along` with each other, and undone and redone as one.
"""

import json
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import field
from datetime import datetime
from typing import Any

from tui.domain.errors import LibraryError
from tui.domain.records import dataclass
from tui.library import ranges
from tui.library.database import Connection, Database
from tui.library.packing import pack_value, unpack_value
from tui.library.schema import Hidden
from tui.library.times import certain, seconds

Clock = Callable[[], datetime]
Image = dict[str, Any]

FLAGS = ("read", "starred", "queued", "hidden")
_LONGEST = 2000
"""Steps that are kept; older ones can no longer be undone."""

# The rows that a step may hold, and what finds one.
TABLES: Mapping[str, tuple[str, ...]] = {
    "notes": ("id",),
    "labels": ("entry", "label"),
    "queries": ("name",),
    "follows": ("key",),
    "corrections": ("id",),
    "rules": ("id",),
    "feeds": ("id",),
}


class TakenBack(LibraryError):
    """A step in several transactions was undone before its last."""


@dataclass
class Step:
    """One change, while it is made. `what` is a line for the user: "marked 12 read"."""

    what: str
    edits: list[list[Any]] = field(default_factory=list)
    entries: set[int] = field(default_factory=set)
    """Entries whose words for the search changed."""

    def flag(
        self, connection: Connection, name: str, ids: Iterable[int], before: int, after: int
    ) -> None:
        """Set flag `name` from `before` to `after` for `ids`, which all have `before`."""
        text = ranges.to_text(ids)
        if text:
            self.edits.append(["flag", name, text, before, after])
            _set_flag(connection, name, ranges.from_text(text), after)

    def came(self, ids: Iterable[int]) -> None:
        """Note entries that are new: undone, they are on no list, as those of a feed that was
        unsubscribed."""
        text = ranges.to_text(ids)
        if text:
            self.edits.append(["flag", "hidden", text, int(Hidden.UNSUBSCRIBED), 0])

    def row(
        self, connection: Connection, table: str, key: Sequence[Any], after: Image | None
    ) -> None:
        """Make the row `key` of `table` be `after` (None: no row). Only named columns change."""
        before = _read_row(connection, table, key)
        if before == after:
            return
        if before is not None and after is not None:
            before = {name: before[name] for name in after}
            if before == after:
                return
        self.edits.append(["row", table, list(key), before, after])
        _write_row(connection, table, key, after)


class Journal:
    """The steps in the library."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._db, self._clock = database, clock
        self.changed: Callable[[Connection, Mapping[str, set[Any]]], None] = lambda _c, _t: None
        """Told inside the transaction which rows of which tables an undo or redo changed."""
        self._here = threading.local()

    def record(self, connection: Connection, step: Step) -> None:
        """Write `step` down, in the transaction that made its edits."""
        whole: Step | None = getattr(self._here, "part", None)
        if whole is not None:
            whole.edits += step.edits
        else:
            self._write(connection, step)

    @contextmanager
    def one_step(self, what: str) -> Iterator[Callable[[], AbstractContextManager[Step]]]:
        """Yields what begins a transaction: all that this thread does in such transactions becomes
        one step. What another thread or process does between them is a step of its own; when that
        is to take this one back, the next transaction raises TakenBack."""
        along = 0

        @contextmanager
        def part() -> Iterator[Step]:
            nonlocal along
            with self._db.together():
                _check_stands(self._db.reader(), along, what)
                self._here.part = step = Step(what)
                try:
                    yield step
                finally:
                    self._here.part = None
                along = self._write(self._db.reader(), step, along)

        yield part

    def _write(self, connection: Connection, step: Step, along: int | None = None) -> int:
        """Returns what further parts of this step are along with; None stands alone, 0 begins."""
        if not step.edits:
            return along or 0
        connection.execute("DELETE FROM journal WHERE undone = 1")
        number = connection.execute(
            "INSERT INTO journal(at, what, change, along) VALUES (?, ?, ?, ?)",
            (seconds(self._clock()), step.what, pack_value(step.edits), along or 0),
        ).lastrowid
        assert number is not None
        if along == 0:
            connection.execute("UPDATE journal SET along = id WHERE id = ?", (number,))
        first = along or number
        connection.execute(
            "DELETE FROM journal WHERE id <= ? AND along <> ?", (number - _LONGEST, first)
        )
        return first

    def undo(self) -> str | None:
        """Take the last step back; returns its line, or None when there is none."""
        return self._db.write(lambda c: self._move(c, back=True), durable=True)

    def redo(self) -> str | None:
        """Make the step that was undone last again."""
        return self._db.write(lambda c: self._move(c, back=False), durable=True)

    def history(self, limit: int = 50) -> list[tuple[datetime, str, bool]]:
        """The last steps, the newest first: when, what, and whether it is undone."""
        query = (
            "SELECT max(at), what, undone FROM journal "
            "GROUP BY iif(along > 0, along, id), undone ORDER BY max(id) DESC LIMIT ?"
        )
        rows = self._db.read(lambda c: c.execute(query, (limit,)).fetchall())
        return [(certain(at), what, bool(undone)) for at, what, undone in rows]

    def _move(self, connection: Connection, *, back: bool) -> str | None:
        state, order = (0, "DESC") if back else (1, "ASC")
        row = connection.execute(
            f"SELECT id, what, along FROM journal WHERE undone = ? ORDER BY id {order} LIMIT 1",
            (state,),
        ).fetchone()
        if row is None:
            return None
        parts = connection.execute(
            "SELECT change FROM journal WHERE (id = ? OR (along > 0 AND along = ?)) "
            f"AND undone = ? ORDER BY id {order}",
            (row["id"], row["along"], state),
        ).fetchall()
        touched: dict[str, set[Any]] = {}
        for (change,) in parts:
            edits = unpack_value(change)
            for edit in reversed(edits) if back else edits:
                _make(connection, edit, touched, back=back)
        connection.execute(
            "UPDATE journal SET undone = ? WHERE id = ? OR (along > 0 AND along = ?)",
            (1 - state, row["id"], row["along"]),
        )
        self.changed(connection, touched)
        return str(row["what"])


def _check_stands(connection: Connection, along: int, what: str) -> None:
    row = connection.execute("SELECT undone FROM journal WHERE id = ?", (along,)).fetchone()
    if along and (row is None or row["undone"]):
        raise TakenBack(f"{what}: taken back while it ran; nothing more came in")


def _make(
    connection: Connection, edit: list[Any], touched: dict[str, set[Any]], *, back: bool
) -> None:
    sort, name, key, before, after = edit
    wanted = before if back else after
    if sort == "flag":
        _set_flag(connection, name, ranges.from_text(key), wanted)
    else:
        _write_row(connection, name, key, wanted)
        row = before or after
        # What a correction is about may be gone with its row.
        corrected = ("action", "key", "value", "entry")
        about = tuple(row[n] for n in corrected) if name == "corrections" else key[0]
        touched.setdefault(name, set()).add(about)


def _set_flag(connection: Connection, name: str, ids: Sequence[int], value: int) -> None:
    if name not in FLAGS:
        raise ValueError(f"no flag {name}")
    connection.execute(
        f"UPDATE entries SET {name} = ? WHERE id IN (SELECT value FROM json_each(?))",
        (value, json.dumps(ids)),
    )


def _where(table: str) -> str:
    return " AND ".join(f'"{column}" = ?' for column in TABLES[table])


def _read_row(connection: Connection, table: str, key: Sequence[Any]) -> Image | None:
    row = connection.execute(f"SELECT * FROM {table} WHERE {_where(table)}", key).fetchone()
    return dict(row) if row is not None else None


def _write_row(connection: Connection, table: str, key: Sequence[Any], image: Image | None) -> None:
    if image is None:
        connection.execute(f"DELETE FROM {table} WHERE {_where(table)}", key)
        return
    names = [name for name in image if name.isidentifier()]
    sets = ", ".join(f'"{name}" = ?' for name in names)
    changed = connection.execute(
        f"UPDATE {table} SET {sets} WHERE {_where(table)}",
        [*(image[name] for name in names), *key],
    )
    if changed.rowcount == 0:
        full = {**dict(zip(TABLES[table], key, strict=True)), **image}
        columns = ", ".join(f'"{name}"' for name in full)
        marks = ", ".join("?" * len(full))
        connection.execute(
            f"INSERT OR IGNORE INTO {table}({columns}) VALUES ({marks})", list(full.values())
        )
