"""`broadsheet search`: find in everything, with the place that was found."""

import argparse

from tui.cli import compose, headlines
from tui.domain.editions import Edition, Order


def run(args: argparse.Namespace) -> int:
    """Print what the words of `args.query` find; exit status 1 when that is nothing."""
    query = " ".join(args.query)
    with compose.library(compose.home()) as shelf:
        headlines.warn(shelf.problems, query)
        found = shelf.headlines(Edition(query, Order(args.order)), args.limit)
        headlines.write(found, as_json=args.json, snippets=True)
    return 0 if found else 1
