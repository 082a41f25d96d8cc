"""What editions are called on screen, and how their counts are said."""

from tui.domain.editions import Counts, Edition
from tui.domain.feeds import Feed
from tui.domain.query import Term, parse, quoted, without

_NAMES = {
    "": "Everything",
    "is:unread": "Unread",
    "is:starred": "Starred",
    "is:queued": "Queue",
    "is:today": "Today",
}
# Fields whose values are names that people know.
_PLAIN = {"feed": "", "folder": "", "tag": "#", "about": "About "}


def edition_name(edition: Edition) -> str:
    """What an edition is called: "Unread", "The Gazette, unread", else its query."""
    query = edition.query
    if query in _NAMES:
        return _NAMES[query]
    groups = parse(query).groups
    names = [_name(term) for term in groups[0]] if len(groups) == 1 else [""]
    return ", ".join(names) if all(names) else query


def _name(term: Term) -> str:
    """A term in words, or "" for one that is best read as it was typed."""
    if term.without or term.start:
        return ""
    if term.field == "is":
        return term.value
    return f"{_PLAIN[term.field]}{term.value}" if term.field in _PLAIN else ""


def feed_query(feed: Feed) -> str:
    """The query of a feed's entries."""
    return quoted("feed", feed.title or feed.url)


def counted(query: str, counts: Counts) -> str:
    """Unread ones of all; the number alone where the query asks for unread ones."""
    if without(query, "is:unread") != query:
        return f"{counts.unread:,}"
    if counts.unread == counts.total:
        return f"{counts.unread:,} unread"
    return f"{counts.unread:,} unread of {counts.total:,}"
