"""Rules: what is done with entries that a query finds, when they arrive."""

from collections.abc import Sequence
from typing import Protocol

from tui.domain.editions import Headline
from tui.domain.errors import BadRule
from tui.domain.query import parse
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


def drafted(action: str, query: str, name: str = "") -> Rule:
    """A rule as a person types it: `action` is one of ACTIONS, "tag:NAME" for a tag.

    Raises BadRule also where a part of the query can't be used: without it, the rule would act on
    more than was meant.
    """
    action, colon, value = action.partition(":")
    if action not in ACTIONS or (colon and action != "tag"):
        known = ", ".join("tag:NAME" if known == "tag" else known for known in ACTIONS)
        raise BadRule(f"{action}{colon}{value} is nothing that a rule does; known are {known}")
    rule = Rule(0, name.strip(), query.strip(), action, value.strip())
    if problems := parse(query).problems:
        raise BadRule(f"{problems[0]}; no rule was made")
    check(rule)
    return rule


def check(rule: Rule) -> None:
    """Raise BadRule for a rule that can't act."""
    if rule.action not in ACTIONS:
        raise BadRule(f"a rule can {', '.join(ACTIONS)}; not {rule.action!r}")
    if rule.action == "tag" and not rule.value.strip():
        raise BadRule("a rule that tags needs the tag; write tag:NAME")
    if not narrows(rule.query):
        raise BadRule("a rule needs a query; this one would act on every entry")


def narrows(query: str) -> bool:
    """False for a query that finds everything: without a term, or on one side of an OR only terms
    without any letter or digit, which no text can have."""
    groups = parse(query).groups
    return bool(groups) and all(
        any(letter.isalnum() for term in group for letter in term.value) for group in groups
    )


def told(notices: Sequence[tuple[str, Headline]]) -> str:
    """What rules of "notify" found (`RuleBook.notices`), in one line."""
    titles: dict[str, list[str]] = {}
    for rule, headline in notices:
        titles.setdefault(rule, []).append(headline.title or headline.url)
    return "; ".join(
        f"{len(found)} for “{rule}”: {found[0]}{' …' if len(found) > 1 else ''}"
        for rule, found in titles.items()
    )


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
