"""The command line's grammar. Light on purpose: `--help` loads neither Textual nor lxml nor spaCy."""

import argparse
import difflib
import re
from collections.abc import Callable, Sequence
from typing import Any, NoReturn, TypeAlias

from tui import __version__

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

_FORMATS = ["opml", "jsonl", "markdown", "epub", "corrections"]
_Commands: TypeAlias = "argparse._SubParsersAction[Grammar]"


class Grammar(argparse.ArgumentParser):
    """argparse's parser, with errors of one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"broadsheet: {message}; `{self.prog} --help` tells more\n")

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        known = [str(choice) for choice in action.choices or ()]
        if not known or value in known:
            return
        if isinstance(action, argparse._SubParsersAction):
            near = difflib.get_close_matches(value, known, 1)
            hint = f" (did you mean {near[0]}?)" if near else ""
            raise argparse.ArgumentError(None, f"there is no command {value!r}{hint}")
        raise argparse.ArgumentError(action, f"{value!r} is none of {', '.join(known)}")


def _whole(text: str) -> int:
    """A number from 0 that SQLite can count, too."""
    if not re.fullmatch(r"[0-9]{1,15}", text.strip()):
        raise argparse.ArgumentTypeError(f"expected a whole number from 0, not {text.strip()!r}")
    return int(text)


def _command(
    commands: _Commands,
    name: str,
    summary: str,
    description: str = "",
    examples: str = "",
) -> Grammar:
    return commands.add_parser(
        name,
        help=summary,
        description=description or summary[0].upper() + summary[1:] + ".",
        epilog=f"examples:\n{examples}" if examples else None,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def _time(text: str) -> str:
    """A time as 8h, left as it is written."""
    from tui.settings import parse_duration

    return _measured(text, parse_duration)


def _size(text: str) -> str:
    """A size as 40MB, left as it is written."""
    from tui.settings import parse_size

    return _measured(text, parse_size)


def _measured(text: str, parse: Callable[[str], int]) -> str:
    try:
        parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{error}, not {text!r}") from None
    return text


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """The command line, understood. Exits with a line and status 2 where it can't be."""
    return build().parse_args([_term(word) for word in argv])


def _term(word: str) -> str:
    """A term with "without" before it (-is:read) is no option: ours have two dashes, but for -h."""
    term = len(word) > 2 and word.startswith("-") and not word.startswith("--")
    return f" {word}" if term else word


def build() -> Grammar:
    """The whole grammar."""
    parser = Grammar(
        prog="broadsheet",
        description="A news reader for the terminal. Without a command it opens the reader.",
        epilog="first steps:\n"
        "  broadsheet demo                     try it on a built-in newspaper\n"
        "  broadsheet add https://example.org  subscribe (a feed, or any page of a site)\n"
        "  broadsheet sync                     fetch what is new, to read offline\n"
        "  broadsheet                          read\n\n" + EXIT_STATUS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"broadsheet {__version__}")
    parser.add_argument("--offline", action="store_true", help="use no network")
    parser.add_argument(
        "--linear",
        action="store_true",
        help="no full screen: numbered commands, for screen readers and TERM=dumb",
    )
    parser.add_argument("--query", metavar="QUERY", help="open on this edition")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    _trying(commands)
    _subscriptions(commands)
    _marks(commands)
    _rules(commands)
    _fetching(commands)
    _lists(commands)
    _sources(commands)
    _looking(commands)
    return parser


def _trying(commands: _Commands) -> None:
    """The reader on the sample edition."""
    demo = _command(
        commands,
        "demo",
        "open the built-in sample edition",
        "Opens a small newspaper through the real pipeline, in a throw-away home. "
        "Touches neither your files nor the network.",
    )
    demo.add_argument("--keep", metavar="FOLDER", help="make its home here and keep it")
    demo.add_argument(
        "--prepare",
        action="store_true",
        help="with --keep: make the home and end, without opening the reader",
    )


def _subscriptions(commands: _Commands) -> None:
    """Feeds, in and out."""
    add = _command(
        commands,
        "add",
        "subscribe to a feed, or to a page that links to one",
        examples="  broadsheet add https://example.org/news\n"
        "  broadsheet add --folder World https://example.org/world.xml\n"
        "  broadsheet add 'exec:my-script --feed'",
    )
    add.add_argument("url", nargs="+", help="feed, site, section page, file or exec:COMMAND")
    add.add_argument("--folder", default="", help="put it into this folder")
    add.add_argument("--title", default="", help="call it this")
    add.add_argument(
        "--selector",
        default="",
        metavar="CSS",
        help="for a section page without a feed: the links that are its entries",
    )
    add.add_argument("--no-sync", action="store_true", help="do not fetch it now")

    feeds = _command(commands, "feeds", "list subscriptions, the worst first")
    feeds.add_argument("--json", action="store_true", help="one object a line")
    feeds.add_argument("--errors", action="store_true", help="only those that fail or are damaged")
    feeds.add_argument("--remove", metavar="FEED", help="unsubscribe (number, URL or title)")
    feeds.add_argument("--rename", nargs=2, metavar=("FEED", "TITLE"), help="change the title")
    feeds.add_argument("--move", nargs=2, metavar=("FEED", "FOLDER"), help="change the folder")
    feeds.add_argument("--retry", metavar="FEED", help="make it due now")

    import_ = _command(
        commands,
        "import",
        "subscribe from a file, or open an archive",
        "Reads OPML, newsboat's urls and cache.db, a Pocket, Instapaper or Omnivore "
        "export, archives of `pack --to`, and JSON Lines and corrections of `export`. "
        "Nothing is partly imported.",
    )
    import_.add_argument("file", nargs="+")
    import_.add_argument("--dry-run", action="store_true", help="say what would change")

    export = _command(commands, "export", "write subscriptions, articles or corrections out")
    export.add_argument("--format", choices=_FORMATS, default="opml")
    export.add_argument("--query", default="", help="which entries (not for OPML, corrections)")
    export.add_argument(
        "--to",
        default="-",
        metavar="FILE",
        help="file or, for markdown, folder; - is standard output",
    )


def _marks(commands: _Commands) -> None:
    """What changes the state of entries."""
    mark = _command(
        commands,
        "mark",
        "mark what a query finds as read, starred, queued, hidden",
        "Marks all entries that QUERY finds. What a query finds, `list --query` shows first.",
        examples="  broadsheet mark --read 'folder:sport before:7d'\n"
        "  broadsheet mark --no-star is:starred tag:done\n"
        "  broadsheet mark --tag work 'org:nato after:30d'\n"
        "  broadsheet mark --undo",
    )
    mark.add_argument("query", nargs="*", metavar="QUERY", help="which, in the search language")
    flag = argparse.BooleanOptionalAction
    mark.add_argument("--read", action=flag, help="as read, or as unread")
    mark.add_argument("--star", action=flag, help="keep for good, or not")
    mark.add_argument("--queue", action=flag, help="into the reading queue, or out of it")
    mark.add_argument("--hide", action=flag, help="off every list, or back")
    mark.add_argument("--tag", default="", metavar="NAME", help="give it this tag of yours")
    mark.add_argument("--undo", action="store_true", help="take the last change back, whichever")


def _rules(commands: _Commands) -> None:
    """What is done with entries when they arrive."""
    rules = _command(
        commands,
        "rules",
        "hide, star, tag and more by query, when entries arrive",
        "Lists rules, or tries, adds, applies or removes one. A rule acts once on each entry\n"
        "that its query finds, when the entry or its article arrives. ACTION is hide, star,\n"
        "queue, read (mark as read), notify (the reader tells you) or tag:NAME.",
        examples="  broadsheet rules --try 'folder:sport -title:final'\n"
        "  broadsheet rules --add hide 'folder:sport -title:final'\n"
        "  broadsheet rules --add tag:work 'org:nato OR place:kyiv' --name Desk\n"
        "  broadsheet rules --apply 2      also on what is here already",
    )
    one = rules.add_mutually_exclusive_group()
    one.add_argument("--try", dest="trial", metavar="QUERY", help="what a query finds now")
    one.add_argument("--add", nargs=2, metavar=("ACTION", "QUERY"), help="save a rule")
    one.add_argument("--apply", type=_whole, metavar="NUMBER", help="act on what is here already")
    one.add_argument(
        "--remove", type=_whole, metavar="NUMBER", help="remove a rule; what it did stays"
    )
    rules.add_argument("--name", default="", help="with --add: call the rule this")
    rules.add_argument("--json", action="store_true", help="one object a line")


def _fetching(commands: _Commands) -> None:
    """What brings news."""
    sync = _command(
        commands,
        "sync",
        "fetch what is new, with articles and names",
        examples="  broadsheet sync                 what is due\n"
        "  broadsheet sync --all           everything now\n"
        "  broadsheet sync --quiet         for cron: says only what failed",
    )
    sync.add_argument("feed", nargs="*", help="only these feeds (number, URL or title)")
    sync.add_argument("--all", action="store_true", help="also feeds that are not due yet")
    sync.add_argument("--quiet", action="store_true", help="print errors only")
    sync.add_argument("--json", action="store_true", help="one event a line")
    sync.add_argument("--no-articles", action="store_true", help="feeds only")

    pack = _command(
        commands,
        "pack",
        "make ready for a time offline",
        examples="  broadsheet pack --for 8h\n"
        "  broadsheet pack --max 40MB --minutes 90 --folder World",
    )
    pack.add_argument(
        "--for", dest="duration", type=_time, metavar="TIME", help="for a journey of this length"
    )
    pack.add_argument("--max", type=_size, metavar="SIZE", help="at most this many bytes")
    pack.add_argument("--minutes", type=_whole, metavar="N", help="reading time wanted")
    pack.add_argument("--feed", action="append", default=[], help="only this feed")
    pack.add_argument("--folder", action="append", default=[], help="only this folder")
    pack.add_argument("--query", default="", help="only what this finds")
    pack.add_argument("--images", action=argparse.BooleanOptionalAction, default=True)
    pack.add_argument("--links", action="store_true", help="links in the articles too, one level")
    pack.add_argument("--json", action="store_true", help="one event a line")
    pack.add_argument("--to", metavar="FILE", help="write it as one file for another machine")

    # Started by the reader for itself; not for people.
    engine = commands.add_parser("engine")
    engine.add_argument("--offline", action="store_true")


def _lists(commands: _Commands) -> None:
    """What prints headlines."""
    list_ = _command(
        commands,
        "list",
        "print headlines",
        examples="  broadsheet list --query 'is:starred folder:World'\n"
        "  broadsheet list --count         how much is unread, for a status bar\n"
        "  broadsheet list --format '{id}\\t{feed}\\t{title}' | fzf | cut -f 1",
    )
    form = list_.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="one object a line")
    form.add_argument("--count", action="store_true", help="only how many there are")
    form.add_argument(
        "--format", metavar="LINE", help="a line of your own, with {fields} named as in --json"
    )
    list_.add_argument("--query", default="is:unread", help="which (default: is:unread)")
    list_.add_argument(
        "--order",
        default="newest",
        choices=["newest", "oldest", "feed", "folder", "story", "title"],
    )
    list_.add_argument("--limit", type=_whole, default=100, metavar="N", help="0: all")

    search = _command(
        commands,
        "search",
        "find in everything",
        examples="  broadsheet search 'climate \"polar ice\" feed:bbc after:7d'\n"
        "  broadsheet search 'about:nato -is:read'",
    )
    search.add_argument("query", nargs="+")
    search.add_argument("--json", action="store_true", help="one object a line")
    search.add_argument("--order", default="best", choices=["best", "newest", "oldest"])
    search.add_argument("--limit", type=_whole, default=50, metavar="N", help="0: all")

    enclosures = _command(
        commands,
        "enclosures",
        "list or download audio and video that entries enclose",
        examples="  broadsheet enclosures --query 'feed:podcast after:7d'\n"
        "  broadsheet enclosures --to ~/Podcasts\n"
        "  broadsheet enclosures --json --limit 1 | jq -r .enclosure | xargs mpv",
    )
    enclosures.add_argument("--json", action="store_true", help="one object a line")
    enclosures.add_argument("--query", default="is:unread", help="of which (default: is:unread)")
    enclosures.add_argument("--limit", type=_whole, default=100, metavar="N", help="0: all")
    enclosures.add_argument(
        "--to", metavar="FOLDER", help="download them there, going on where a try ended"
    )


def _sources(commands: _Commands) -> None:
    """What reads one page, text or feed, without the library."""
    read = _command(
        commands,
        "read",
        "print the article of a page",
        examples="  broadsheet read https://example.org/story\n"
        "  broadsheet read --json --entities page.html.gz\n"
        "  curl -s URL | broadsheet read --url URL -",
    )
    form = read.add_mutually_exclusive_group()
    form.add_argument("--plain", action="store_true", help="text (the default)")
    form.add_argument("--markdown", action="store_true")
    form.add_argument("--json", action="store_true", help="one object a line, in order")
    form.add_argument(
        "--explain", action="store_true", help="each step of cleaning, and what it removed and why"
    )
    read.add_argument("--entities", action="store_true", help="who and what it is about")
    read.add_argument("--url", default="", metavar="BASE", help="address of a file or of -")
    read.add_argument("--width", type=_whole, default=0, help="columns of --plain")
    read.add_argument("source", nargs="+", help="URL, .html or .html.gz file, or -")

    entities = _command(commands, "entities", "print the entities of texts")
    entities.add_argument("--json", action="store_true", help="one object a line")
    entities.add_argument("--lang", default="", help="language of the texts (default: detected)")
    entities.add_argument("file", nargs="+", help="text, or JSON with id and text; - is stdin")

    feed = _command(commands, "feed", "print the entries of a feed")
    feed.add_argument("--json", action="store_true", help="one object a line")
    feed.add_argument("--url", default="", metavar="BASE", help="address of a file or of -")
    feed.add_argument("source", nargs="+", help="URL, file or -")


def _looking(commands: _Commands) -> None:
    """What looks at the surroundings."""
    doctor = _command(commands, "doctor", "check terminal, stores, model and network")
    doctor.add_argument("--json", action="store_true", help="one object a line")
    doctor.add_argument("--terminal", action="store_true", help="the terminal only")

    config = _command(commands, "config", "print the settings in force, and from where")
    config.add_argument("--edit", action="store_true", help="open your settings in $EDITOR")
    config.add_argument("--defaults", action="store_true", help="print the documented defaults")
