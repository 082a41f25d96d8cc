"""Subscriptions, in and out, and what brings news."""

import argparse

from tui.cli.grammar.base import (
    Commands,
    command,
    examples,
    json_option,
    one_of,
    size,
    time,
    whole,
)

_FORMATS = ("opml", "jsonl", "markdown", "epub", "corrections")


def subscriptions(commands: Commands) -> None:
    """Feeds."""
    add = command(
        commands,
        "add",
        "subscribe to a feed, or to a page that links to one",
        more=examples(
            "add https://example.org/news",
            "add --folder World https://example.org/world.xml",
            "add --selector 'h3 a' https://example.org/no-feed-here",
            "add 'exec:my-script --feed'",
        ),
    )
    add.add_argument(
        "url", nargs="+", metavar="URL", help="feed, site, section page, file or exec:COMMAND"
    )
    add.add_argument("--folder", default="", help="put it into this folder")
    add.add_argument("--title", default="", help="call it this")
    add.add_argument(
        "--selector",
        default="",
        metavar="CSS",
        help="for a section page without a feed: the links that are its entries",
    )
    add.add_argument("--no-sync", action="store_true", help="do not fetch it now")

    feeds = command(
        commands,
        "feeds",
        "list subscriptions, the worst first",
        "Lists subscriptions, those that fail first and why, or changes one. FEED is its number, "
        "its URL, or a part of its title that no other has.",
        examples("feeds --errors", "feeds --move 12 World", "feeds --remove https://example.org/f"),
    )
    json_option(feeds)
    feeds.add_argument("--errors", action="store_true", help="only those that fail or are damaged")
    feeds.add_argument(
        "--saved", action="store_true", help="the saved searches instead, with their counts"
    )
    feeds.add_argument("--remove", metavar="FEED", help="unsubscribe")
    feeds.add_argument("--rename", nargs=2, metavar=("FEED", "TITLE"), help="change the title")
    feeds.add_argument("--move", nargs=2, metavar=("FEED", "FOLDER"), help="change the folder")
    feeds.add_argument("--pause", metavar="FEED", help="fetch it no more; its entries stay")
    feeds.add_argument("--resume", metavar="FEED", help="fetch it again")
    feeds.add_argument("--retry", metavar="FEED", help="make it due now")


def exchange(commands: Commands) -> None:
    """In from other programs, and out."""
    import_ = command(
        commands,
        "import",
        "subscribe from a file, or open an archive",
        "Reads OPML, newsboat's urls and cache.db, exports of Pocket, Instapaper and Omnivore, "
        "archives of `pack --to`, and JSON Lines and corrections of `export`. The kind is found "
        "by looking. All files together are taken in, or nothing.",
        examples(
            "import ~/.newsboat/urls ~/.newsboat/cache.db",
            "import --dry-run feeds.opml",
        ),
    )
    import_.add_argument("file", nargs="+", metavar="FILE")
    import_.add_argument("--dry-run", action="store_true", help="say what would change")

    export = command(
        commands,
        "export",
        "write subscriptions, articles or corrections out",
        more=examples(
            "export > feeds.opml",
            "export --format epub --query is:starred --to starred.epub",
            "export --format markdown --query tag:work --to ~/notes/news",
        ),
    )
    export.add_argument(
        "--format",
        choices=_FORMATS,
        default="opml",
        metavar="FORMAT",
        help=f"{one_of(_FORMATS)} (default: opml)",
    )
    export.add_argument("--query", default="", help="which entries (not for opml, corrections)")
    export.add_argument(
        "--to",
        default="-",
        metavar="FILE",
        help="file or, for markdown, folder; - is standard output",
    )


def fetching(commands: Commands) -> None:
    """What brings news."""
    sync = command(
        commands,
        "sync",
        "fetch what is new, with articles and names",
        "Fetches what is due, with articles and names, or only the feeds that are named (number, "
        "URL or title). Several at once are no harm: one syncs, the others say so.",
        examples(
            "sync                 what is due",
            "sync --all           everything now",
            "sync --quiet         for cron: says only what failed",
        ),
    )
    sync.add_argument("feed", nargs="*", metavar="FEED", help="only these feeds")
    sync.add_argument("--all", action="store_true", help="also feeds that are not due yet")
    sync.add_argument("--quiet", action="store_true", help="print errors only")
    json_option(sync, "event")
    sync.add_argument("--no-articles", action="store_true", help="feeds only")

    pack = command(
        commands,
        "pack",
        "make ready for a time offline",
        "Chooses what to read, fetches it, checks that each article can be read, and says which "
        "can't and why. Queued first, then what you follow, then a fair share of each feed.",
        examples(
            "pack --for 8h",
            "pack --max 40MB --minutes 90 --folder World",
            "pack --query is:queued --to train.zip",
        ),
    )
    pack.add_argument(
        "--for", dest="duration", type=time, metavar="TIME", help="for a journey of this length"
    )
    pack.add_argument("--max", type=size, metavar="SIZE", help="at most this many bytes")
    pack.add_argument("--minutes", type=whole, metavar="N", help="reading time wanted")
    pack.add_argument("--feed", action="append", default=[], help="only this feed")
    pack.add_argument("--folder", action="append", default=[], help="only this folder")
    pack.add_argument("--query", default="", help="only what this finds")
    pack.add_argument(
        "--images",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="with pictures (the default), or without",
    )
    pack.add_argument("--links", action="store_true", help="links in the articles too, one level")
    json_option(pack, "event")
    pack.add_argument("--to", metavar="FILE", help="write it as one file for another machine")

    # Started by the reader for itself; not for people.
    engine = commands.add_parser("engine")
    engine.add_argument("--offline", action="store_true")
