"""`broadsheet import`: subscriptions, states and articles from a file."""

import sys
from argparse import Namespace
from pathlib import Path

from tui.cli import compose
from tui.library.exchange.read import read
from tui.library.exchange.take_in import TakenIn, merged, take_in

_MOST_LINES = 20


def run(args: Namespace) -> int:
    """Read all files, then take all of them in at once; a bad file means that nothing changes."""
    transfer = merged(read(Path(name).expanduser()) for name in args.file)
    at = compose.home()
    with compose.library(at) as shelf:
        taken = take_in(shelf, transfer, trial=args.dry_run, progress=_progress)
    _progress(0)
    _report(transfer.kind, taken, trial=args.dry_run)
    return 0


def _progress(done: int) -> None:
    """One line that replaces itself, where somebody looks; 0 takes it away."""
    if sys.stderr.isatty():
        line = f"{done} entries" if done else ""
        print(f"\r\033[K{line}", end="", file=sys.stderr, flush=True)


def _report(kind: str, taken: TakenIn, *, trial: bool) -> None:
    for line in taken.problems[:_MOST_LINES]:
        print(f"broadsheet: {line}", file=sys.stderr)
    if len(taken.problems) > _MOST_LINES:
        print(f"broadsheet: and {len(taken.problems) - _MOST_LINES} more", file=sys.stderr)
    parts = [
        _counted(taken.feeds, "new feed"),
        _counted(taken.queries, "virtual feed"),
        _counted(taken.entries, "new entry", "new entries"),
        _counted(taken.entries_known, "known entry", "known entries"),
        _counted(taken.articles, "article"),
        _counted(taken.images, "picture"),
    ]
    result = ", ".join(filter(None, parts)) or "nothing new"
    print(f"{kind}: {'would import ' if trial else ''}{result}")


def _counted(count: int, one: str, many: str = "") -> str:
    return f"{count} {one if count == 1 else many or one + 's'}" if count else ""
