"""Rules in the order in which they act: what each does, its query, and how many it finds now."""

from collections.abc import Sequence

from tui.domain.editions import Edition
from tui.domain.rules import Rule
from tui.ui.actions import RULES
from tui.ui.render.cells import pad
from tui.ui.render.lines import Run
from tui.ui.render.listing import Row, note
from tui.ui.screens.base import ListScreen

_WIDEST_ACTION = 16


class RulesScreen(ListScreen):
    """A row a rule (value: its id). Enter tries it: what it finds becomes the list."""

    def __init__(self) -> None:
        super().__init__(RULES, "Rules")
        self._rules: dict[int, tuple[Rule, int]] = {}

    @property
    def rule(self) -> Rule | None:
        """The rule under the cursor."""
        found = self._rules.get(self.listing.value or 0)
        return found[0] if found else None

    def fill(self) -> None:
        """Ask the library, then show."""
        library = self.reader.library

        def ask() -> list[tuple[Rule, int]]:
            return [(rule, library.count(rule.query).total) for rule in library.rules()]

        self.reader.read(ask, self._filled)

    def _filled(self, found: Sequence[tuple[Rule, int]]) -> None:
        self._rules = {rule.id: (rule, count) for rule, count in found}
        self.set_title("Rules", "they act on what arrives")
        self.listing.set_rows(self.rows())
        self.reader.show_status()

    def rows(self) -> list[Row]:
        """A row for each, or how to make the first."""
        if not self._rules:
            return [
                Row(),
                note(" No rules yet. a makes one: what it does, then a query, as in"),
                Row(),
                note("   hide title:horoscope"),
                note("   star person:“Ada Lovelace”"),
                note("   tag:later feed:quarterly -is:read"),
            ]
        return [self._row(rule, count) for rule, count in self._rules.values()]

    def _row(self, rule: Rule, count: int) -> Row:
        widest = max(len(written_action(rule)) for rule, _count in self._rules.values())
        action = pad(written_action(rule), min(widest, _WIDEST_ACTION))
        name = f"  {rule.name}" if rule.name != rule.query else ""
        left = (Run(f" {action}  ", "mark"), Run(rule.query), Run(name, "faint"))
        text = f"{action} {rule.query} {rule.name}"
        return Row(left, (Run(f"finds {count:,} ", "faint"),), rule.id, text)

    def chosen(self) -> None:
        """Try it."""
        rule = self.rule
        if rule is not None:
            self.reader.close_lists()
            self.reader.desk.focus_pane("list")
            self.reader.desk.show_edition(Edition(rule.query))


def written_action(rule: Rule) -> str:
    """What a rule does, as it is typed: "hide", "tag:later"."""
    return f"{rule.action}:{rule.value}" if rule.value else rule.action


def written(rule: Rule) -> str:
    """A rule as it is typed."""
    return f"{written_action(rule)} {rule.query}"
