"""What lists, marks and judges entries."""

import argparse

from tui.cli.grammar.base import (
    Commands,
    command,
    examples,
    json_option,
    one_of,
    whole,
)

QUERIES = """\
queries:
  climate "polar ice" melt* -sport  words, a phrase, a beginning, without
  climate OR energy                 either
  is:unread is:starred is:queued    also read, hidden, cached, full, followed,
                                    new, today
  feed:bbc folder:world tag:later   also by, title, note, lang, status
  person:"Angela Merkel" org:nato   also place, other; about:nato where it is
                                    a main one
  after:7d before:2026-11-01        a time ago, or a date

"""
_ORDERS = ("newest", "oldest", "feed", "folder", "story", "title")


def lists(commands: Commands) -> None:
    """What prints headlines."""
    list_ = command(
        commands,
        "list",
        "print headlines",
        more=QUERIES
        + examples(
            "list --query 'is:starred folder:World'",
            "list --count         how much is unread, for a status bar",
            "list --format 'id:{id}\\t{title}' | fzf | cut -f 1",
        ),
    )
    form = list_.add_mutually_exclusive_group()
    json_option(form)
    form.add_argument("--count", action="store_true", help="only how many there are")
    form.add_argument(
        "--format", metavar="LINE", help="a line of your own, with {fields} named as in --json"
    )
    list_.add_argument("--query", default="is:unread", help="which (default: is:unread)")
    list_.add_argument(
        "--order", default="newest", choices=_ORDERS, metavar="ORDER", help=one_of(_ORDERS)
    )
    list_.add_argument("--limit", type=whole, default=100, metavar="N", help="0: all")

    search = command(
        commands,
        "search",
        "find in everything: titles, texts, notes and names",
        more=QUERIES
        + examples(
            "search 'climate \"polar ice\" feed:bbc after:7d'",
            "search about:nato -is:read",
        ),
    )
    search.add_argument("query", nargs="+", metavar="QUERY")
    json_option(search)
    orders = ("best", "newest", "oldest")
    search.add_argument(
        "--order", default="best", choices=orders, metavar="ORDER", help=one_of(orders)
    )
    search.add_argument("--limit", type=whole, default=50, metavar="N", help="0: all")


def enclosures(commands: Commands) -> None:
    """Podcasts."""
    enclosures = command(
        commands,
        "enclosures",
        "list or download audio and video that entries enclose",
        more=examples(
            "enclosures --query 'feed:podcast after:7d'",
            "enclosures --to ~/Podcasts",
            "enclosures --json --limit 1 | jq -r .enclosure | xargs mpv",
        ),
    )
    json_option(enclosures)
    enclosures.add_argument("--query", default="is:unread", help="of which (default: is:unread)")
    enclosures.add_argument("--limit", type=whole, default=100, metavar="N", help="0: all")
    enclosures.add_argument(
        "--to", metavar="FOLDER", help="download them there, going on where a try ended"
    )


def marks(commands: Commands) -> None:
    """What changes the state of entries."""
    mark = command(
        commands,
        "mark",
        "mark what a query finds as read, starred, queued, hidden",
        "Marks all entries that QUERY finds, in one step. `broadsheet list --query` shows first "
        "which these are, `broadsheet search --help` what a query can say.",
        examples(
            "mark --read 'folder:sport before:7d'",
            "mark --no-star is:starred tag:done",
            "mark --tag work 'org:nato after:30d'",
            "mark --undo",
        ),
    )
    mark.add_argument("query", nargs="*", metavar="QUERY", help="which entries")
    flag = argparse.BooleanOptionalAction
    mark.add_argument("--read", action=flag, help="as read, or as unread")
    mark.add_argument("--star", action=flag, help="keep for good, or not")
    mark.add_argument("--queue", action=flag, help="into the reading queue, or out of it")
    mark.add_argument("--hide", action=flag, help="off every list, or back")
    mark.add_argument("--tag", default="", metavar="NAME", help="give it this tag of yours")
    mark.add_argument("--undo", action="store_true", help="take the last change back, whichever")


def rules(commands: Commands) -> None:
    """What is done with entries when they arrive."""
    rules = command(
        commands,
        "rules",
        "hide, star, tag and more by query, when entries arrive",
        "Lists rules, or tries, adds, applies or removes one. A rule acts once on each entry that "
        "its query finds, when the entry or its article arrives. ACTION is hide, star, queue, "
        "read (mark as read), notify (tell me) or tag:NAME.",
        examples(
            "rules --try 'folder:sport -title:final'",
            "rules --add hide 'folder:sport -title:final'",
            "rules --add tag:work 'org:nato OR place:kyiv' --name Desk",
            "rules --apply 2      also on what is here already",
        ),
    )
    one = rules.add_mutually_exclusive_group()
    one.add_argument("--try", dest="trial", metavar="QUERY", help="what a query finds now")
    one.add_argument("--add", nargs=2, metavar=("ACTION", "QUERY"), help="save a rule")
    one.add_argument("--apply", type=whole, metavar="N", help="act on what is here already")
    one.add_argument("--remove", type=whole, metavar="N", help="remove a rule; what it did stays")
    rules.add_argument("--name", default="", help="with --add: call the rule this")
    json_option(rules)
