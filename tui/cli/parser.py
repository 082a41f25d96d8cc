"""The command line's grammar. Light on purpose: `--help` loads neither Textual nor lxml nor spaCy."""

import argparse
from collections.abc import Sequence

from tui import __version__
from tui.cli.grammar import entries, feeds, sources
from tui.cli.grammar.base import Grammar, Help, as_term

EXIT_STATUS = """\
exit status:
  0  all went well
  1  something failed; the rest was done
  2  the command line is wrong
  3  the library can't be used (newer, damaged, read only, disk full)
  4  another Broadsheet is syncing
  5  offline, and not in the cache
  130  interrupted
"""
_FIRST_STEPS = """\
first steps:
  broadsheet demo                     try it on a built-in newspaper
  broadsheet add https://example.org  subscribe (a feed, or any page of a site)
  broadsheet sync                     fetch what is new, to read offline
  broadsheet                          read

"""


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """The command line, understood. Exits with a line and status 2 where it can't be."""
    return build().parse_args([as_term(word) for word in argv])


def build() -> Grammar:
    """The whole grammar."""
    parser = Grammar(
        prog="broadsheet",
        description="A news reader for the terminal. Without a command it opens the reader.",
        epilog=_FIRST_STEPS + EXIT_STATUS,
        formatter_class=Help,
    )
    parser.add_argument("--version", action="version", version=f"broadsheet {__version__}")
    parser.add_argument("--offline", action="store_true", help="use no network")
    parser.add_argument(
        "--linear",
        action="store_true",
        help="no full screen: numbered commands, for screen readers and TERM=dumb",
    )
    parser.add_argument("--query", metavar="QUERY", help="open on what this query finds")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    for theme in (
        sources.trying,
        feeds.subscriptions,
        feeds.exchange,
        entries.marks,
        entries.rules,
        feeds.fetching,
        entries.lists,
        entries.enclosures,
        sources.sources,
        sources.looking,
    ):
        theme(commands)
    return parser
