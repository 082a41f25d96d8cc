"""`broadsheet doctor`: is everything there that the reader needs?"""

import json
from argparse import Namespace
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

from tui.cli import compose
from tui.cli.checks import Check, Verdict, bad, good, model, network, note, stores, terminal
from tui.domain.errors import LibraryError
from tui.domain.feeds import Feed

if TYPE_CHECKING:
    from tui.library.report import Share


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
    if stores.there(at.paths.library):
        yield from _library(at, feeds)
    yield from model.look(at.settings.entities)
    if offline:
        yield note("network", "not asked: --offline")
    else:
        yield from network.look(feeds, at.settings.http.proxy)


def _settings(at: compose.Home) -> Iterator[Check]:
    from tui.ui import keys, themes

    for problem in at.loaded.problems:
        yield bad("settings", str(problem), "broadsheet config --edit")
    screen = at.settings.screen
    for line in keys.load(screen.keys, at.paths.keys).problems:
        yield bad("keys", line, f"mend {at.paths.keys}, or screen.keys in your settings")
    chosen = themes.choose(screen.theme, {"TERM": "xterm"})
    for line in themes.load(chosen, at.paths.config / "themes")[1]:
        yield bad("theme", line, "set screen.theme in your settings")
    if not at.loaded.problems:
        own = "your own" if at.paths.settings.exists() else "all defaults"
        yield good("settings", f"{own} ({at.paths.settings})")


def _library(at: compose.Home, feeds: list[Feed]) -> Iterator[Check]:
    try:
        with compose.library(at) as shelf:
            feeds.extend(shelf.feeds())
            report = shelf.report()
    except LibraryError as error:
        yield bad("library", str(error), "see the man page, section FILES")
        return
    for trouble in report.problems:
        yield note("library", trouble)
    yield from _ailing(feeds)
    counted = ", ".join(f"{number:,} {what}" for what, number in report.counts.items())
    yield good("library", counted)
    yield good("library", _shares(report.library))
    yield good("cache", f"{_shares(report.cache)}; limit {_size(report.cache_limit)}")
    if report.backups:
        yield good("back-ups", ", ".join(report.backups))
    else:
        yield note("back-ups", "none yet: a sync makes one a day")
    if not report.ballast:
        yield note("disk", "no ballast is kept aside for a full disk", "make room")


def _ailing(feeds: Iterable[Feed]) -> Iterator[Check]:
    """Feeds that bring nothing, and those whose document is damaged."""
    states = Counter(feed.state.value if feed.errors else "damaged" for feed in feeds if feed.error)
    if states:
        said = ", ".join(f"{number} {state}" for state, number in states.items())
        yield note("feeds", said, "broadsheet feeds --errors")


def _shares(shares: "Iterable[Share]") -> str:
    """What takes how much, the largest first."""
    parts = [f"{share.what} {_size(share.bytes)}" for share in shares if share.bytes]
    return ", ".join(parts) or "nothing yet"


def _size(number: int) -> str:
    return f"{number / 1e6:.1f} MB" if number >= 1e5 else f"{number / 1e3:.0f} kB"
