"""`broadsheet export`: subscriptions, articles and corrections, for other programs and other places."""

import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from tui.cli import compose
from tui.cli.statuses import UsageError
from tui.domain.editions import Edition, Order
from tui.library.exchange import corrections, epub, folder, jsonl, opml
from tui.library.exchange.whole import replacing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui.library.store import SqliteLibrary


def run(args: Namespace) -> int:
    """Write what was asked for to a file, a folder or standard output."""
    if args.to == "-" and args.format in ("markdown", "epub"):
        kind = "a folder" if args.format == "markdown" else "a file"
        raise UsageError(f"--format {args.format} needs --to with {kind}")
    edition = Edition(args.query, Order.NEWEST)
    with compose.library(compose.home()) as shelf:
        return _export(args.format, args.to, shelf, edition)


def _export(form: str, to: str, shelf: "SqliteLibrary", edition: Edition) -> int:
    target = Path(to).expanduser()
    match form:
        case "opml":
            _write(to, [opml.write(shelf.feeds(), compose.clock())])
        case "jsonl":
            _write(to, jsonl.write(shelf, edition))
        case "corrections":
            _write(to, corrections.write(shelf))
        case "markdown":
            _say(folder.write(target, shelf, edition), to, shelf, edition)
        case _:
            _say(epub.write(target, shelf, edition, compose.clock()), to, shelf, edition)
    return 0


def _write(to: str, parts: "Iterable[bytes]") -> None:
    if to == "-":
        for part in parts:
            sys.stdout.buffer.write(part)
        sys.stdout.buffer.flush()
        return
    with replacing(Path(to).expanduser()) as file:
        file.writelines(parts)


def _say(articles: int, to: str, shelf: "SqliteLibrary", edition: Edition) -> None:
    """How many are in there, and of how many the text is not here."""
    line = f"{articles} article{'' if articles == 1 else 's'} in {to}"
    if missing := max(shelf.count(edition.query).total - articles, 0):
        left_out = "1 entry has" if missing == 1 else f"{missing} entries have"
        line += f"; {left_out} no text here: `broadsheet sync` or `pack` fetches it"
    print(line, file=sys.stderr)
