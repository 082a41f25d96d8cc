"""Which entries go into a pack. Pure.

Queued ones first, then in turn one of each feed, the newest first, so that a feed that writes fifty
a day does not push out one that writes once; what names a followed entity goes before the rest.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from tui.domain.editions import Headline
from tui.domain.errors import SourceError
from tui.domain.feeds import Feed
from tui.settings import parse_duration, parse_size

# Without a wish: what a person reads in two hours.
_USUAL_MINUTES = 120


@dataclass(frozen=True, slots=True)
class PackWishes:
    """What a pack is to hold: reading time in minutes, most bytes (0: any), and which entries.

    `feeds` and `folders` are numbers, addresses or titles; none means all.
    """

    minutes: int = _USUAL_MINUTES
    most: int = 0
    feeds: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    query: str = ""
    images: bool = True
    links: bool = False


def wishes_from(words: dict[str, str]) -> PackWishes:
    """Wishes from the command line or a key: for, max, minutes, feed, folder (one a line), query,
    images, links. Raises SourceError for a time or size that can't be read.
    """
    try:
        minutes = int(words.get("minutes") or 0)
        if not minutes and words.get("for"):
            minutes = max(parse_duration(words["for"]) // 60, 1)
        most = parse_size(words["max"]) if words.get("max") else 0
    except ValueError as error:
        raise SourceError(f"the pack's size is not clear: {error}") from error
    return PackWishes(
        minutes=minutes or _USUAL_MINUTES,
        most=most,
        feeds=tuple(filter(None, words.get("feed", "").split("\n"))),
        folders=tuple(filter(None, words.get("folder", "").split("\n"))),
        query=words.get("query", ""),
        images=words.get("images", "yes") != "no",
        links=words.get("links", "no") == "yes",
    )


def find_feed(feeds: Sequence[Feed], name: str) -> Feed:
    """The feed that a person means by a number, an address or a title, or a part that is unique.

    Raises SourceError with what could have been meant.
    """
    if name.isdecimal() and len(name) < 16:
        found = [feed for feed in feeds if feed.id == int(name)]
    else:
        found = [feed for feed in feeds if name in (feed.url, feed.site_url)]
    folded = name.casefold()
    found = found or [feed for feed in feeds if feed.title.casefold() == folded]
    found = found or [feed for feed in feeds if folded in f"{feed.title}\n{feed.url}".casefold()]
    if not found:
        raise SourceError(f"no feed is called {name!r}; `broadsheet feeds` lists them")
    if len(found) > 1:
        several = ", ".join(f"{feed.id} {feed.title or feed.url}" for feed in found[:5])
        raise SourceError(f"{name!r} can mean {several}; say its number")
    return found[0]


def in_turn(
    queued: Iterable[Headline],
    unread: Iterable[Headline],
    followed: Collection[int],
    quota: int,
) -> Iterator[Headline]:
    """The order in which entries are packed, each once, at most `quota` of a feed's unread.

    `unread` is the newest first; `followed` are ids of entries that name someone followed.
    """
    seen: set[int] = set()
    rows: dict[int, list[Headline]] = defaultdict(list)
    first: list[Headline] = []
    for headline in unread:
        (first if headline.id in followed else rows[headline.feed]).append(headline)
    turns = max((min(len(row), quota) for row in rows.values()), default=0)
    fair = (row[turn] for turn in range(turns) for row in rows.values() if turn < len(row))
    for group in (queued, first, fair):
        for headline in group:
            if headline.id not in seen:
                seen.add(headline.id)
                yield headline
