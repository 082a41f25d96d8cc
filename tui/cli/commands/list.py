"""`broadsheet list`: headlines of an edition, for people and for scripts."""

import argparse

from tui.cli import compose, headlines
from tui.domain.editions import Edition, Order


def run(args: argparse.Namespace) -> int:
    """Print the headlines that `args.query` finds."""
    edition = Edition(args.query, Order(args.order))
    line = headlines.template(args.format) if args.format is not None else None
    with compose.library(compose.home()) as shelf:
        headlines.warn(shelf.problems, args.query)
        if args.count:
            print(shelf.count(args.query).total)
            return 0
        found = shelf.headlines(edition, args.limit)
        if line is not None:
            print(*map(line, found), sep="\n", end="\n" if found else "")
        else:
            headlines.write(found, as_json=args.json)
    return 0
