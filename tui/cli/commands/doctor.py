"""`broadsheet doctor`: is everything there that the reader needs?"""

import json
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import asdict

from tui.cli import compose
from tui.cli.checks import Check, Verdict, bad, good, model, network, note, stores, terminal
from tui.domain.errors import LibraryError
from tui.domain.feeds import Feed


def run(args: Namespace) -> int:
    """Print what was looked at, as it comes in; exit status 1 if something is broken."""
    status = 0
    for check in _checks(args.terminal, offline=args.offline):
        if check.verdict is Verdict.BAD:
            status = 1
        print(json.dumps(asdict(check)) if args.json else _line(check), flush=True)
    return status


def _line(check: Check) -> str:
    line = f"{check.verdict.mark} {check.part:<10} {check.said}"
    return f"{line}\n  {'':<10} -> {check.advice}" if check.advice else line


def _checks(terminal_only: bool, *, offline: bool) -> Iterator[Check]:
    yield from terminal.look()
    if terminal_only:
        return
    at = compose.home(quiet=True)
    yield from _settings(at)
    yield from stores.look(at.paths)
    feeds: list[Feed] = []
    if at.paths.library.exists():
        yield from _library(at, feeds)
    yield from model.look(at.settings.entities)
    if offline:
        yield note("network", "not asked: --offline")
    else:
        yield from network.look(feeds, at.settings.http.proxy)


def _settings(at: compose.Home) -> Iterator[Check]:
    for problem in at.loaded.problems:
        yield bad("settings", str(problem), "broadsheet config --edit")
    if not at.loaded.problems:
        own = "your own" if at.paths.settings.exists() else "all defaults"
        yield good("settings", f"{own} ({at.paths.settings})")


def _library(at: compose.Home, feeds: list[Feed]) -> Iterator[Check]:
    try:
        with compose.library(at) as shelf:
            feeds.extend(shelf.feeds())
            for trouble in shelf.problems():
                yield note("library", trouble)
            for name, said in shelf.report().items():
                yield good("library", f"{name}: {said}")
    except LibraryError as error:
        yield bad("library", str(error), "see the man page, section FILES")
