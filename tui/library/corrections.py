"""The user's corrections of entities: kept, undoable, exportable, applied to what is read."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import field

from tui.domain.errors import LibraryError
from tui.domain.ports import Correction
from tui.domain.records import dataclass
from tui.library.database import Connection, Database
from tui.library.journal import Clock, Journal, Step
from tui.library.times import moment, seconds

_ACTIONS = {
    "hide": "hid {key}",
    "rename": "renamed {key} to {value}",
    "merge": "merged {key} into {value}",
    "split": "took {value} out of {key}",
    "kind": "made {key} a {value}",
}


About = tuple[str, str, str, int]
"""What a correction is about: action, key, value, entry."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """Corrections as the index needs them; keys that they don't name are not in it."""

    merged: dict[str, str] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    renamed: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)

    def final(self, key: str) -> str:
        """Where `key` ends up after merges."""
        seen = {key}
        while (into := self.merged.get(key)) is not None and into not in seen:
            seen.add(into)
            key = into
        return key

    def sources(self, key: str) -> list[str]:
        """All keys of the index that count as `key`, itself first."""
        return [key, *(other for other in self.merged if other != key and self.final(other) == key)]


def resolve(made: Iterable[Correction]) -> Resolved:
    """Corrections in the order they were made, the later one winning. Those of an entity that is
    not shared (`entry` set and no merge into a shared one) do not reach the index."""
    resolved = Resolved()
    hidden: set[str] = set()
    for correction in made:
        match correction.action:
            case "hide":
                hidden.add(correction.key)
            case "rename":
                resolved.renamed[correction.key] = correction.value
            case "kind":
                resolved.kinds[correction.key] = correction.value
            case "merge" if correction.key != correction.value:
                if resolved.final(correction.value) == correction.key:
                    resolved.merged.pop(correction.value, None)
                resolved.merged[correction.key] = correction.value
    return Resolved(resolved.merged, frozenset(hidden), resolved.renamed, resolved.kinds)


class Corrections:
    """The table of corrections."""

    def __init__(self, database: Database, journal: Journal, clock: Clock) -> None:
        self._db, self._journal, self._clock = database, journal, clock
        self.indexed: Callable[[Connection, Iterable[About]], None] = lambda _c, _about: None
        """Told inside the transaction of what was corrected: the index may hold it."""

    def all(self) -> list[Correction]:
        """All corrections, oldest first."""
        return self._db.read(lambda c: _read(c, ""))

    def baked(self, connection: Connection, entry: int) -> list[Correction]:
        """Those that the index of an article holds: what was split, and what was merged here (a
        lone surname is in no index until the reader says whose it is)."""
        where = f"WHERE action = 'split' OR (action = 'merge' AND entry = {int(entry)})"
        return _read(connection, where)

    def resolved(self, connection: Connection) -> Resolved:
        """What the index needs."""
        return resolve(_read(connection, ""))

    def correct(self, correction: Correction) -> None:
        """Keep one more correction."""
        line = _ACTIONS.get(correction.action)
        if line is None or not correction.key:
            raise LibraryError(f"there is no correction {correction.action!r}")
        what = line.format(key=correction.key, value=correction.value)
        made = correction.made or self._clock()

        def work(connection: Connection) -> None:
            step = Step(what)
            last = connection.execute("SELECT COALESCE(max(id), 0) FROM corrections").fetchone()[0]
            image = {
                "action": correction.action,
                "key": correction.key,
                "value": correction.value,
                "made": seconds(made),
                "entry": correction.entry,
            }
            step.row(connection, "corrections", [last + 1], image)
            self._journal.record(connection, step)
            self.indexed(
                connection,
                [(correction.action, correction.key, correction.value, correction.entry)],
            )

        self._db.write(work, durable=True)

    def export(self) -> Iterator[str]:
        """One JSON object a line, oldest first."""
        for made in self.all():
            value = {"action": made.action, "key": made.key, "value": made.value}
            if made.entry:
                value["entry"] = str(made.entry)
            if made.made:
                value["made"] = made.made.isoformat()
            yield json.dumps(value, ensure_ascii=False)


def _read(connection: Connection, where: str) -> list[Correction]:
    rows = connection.execute(
        f"SELECT action, key, value, made, entry FROM corrections {where} ORDER BY id"
    )
    return [
        Correction(action, key, value, moment(made), entry)
        for action, key, value, made, entry in rows
    ]
