"""Rules: what is done with entries that a query finds, when they arrive. Undoable."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from tui.domain.query import parse
from tui.domain.rules import ACTIONS, Rule, drafted
from tui.ui.actions import RULES, Call, action
from tui.ui.commands.searching import query_words
from tui.ui.screens.rules import RulesScreen, written
from tui.ui.widgets.prompt import Prompt

if TYPE_CHECKING:
    from tui.ui.app import Reader

_HISTORY: list[str] = []
_HINT = "hide, star, queue, read, notify or tag:NAME, then a query"


def _actions() -> list[str]:
    return ["tag:" if name == "tag" else f"{name} " for name in ACTIONS]


def _drafts(reader: "Reader") -> Iterable[str]:
    """Each action on the query that is on screen: it was tried by looking at it."""
    words = _actions()
    return [*words, *(f"{word}{reader.edition.query}" for word in words if word[-1] == " ")]


def _completed(reader: "Reader", line: str) -> Iterable[str]:
    word, blank, query = line.partition(" ")
    if not blank:
        return [draft for draft in _drafts(reader) if draft.startswith(word)]
    return [f"{word} {longer}" for longer in query_words(query)]


@action("rules", "Rules: make, try, change, remove")
def rules(reader: "Reader", _call: Call) -> None:
    """What is done with entries that arrive."""
    reader.show_list(RulesScreen())


@action(
    "rule",
    "Make a rule for what arrives from now on",
    argument="action query",
    complete=_drafts,
)
def make_rule(reader: "Reader", call: Call) -> None:
    """Save a rule; says how many it finds now."""
    if call.argument:
        _save(reader, drafted(*_parted(call.argument)))
    else:
        _type(reader, "", lambda draft: _save(reader, draft))


def _parted(line: str) -> tuple[str, str]:
    word, _, query = line.strip().partition(" ")
    return word, query


def _type(reader: "Reader", text: str, submit: Callable[[Rule], None]) -> None:
    """Let a rule be typed; while typing it is tried, and the line says what it finds."""

    def submitted(line: str) -> None:
        if line.strip():
            submit(drafted(*_parted(line)))

    def change(line: str) -> None:
        prompt.hint = _HINT if not line else ""
        _word, query = _parted(line)
        if query.strip() and not parse(query).problems:
            reader.read(lambda: reader.library.count(query).total, lambda n: found(line, n))

    def found(line: str, count: int) -> None:
        if prompt.text == line and reader.front.bottom.prompt is prompt:
            prompt.hint = f"finds {count:,} now"
            reader.front.bottom.refresh()

    prompt = Prompt(
        "rule: ",
        submitted,
        change,
        complete=lambda line: _completed(reader, line),
        history=_HISTORY,
        text=text,
        hint=_HINT if not text else "",
    )
    reader.ask(prompt)


def _save(reader: "Reader", rule: Rule) -> None:
    def save() -> tuple[int, Rule]:
        return reader.library.count(rule.query).total, reader.library.save_rule(rule)

    def done(result: tuple[int, Rule]) -> None:
        found, saved = result
        _changed(reader, f"Rule {saved.id} saved; it finds {found} now, acts from now on. u: undo")

    reader.work(save, done)


def _changed(reader: "Reader", said: str) -> None:
    reader.changed()
    if isinstance(reader.front, RulesScreen):
        reader.front.fill()
    reader.say(said)


def _chosen(reader: "Reader") -> Rule | None:
    return reader.front.rule if isinstance(reader.front, RulesScreen) else None


@action("change-rule", "Change what it does, or its query", RULES)
def change_rule(reader: "Reader", _call: Call) -> None:
    """What it did stays."""
    rule = _chosen(reader)
    if rule is not None:

        def change(draft: Rule) -> None:
            named = rule.name if rule.name != rule.query else ""
            _save(reader, replace(draft, id=rule.id, name=named))

        _type(reader, written(rule), change)


@action("name-rule", "Name it; what it tells of comes under its name", RULES)
def name_rule(reader: "Reader", _call: Call) -> None:
    """A name of your own."""
    rule = _chosen(reader)
    if rule is None:
        return

    def submit(name: str) -> None:
        reader.work(
            lambda: reader.library.save_rule(replace(rule, name=name.strip())),
            lambda _rule: _changed(reader, "Named" if name.strip() else "Without a name"),
        )

    reader.ask(Prompt("name: ", submit, text=rule.name if rule.name != rule.query else ""))


@action("remove-rule", "Remove it; what it did stays", RULES)
def remove_rule(reader: "Reader", _call: Call) -> None:
    """Can be undone."""
    rule = _chosen(reader)
    if rule is not None:
        reader.work(
            lambda: reader.library.remove_rule(rule.id),
            lambda _none: _changed(reader, f"Removed: {written(rule)}. u takes that back"),
        )


@action("apply-rule", "Let it act on what is here already", RULES)
def apply_rule(reader: "Reader", _call: Call) -> None:
    """One step, which undo takes back."""
    rule = _chosen(reader)
    if rule is None:
        return

    def done(count: int) -> None:
        reader.desk.renew()
        _changed(reader, f"{written(rule)}: {count:,} changed. u takes that back")

    reader.work(lambda: reader.library.apply_rule(rule.id), done)
