"""Rules: what is done with entries that a query finds, when they arrive."""

from collections.abc import Sequence
from typing import Protocol

from tui.domain.editions import Headline
from tui.domain.records import dataclass

ACTIONS = ("hide", "star", "queue", "tag", "read", "notify")


@dataclass(frozen=True, slots=True)
class Rule:
    """`query` in the search language; `action` one of ACTIONS; `value` is the tag of "tag".

    `id` 0 is a rule that was not saved yet. To try one, ask for the edition of its query.
    """

    id: int
    name: str
    query: str
    action: str
    value: str = ""


class RuleBook(Protocol):
    """The library's rules. Changes are undoable. Raises LibraryError."""

    def rules(self) -> Sequence[Rule]:
        """All rules, in the order in which they act."""
        ...

    def save_rule(self, rule: Rule) -> Rule:
        """Add a rule (`id` 0) or change one; returns it with its id."""
        ...

    def remove_rule(self, rule: int) -> None:
        """Remove a rule; what it did stays."""
        ...

    def apply_rule(self, rule: int) -> int:
        """Let a rule act on what the library has already; returns how many entries changed."""
        ...

    def notices(self) -> Sequence[tuple[str, Headline]]:
        """(name of the rule, entry) that "notify" rules found since this was asked last."""
        ...
