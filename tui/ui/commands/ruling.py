"""Rules: what is done with entries that a query finds, when they arrive. Undoable."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tui.domain.rules import ACTIONS, Rule, drafted
from tui.ui.actions import Call, action

if TYPE_CHECKING:
    from tui.ui.app import Reader


def _drafts(reader: "Reader") -> Iterable[str]:
    """Each action on the query that is on screen: it was tried by looking at it."""
    words = ["tag:" if name == "tag" else f"{name} " for name in ACTIONS]
    return [*words, *(f"{word}{reader.edition.query}" for word in words if word[-1] == " ")]


@action(
    "rule",
    "Hide, star, tag:NAME, queue, read or notify what a query finds from now on",
    argument="action query",
    complete=_drafts,
)
def make_rule(reader: "Reader", call: Call) -> None:
    """Save a rule; says how many it finds now."""
    word, _, query = call.argument.partition(" ")
    if not query.strip():
        reader.say("Which? :rule hide QUERY, or star, queue, read, notify, tag:NAME")
        return
    rule = drafted(word, query)

    def save() -> tuple[int, Rule]:
        return reader.library.count(rule.query).total, reader.library.save_rule(rule)

    def done(result: tuple[int, Rule]) -> None:
        found, saved = result
        reader.changed()
        reader.say(f"Rule {saved.id} saved; it finds {found} now, acts from now on. u: undo")

    reader.work(save, done)
