"""Feeds, the worst first: failing ones with the reason and since when, then the silent, then the rest."""

from datetime import datetime

from tui.domain.editions import Counts, Edition
from tui.domain.feeds import Feed, FeedState
from tui.ui.actions import FEEDS
from tui.ui.ages import age
from tui.ui.editions import feed_query
from tui.ui.render.lines import Run
from tui.ui.render.listing import Row, note
from tui.ui.screens.base import ListScreen

_RANK = {FeedState.GONE: 0, FeedState.FAILING: 1, FeedState.NEW: 2, FeedState.PAUSED: 3}
_MARKS = {FeedState.GONE: "✗", FeedState.FAILING: "!", FeedState.NEW: "·", FeedState.PAUSED: "‖"}


class FeedsScreen(ListScreen):
    """A row a feed; the values are feed ids."""

    def __init__(self) -> None:
        super().__init__(FEEDS, "Feeds")
        self._feeds: dict[int, Feed] = {}
        self._counts: dict[int, Counts] = {}

    @property
    def feed(self) -> Feed | None:
        """The feed under the cursor."""
        return self._feeds.get(self.listing.value or 0)

    def fill(self) -> None:
        """Ask the library, then show."""
        library = self.reader.library
        self.reader.read(lambda: (library.feeds(), library.counts()), self._filled)

    def _filled(self, found: tuple[object, dict[int, Counts]]) -> None:
        feeds, self._counts = found
        assert isinstance(feeds, (list, tuple))
        self._feeds = {feed.id: feed for feed in feeds}
        failing = sum(1 for feed in self._feeds.values() if feed.errors)
        self.set_title("Feeds", f"{len(self._feeds)} feeds, {failing} failing")
        self.listing.set_rows(self.rows())
        self.reader.show_status()

    def rows(self) -> list[Row]:
        """The worst first."""
        if not self._feeds:
            return [note(" No feeds yet. a adds one.")]
        ordered = sorted(self._feeds.values(), key=_badness)
        return [self._row(feed, self.reader.now()) for feed in ordered]

    def _row(self, feed: Feed, now: datetime) -> Row:
        counts = self._counts.get(feed.id, Counts())
        name = feed.title or feed.url
        error = f"  {feed.error}" if feed.error else ""
        left = (
            Run(f" {_MARKS.get(feed.state, ' ')} ", "mark"),
            Run(name, "unread" if counts.unread else "text"),
            Run(f"  {feed.folder}" if feed.folder else "", "faint"),
            Run(error, "status-error"),
        )
        since = feed.error_since or feed.last_ok
        when = age(since, now) if since else "never"
        right = (Run(f"{counts.unread:>5} of {counts.total:<6} {when:>5} ", "faint"),)
        return Row(left, right, feed.id, f"{name} {feed.folder} {feed.url} {feed.error}")

    def status(self) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
        """Where the feed under the cursor is, and what was last."""
        feed = self.feed
        if feed is None:
            return (), ()
        words = f" {feed.url}"
        if feed.moved_to:
            words += f"  moved to {feed.moved_to}"
        return (Run(words, "status"),), ()

    def chosen(self) -> None:
        """Show its entries."""
        feed = self.feed
        if feed is not None:
            self.reader.pop_screen()
            self.reader.desk.focus_pane("list")
            self.reader.desk.show_edition(Edition(feed_query(feed), self.reader.edition.order))


def _badness(feed: Feed) -> tuple[int, int, str, str]:
    rank = _RANK.get(feed.state, 4)
    return (rank, -feed.errors, feed.folder.casefold(), (feed.title or feed.url).casefold())
