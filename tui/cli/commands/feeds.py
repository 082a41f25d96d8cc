"""`broadsheet feeds`: subscriptions, the worst first, and what to do with one."""

import json
from argparse import Namespace
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from tui.cli import compose
from tui.domain.editions import Counts
from tui.domain.feeds import Feed, FeedState
from tui.domain.text import clean_line
from tui.sync.schedule import has_source
from tui.ui.render.cells import pad

if TYPE_CHECKING:
    from tui.library.store import SqliteLibrary

_SAVED = 24  # columns
# Gone needs a decision, failing may mend itself.
_WORST_FIRST = (
    FeedState.GONE,
    FeedState.FAILING,
    FeedState.NEW,
    FeedState.PAUSED,
    FeedState.OK,
)


def run(args: Namespace) -> int:
    """List, or change one feed. Raises SourceError for a feed that does not exist."""
    at = compose.home(quiet=args.json)
    with compose.library(at) as shelf:
        if any((args.remove, args.rename, args.move, args.retry, args.pause, args.resume)):
            print(_change(shelf, args))
            return 0
        if args.saved:
            _list_saved(shelf, as_json=args.json)
            return 0
        feeds, counts = worst_first(shelf.feeds()), shelf.counts()
        if args.errors:
            feeds = [feed for feed in feeds if feed.error]
        if args.json:
            for feed in feeds:
                print(json.dumps(as_value(feed, counts.get(feed.id, Counts())), ensure_ascii=False))
        elif feeds:
            print("\n".join(table(feeds, counts, compose.clock())))
        elif args.errors:
            print("No feed has an error.")
        else:
            print("No feeds yet. `broadsheet add URL` subscribes, `broadsheet import FILE` too.")
    return 0


def _list_saved(shelf: "SqliteLibrary", *, as_json: bool) -> None:
    """The saved searches, with their counts."""
    saved = [(name, query, shelf.count(query)) for name, query in shelf.saved_queries()]
    for name, query, counts in saved:
        if as_json:
            value = {"name": name, "query": query, "unread": counts.unread, "total": counts.total}
            print(json.dumps(value, ensure_ascii=False))
        else:
            print(f"{counts.unread:>6} of {counts.total:<6} {pad(name, _SAVED)}  {query}")
    if not saved and not as_json:
        print("No saved searches. :save-search in the reader makes one.")


def _change(shelf: "SqliteLibrary", args: Namespace) -> str:
    """Do what one option asks for; says what was done."""
    from tui.sync.choosing import find_feed

    feeds = shelf.feeds()
    if args.remove:
        feed = find_feed(feeds, args.remove)
        shelf.unsubscribe(feed.id)
        return f"Unsubscribed from {_name(feed)}. What you starred, queued or noted stays."
    if args.rename:
        feed = find_feed(feeds, args.rename[0])
        return (
            f"{_name(feed)} is now called {shelf.edit_feed(feed.id, title=args.rename[1]).title}."
        )
    if args.move:
        feed = find_feed(feeds, args.move[0])
        shelf.edit_feed(feed.id, folder=args.move[1])
        return f"{_name(feed)} is now in {args.move[1] or 'no folder'}."
    if args.pause or args.resume:
        feed = find_feed(feeds, args.pause or args.resume)
        shelf.edit_feed(feed.id, paused=bool(args.pause))
        return f"{_name(feed)} {'is not fetched any more' if args.pause else 'is fetched again'}."
    feed = find_feed(feeds, args.retry)
    shelf.save_schedule(replace(feed, next_try=None, state=_woken(feed.state)))
    return f"{_name(feed)} is due now; `broadsheet sync` tries it."


def _woken(state: FeedState) -> FeedState:
    return FeedState.FAILING if state is FeedState.GONE else state


def worst_first(feeds: Iterable[Feed]) -> list[Feed]:
    """Gone, failing (the longest first), never fetched, paused, well."""

    def badness(feed: Feed) -> tuple[int, float, str]:
        since = feed.error_since.timestamp() if feed.error_since else 0.0
        return _WORST_FIRST.index(feed.state), since, feed.title.casefold()

    return sorted(feeds, key=badness)


def as_value(feed: Feed, counts: Counts) -> dict[str, object]:
    """One line of --json; times are ISO 8601 in UTC, or null."""
    return {
        "id": feed.id,
        "url": feed.url,
        "title": feed.title,
        "folder": feed.folder,
        "site": feed.site_url,
        "state": feed.state.value,
        "error": feed.error or None,
        "since": _iso(feed.error_since),
        "errors": feed.errors,
        "lastTry": _iso(feed.last_try),
        "lastOk": _iso(feed.last_ok),
        "nextTry": _iso(feed.next_try),
        "interval": feed.interval,
        "movedTo": feed.moved_to or None,
        "unread": counts.unread,
        "total": counts.total,
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment is not None else None


def table(feeds: Sequence[Feed], counts: dict[int, Counts], now: datetime) -> list[str]:
    """A line a feed, and below it what is wrong, since when, and at which address."""
    lines = [f"{'':>4}  {'state':<8} {'unread':>6} {'next try':>9}  title"]
    for feed in feeds:
        unread = counts.get(feed.id, Counts()).unread
        lines.append(
            f"{feed.id:>4}  {feed.state.value:<8} {unread:>6} {_until(feed, now):>9}  {_name(feed)}"
        )
        if feed.error:
            lines.append(f"{'':>6}{clean_line(feed.error, 300)}{_for_how_long(feed, now)}")
            lines.append(f"{'':>6}{clean_line(feed.url, 300)}")
    return lines


def _for_how_long(feed: Feed, now: datetime) -> str:
    if feed.error_since is None:
        return ""
    tries = f", {feed.errors} tries" if feed.errors > 1 else ""
    end = "" if feed.error.endswith(".") else "."
    return f"{end} Since {ago(feed.error_since, now)}{tries}."


def _name(feed: Feed) -> str:
    return clean_line(feed.title or feed.url, 80)


def _until(feed: Feed, now: datetime) -> str:
    if feed.state in (FeedState.GONE, FeedState.PAUSED) or not has_source(feed):
        return "never"
    if feed.next_try is None or feed.next_try <= now:
        return "now"
    return f"in {span((feed.next_try - now).total_seconds())}"


def ago(moment: datetime, now: datetime) -> str:
    """How long before `now` that was: "3 h ago"."""
    return f"{span((now - moment).total_seconds())} ago"


def span(seconds: float) -> str:
    """A time in its largest unit: "45 s", "12 min", "3 h", "9 d"."""
    for size, unit in ((86400, "d"), (3600, "h"), (60, "min")):
        if seconds >= 2 * size or (seconds >= size and unit != "d"):
            return f"{int(seconds // size)} {unit}"
    return f"{int(max(seconds, 0))} s"
