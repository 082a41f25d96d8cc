"""`broadsheet mark`: read, starred, queued, hidden or tagged, for all that a query finds."""

from argparse import Namespace
from typing import TYPE_CHECKING

from tui.cli import compose
from tui.cli.statuses import UsageError
from tui.domain.editions import Edition
from tui.domain.query import parse
from tui.domain.rules import narrows

if TYPE_CHECKING:
    from tui.library.store import SqliteLibrary

_FLAGS = {"read": "read", "star": "starred", "queue": "queued", "hide": "hidden"}


def run(args: Namespace) -> int:
    """Mark, or take the last change back. Raises UsageError and LibraryError."""
    query = " ".join(args.query)
    wishes = {
        state: wish for flag, state in _FLAGS.items() if (wish := getattr(args, flag)) is not None
    }
    if args.undo:
        if query or wishes or args.tag:
            raise UsageError("--undo takes the last change back, and nothing beside it")
    else:
        _check(query, wishes, args.tag)
    with compose.library(compose.home()) as shelf:
        if args.undo:
            done = shelf.undo()
            print(f"Took back: {done}." if done else "There is nothing to take back.")
            return 0 if done else 1
        changed = _mark(shelf, Edition(query), wishes, args.tag)
    entries = "1 entry" if changed == 1 else f"{changed} entries"
    print(
        f"{entries} changed. `broadsheet mark --undo` takes it back." if changed else "No change."
    )
    return 0


def _check(query: str, wishes: dict[str, bool], tag: str) -> None:
    """Raise UsageError for what would do nothing, or act on more than was meant."""
    if bool(wishes) == bool(tag):
        raise UsageError(
            "one tag or some flags at once, so that one undo takes them back"
            if tag
            else "mark as what? --read, --star, --queue, --hide or --tag NAME"
        )
    if problems := parse(query).problems:
        raise UsageError(f"{problems[0]}; nothing was marked")
    if not narrows(query):
        raise UsageError("mark needs a query; this one would act on every entry")


def _mark(shelf: "SqliteLibrary", edition: Edition, wishes: dict[str, bool], tag: str) -> int:
    """Do it as one step that can be undone; returns how many entries changed."""
    return shelf.tag(edition, tag) if tag else shelf.mark(edition, **wishes)
