"""`broadsheet import`: subscriptions, states and articles from a file."""

import sys
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tui.cli import compose
from tui.cli.complaints import complain

if TYPE_CHECKING:
    from tui.library.exchange.take_in import TakenIn
    from tui.library.store import SqliteLibrary

_MOST_LINES = 20


def run(args: Namespace) -> int:
    """Read all files, then take all of them in at once; a bad file means that nothing changes."""
    from tui.library.exchange.merging import merged
    from tui.library.exchange.read import read
    from tui.library.exchange.take_in import take_in
    from tui.library.exchange.trial import would_take

    transfer = merged(read(Path(name).expanduser()) for name in args.file)
    with compose.library(compose.home()) as shelf:
        try:
            taken = (
                would_take(shelf, transfer)
                if args.dry_run
                else take_in(shelf, transfer, progress=_progress)
            )
        finally:
            _progress(0)
    for line in taken.problems[:_MOST_LINES]:
        complain(line)
    if len(taken.problems) > _MOST_LINES:
        complain(f"and {len(taken.problems) - _MOST_LINES} more")
    print(summary(transfer.kind, taken, trial=args.dry_run))
    return 0


def importer(shelf: "SqliteLibrary") -> Callable[[Path], str]:
    """Import for the reader: takes a file in and says in one line what came of it.

    What it returns raises SourceError or LibraryError, and then took nothing.
    """

    def bring(file: Path) -> str:
        from tui.library.exchange.read import read
        from tui.library.exchange.take_in import take_in

        transfer = read(file.expanduser())
        taken = take_in(shelf, transfer)
        return summary(transfer.kind, taken)

    return bring


def _progress(done: int) -> None:
    """One line that replaces itself, where somebody looks; 0 takes it away."""
    if sys.stderr.isatty():
        line = f"{done} entries" if done else ""
        print(f"\r\033[K{line}", end="", file=sys.stderr, flush=True)


def summary(kind: str, taken: "TakenIn", *, trial: bool = False) -> str:
    """What came in, or would, in one line."""
    parts = [
        _counted(taken.feeds, "new feed"),
        _counted(taken.queries, "virtual feed"),
        _counted(taken.entries, "new entry", "new entries"),
        _counted(taken.entries_known, "known entry", "known entries"),
        _counted(taken.articles, "article"),
        _counted(taken.images, "picture"),
        _counted(taken.corrections, "correction"),
    ]
    result = ", ".join(filter(None, parts)) or "nothing new"
    return f"{kind}: {'would import ' if trial else ''}{result}"


def _counted(count: int, one: str, many: str = "") -> str:
    return f"{count} {one if count == 1 else many or one + 's'}" if count else ""
