"""`broadsheet rules`: what is done with entries when they arrive; tried before it is saved."""

import json
from argparse import Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.cli import compose, headlines
from tui.domain.editions import Edition, Order
from tui.domain.errors import SourceError
from tui.domain.rules import Rule, drafted
from tui.ui.render.cells import pad

if TYPE_CHECKING:
    from tui.library.store import SqliteLibrary

_SHOWN = 10  # headlines of a trial
_NAME, _ACTION = 24, 12  # columns


def run(args: Namespace) -> int:
    """List, try, add, apply or remove. Raises BadRule, SourceError, LibraryError."""
    at = compose.home(quiet=args.json)
    with compose.library(at) as shelf:
        if args.trial is not None:
            _try(shelf, args.trial, as_json=args.json)
        elif args.add:
            action, query = args.add
            _add(shelf, drafted(action, query, args.name), as_json=args.json)
        elif args.apply is not None:
            print(_apply(shelf, _rule(shelf, args.apply)))
        elif args.remove is not None:
            rule = _rule(shelf, args.remove)
            shelf.remove_rule(rule.id)
            print(f"Removed rule {rule.id}, {rule.name}. What it did stays.")
        else:
            _list(shelf.rules(), as_json=args.json)
    return 0


def as_value(rule: Rule) -> dict[str, object]:
    """One line of --json."""
    return {"id": rule.id, "name": rule.name, "action": said(rule), "query": rule.query}


def said(rule: Rule) -> str:
    """What it does, as `--add` takes it."""
    return f"tag:{rule.value}" if rule.action == "tag" else rule.action


def _rule(shelf: "SqliteLibrary", number: int) -> Rule:
    found = next((rule for rule in shelf.rules() if rule.id == number), None)
    if found is None:
        raise SourceError(f"there is no rule {number}; `broadsheet rules` lists them")
    return found


def _list(rules: Sequence[Rule], *, as_json: bool) -> None:
    if as_json:
        for rule in rules:
            print(json.dumps(as_value(rule), ensure_ascii=False))
        return
    if not rules:
        print("No rules yet. `broadsheet rules --add ACTION QUERY` makes one.")
    for rule in rules:
        columns = f"{pad(rule.name, _NAME)}  {pad(said(rule), _ACTION)}"
        print(f"{rule.id:>4}  {columns}  {rule.query}")


def _try(shelf: "SqliteLibrary", query: str, *, as_json: bool) -> None:
    headlines.warn(shelf.problems, query)
    if not as_json:
        print(_finds(shelf.count(query).total))
    found = shelf.headlines(Edition(query, Order.NEWEST), 0 if as_json else _SHOWN)
    headlines.write(found, as_json=as_json)


def _finds(total: int) -> str:
    return f"It finds {_entries(total)} now."


def _entries(count: int) -> str:
    return f"{count} {'entry' if count == 1 else 'entries'}"


def _add(shelf: "SqliteLibrary", rule: Rule, *, as_json: bool) -> None:
    headlines.warn(shelf.problems, "")
    total, saved = shelf.count(rule.query).total, shelf.save_rule(rule)
    if as_json:
        print(json.dumps({**as_value(saved), "finds": total}, ensure_ascii=False))
        return
    line = f"Saved rule {saved.id}, {saved.name}. {_finds(total)}"
    if total and rule.action != "notify":
        line += f" `broadsheet rules --apply {saved.id}` acts on what is here, too."
    print(line)


def _apply(shelf: "SqliteLibrary", rule: Rule) -> str:
    if rule.action == "notify":
        raise SourceError(
            f"rule {rule.id} tells of what arrives; it does nothing with what is here"
        )
    return f"Rule {rule.id}, {rule.name}: {_entries(shelf.apply_rule(rule.id))} changed."
