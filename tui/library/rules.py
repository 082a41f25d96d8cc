"""Rules: a query, and what is done with each entry that it finds, once, when it arrives.

A rule over words, names or states of the text is tried again when the article is there. What a rule
did to an entry is never done again: the user may have taken it back. A rule is tried before it is
saved by asking for the edition of its query; `apply` makes it reach back, as one step of the journal.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from tui.domain.editions import Edition, Headline
from tui.domain.errors import LibraryError
from tui.domain.rules import Rule, check
from tui.domain.text import clean_line
from tui.library.database import Connection, Database
from tui.library.headlines import Headlines
from tui.library.journal import Clock, Journal, Step
from tui.library.state import Keep, State
from tui.library.times import seconds

Among = Callable[[Connection, str, Sequence[int]], list[int]]

_EFFECTS = {
    "read": "UPDATE entries SET read = 1 WHERE id = ?",
    "star": "UPDATE entries SET starred = 1 WHERE id = ?",
    "queue": "UPDATE entries SET queued = 1 WHERE id = ?",
    "hide": "UPDATE entries SET hidden = hidden | 1 WHERE id = ?",
}


class Rules:
    """The table of rules, and what they do."""

    def __init__(
        self,
        database: Database,
        journal: Journal,
        state: State,
        *,
        headlines: Headlines,
        clock: Clock,
        among: Among,
        keep: Keep,
    ) -> None:
        """`among` tells which of some entries a query finds; `keep` keeps articles."""
        self._db, self._journal, self._state, self._clock = database, journal, state, clock
        self._headlines, self._among, self._keep = headlines, among, keep

    def rules(self) -> Sequence[Rule]:
        """All rules, in the order in which they act."""
        return self._db.read(_all)

    def save_rule(self, rule: Rule) -> Rule:
        """Add a rule (`id` 0) or change one; returns it with its id."""
        check(rule)
        name = clean_line(rule.name, 100) or clean_line(rule.query, 100)

        def work(c: Connection) -> Rule:
            highest = c.execute(
                "SELECT COALESCE(max(seq), 0) FROM sqlite_sequence WHERE name='rules'"
            )
            number = rule.id or highest.fetchone()[0] + 1
            step = Step(f"saved the rule {name}")
            image: dict[str, Any] = {
                "name": name,
                "query": clean_line(rule.query),
                "action": rule.action,
                "value": clean_line(rule.value, 100),
                "made": seconds(self._clock()),
            }
            step.row(c, "rules", [number], image)
            self._journal.record(c, step)
            return Rule(number, name, image["query"], rule.action, image["value"])

        return self._db.write(work, durable=True)

    def remove_rule(self, rule: int) -> None:
        """Remove a rule; what it did stays."""

        def work(c: Connection) -> None:
            step = Step("removed a rule")
            step.row(c, "rules", [rule], None)
            self._journal.record(c, step)

        self._db.write(work, durable=True)

    def apply(self, rule: int) -> int:
        """Do what a rule does to all that the library has; one step, undoable."""
        found = next((r for r in self.rules() if r.id == rule), None)
        if found is None:
            raise LibraryError(f"there is no rule number {rule}")
        edition = Edition(found.query)
        match found.action:
            case "read":
                return self._state.mark(edition, read=True)
            case "star":
                return self._state.mark(edition, starred=True)
            case "queue":
                return self._state.mark(edition, queued=True)
            case "hide":
                return self._state.mark(edition, hidden=True)
            case "tag":
                return self._state.tag(edition, found.value)
        return 0

    def act(self, c: Connection, entries: Iterable[int]) -> None:
        """Let all rules look at entries that came, inside the transaction that brings them."""
        new = list(entries)
        for rule in _all(c) if new else ():
            done = c.execute(
                "SELECT entry FROM applied WHERE rule = ? "
                "AND entry IN (SELECT value FROM json_each(?))",
                (rule.id, json.dumps(new)),
            )
            fresh = sorted(set(new) - {row[0] for row in done})
            self._do(c, rule, self._among(c, rule.query, fresh) if fresh else [])

    def _do(self, c: Connection, rule: Rule, entries: list[int]) -> None:
        c.executemany(
            "INSERT INTO applied(rule, entry, told) VALUES (?, ?, ?)",
            [(rule.id, entry, int(rule.action != "notify")) for entry in entries],
        )
        if rule.action in _EFFECTS:
            c.executemany(_EFFECTS[rule.action], [(entry,) for entry in entries])
        if rule.action == "tag":
            c.executemany(
                "INSERT OR IGNORE INTO labels(entry, label) VALUES (?, ?)",
                [(entry, rule.value) for entry in entries],
            )
        if rule.action in ("star", "queue"):
            self._keep(c, entries)

    def notices(self) -> Sequence[tuple[str, Headline]]:
        """(rule, entry) that "notify" rules found since this was asked last; newest first."""
        if self._db.read_only or not self._db.read(_has_untold):
            return []  # nothing to write: a question that is asked at every start

        def work(c: Connection) -> Sequence[tuple[str, Headline]]:
            rows = c.execute(
                "SELECT r.name, a.entry FROM applied a JOIN rules r ON r.id = a.rule "
                "JOIN entries e ON e.id = a.entry WHERE a.told = 0 AND e.hidden = 0 "
                "ORDER BY e.at DESC"
            ).fetchall()
            c.execute("UPDATE applied SET told = 1 WHERE told = 0")
            found = {h.id: h for h in self._headlines.of(c, [row[1] for row in rows])}
            return [(name, found[entry]) for name, entry in rows if entry in found]

        return self._db.write(work)


def _has_untold(c: Connection) -> bool:
    return c.execute("SELECT 1 FROM applied WHERE told = 0 LIMIT 1").fetchone() is not None


def _all(c: Connection) -> list[Rule]:
    rows = c.execute("SELECT id, name, query, action, value FROM rules ORDER BY id")
    return [Rule(*row) for row in rows]
