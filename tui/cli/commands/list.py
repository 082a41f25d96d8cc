"""`broadsheet list`: headlines of an edition, for people and for scripts."""

import argparse

from tui.cli import compose, headlines
from tui.domain.editions import Edition, Order


def run(args: argparse.Namespace) -> int:
    """Print the headlines that `args.query` finds."""
    edition = Edition(args.query, Order(args.order))
    with compose.library(compose.home()) as shelf:
        headlines.warn(shelf.problems, args.query)
        headlines.write(shelf.headlines(edition, args.limit), as_json=args.json)
    return 0
