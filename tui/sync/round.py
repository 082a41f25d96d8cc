"""One round: which feeds are due, each by the pipeline, then the articles of what is new.

Requests stand in rows by host (`rows`). What a feed's answer means for its next try is decided in
`schedule`. When no host at all can be reached, no feed is blamed for it (`reach`): failures are
held back until some host has answered, and the round ends with `NetworkChanged` if none does.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial

from tui.domain.blocks import Article
from tui.domain.errors import BroadsheetError, FetchError, LibraryError
from tui.domain.events import (
    FeedDone,
    NetworkChanged,
    Progress,
    SyncFinished,
    SyncStarted,
    Trouble,
)
from tui.domain.feeds import Entry, Feed, FeedState, Page, ParsedFeed, Validators
from tui.domain.ports import Clock
from tui.domain.urls import canonical_url, host_key
from tui.pipeline import Pipeline, Update
from tui.settings import SyncSettings
from tui.sync import schedule
from tui.sync.ledger import Ledger
from tui.sync.pictures import Pictures
from tui.sync.reach import Reach, doubtful
from tui.sync.reading import Emit, read
from tui.sync.rows import Rows
from tui.turns import OneByOne

# Entries that were asked for while offline, or failed before: so many of them a round.
_MOST_WANTED = 500


@dataclass(frozen=True, slots=True)
class Wish:
    """What a round is to fetch: these feeds, or all that are due, or (`force`) all but the gone."""

    feeds: tuple[int, ...] = ()
    force: bool = False
    articles: bool = True

    def wants(self, feed: Feed, now: Clock) -> bool:
        """True if `feed` belongs to the round."""
        if self.feeds:
            return feed.id in self.feeds
        if self.force:
            return feed.state not in (
                FeedState.GONE,
                FeedState.PAUSED,
            )
        return schedule.is_due(feed, now())


class Round:
    """The work of one round; `run` once."""

    def __init__(
        self,
        pipeline: Pipeline,
        settings: SyncSettings,
        wish: Wish,
        emit: Emit,
        *,
        clock: Clock,
        pictures: Pictures | None = None,
    ) -> None:
        self._pipeline, self._settings, self._wish = pipeline, settings, wish
        self._emit, self._clock, self._pictures = emit, clock, pictures
        self._rows = Rows(settings.hosts)
        self._reach = Reach(0)
        self._urls: dict[str, int] = {}
        self._quota: Counter[int] = Counter()
        self._asked: set[int] = set()
        self._alike = OneByOne()
        self._held: list[Callable[[], None]] = []
        self._ledger = Ledger(pipeline.store)
        self._broken: LibraryError | None = None
        self._begun = time.monotonic()
        self._jobs = 0
        self._sum: Counter[str] = Counter()

    async def run(self) -> SyncFinished:
        """Fetch; tells what happens. Raises LibraryError when nothing can be written any more."""
        feeds = [feed for feed in self._pipeline.store.feeds() if schedule.has_source(feed)]
        self._urls = {feed.url: feed.id for feed in feeds}
        due = [feed for feed in feeds if self._wish.wants(feed, self._clock)]
        self._reach = Reach(len({host_key(feed.url) for feed in due}))
        self._emit(SyncStarted(len(due), len(feeds) - len(due)))
        for feed in due:
            self._add(host_key(feed.url), partial(self._update, feed))
        if self._wish.articles:
            self._add_wanted({feed.id: feed for feed in feeds})
        try:
            await self._rows.run()
        finally:
            self._ledger.close()
        if self._broken is not None:
            raise self._broken
        return self.finish()

    def finish(self, *, cancelled: bool = False) -> SyncFinished:
        """Close the accounts; tells SyncFinished."""
        if self._reach.cut:
            self._emit(NetworkChanged(True, "No server can be reached: we seem to be offline."))
        elif not cancelled:
            self._release()
        finished = SyncFinished(
            feeds=self._sum["feeds"],
            new=self._sum["new"],
            failed=self._sum["failed"],
            articles=self._sum["articles"],
            unchanged=self._sum["unchanged"],
            milliseconds=self._milliseconds(self._begun),
            cancelled=cancelled,
        )
        self._emit(finished)
        return finished

    @property
    def cut(self) -> bool:
        """True if the round found no network."""
        return self._reach.cut

    def _add(self, host: str, work: Callable[[], object]) -> None:
        self._jobs += 1
        self._rows.add(host, partial(self._guard, work))

    async def _guard(self, work: Callable[[], object]) -> None:
        """A job of the rows; what the library can't do ends the round, with what is done kept."""
        try:
            await work()  # type: ignore[misc]
        except LibraryError as error:
            self._broken = self._broken or error
            self._rows.drop()

    async def _update(self, feed: Feed) -> None:
        begun = time.monotonic()
        outcome, update = await self._look(feed)
        held = isinstance(outcome, schedule.Failed) and doubtful(outcome.error)
        note = partial(self._note, feed, outcome, update, self._milliseconds(begun))
        if held and not self._reach.answered:
            self._held.append(note)
            if self._reach.cut:
                self._rows.drop()
            return
        self._release()
        note()

    async def _look(self, feed: Feed) -> tuple[schedule.Outcome, Update | None]:
        host = host_key(feed.url)
        try:
            update = await self._pipeline.update(feed)
        except LibraryError:
            raise
        except BroadsheetError as error:
            if isinstance(error, FetchError):
                self._reach.note(host, error)
                if error.reason == "waiting":
                    return schedule.Waiting(error.retry_after or 0), None
            return schedule.Failed(error), None
        self._reach.note(host, None)
        if isinstance(update.answer, Page):
            assert update.parsed is not None
            return _fetched(update.answer, update.parsed), update
        return schedule.NotModified(update.answer.headers, update.answer.permanent), update

    def _release(self) -> None:
        """Some host has answered: what failed before is the fault of those hosts after all."""
        held, self._held = self._held, []
        for note in held:
            note()

    def _note(
        self, feed: Feed, outcome: schedule.Outcome, update: Update | None, milliseconds: int
    ) -> None:
        """Write down how `feed` does now, tell it, and ask for its new articles."""
        self._ledger.write(self._scheduled(feed, outcome), outcome)
        if isinstance(outcome, schedule.Waiting):
            self._tell_progress(feed.title)
            return
        error = str(outcome.error) if isinstance(outcome, schedule.Failed) else ""
        new = update.saved.new if update is not None else ()
        unchanged = isinstance(outcome, schedule.NotModified)
        self._sum.update(feeds=1, new=len(new), unchanged=int(unchanged), failed=int(bool(error)))
        title, warning = (
            self._title(feed),
            update.parsed.warning if update and update.parsed else "",
        )
        self._emit(FeedDone(feed.id, title, len(new), unchanged, error, milliseconds, warning))
        if self._wish.articles:
            entries = (self._pipeline.store.entry(entry) for entry in new)
            self._add_articles(feed, (entry for entry in entries if entry is not None))
        self._tell_progress(title)

    def _title(self, feed: Feed) -> str:
        # Before its first document a feed has no title of its own.
        known = self._pipeline.store.feed(feed.id) if feed.state is FeedState.NEW else feed
        return (known.title if known is not None else feed.title) or feed.url

    def _scheduled(self, feed: Feed, outcome: schedule.Outcome) -> Feed:
        later = schedule.after(feed, outcome, self._clock(), self._settings)
        if later.url == feed.url:
            return later
        if self._urls.get(later.url, feed.id) != feed.id:
            # Subscribed there already: one of the two is the user's to remove.
            return replace(later, url=feed.url, moved_to="")
        if feed.options:
            self._emit(
                Trouble(
                    f"{feed.title or feed.url} moved to {later.url}",
                    "Its options in settings.toml stand under the old address.",
                )
            )
        return later

    def _add_wanted(self, feeds: dict[int, Feed]) -> None:
        for entry in self._pipeline.store.to_fetch(_MOST_WANTED):
            feed = feeds.get(entry.feed)
            if feed is not None and (not self._wish.feeds or feed.id in self._wish.feeds):
                self._add_articles(feed, [entry])

    def _add_articles(self, feed: Feed, entries: Iterable[Entry]) -> None:
        most = self._settings.articles
        wish = feed.options.get("articles", "")
        most = int(wish) if wish.isdecimal() else most
        for entry in entries:
            if self._quota[feed.id] >= most:
                return
            if entry.id not in self._asked:
                self._asked.add(entry.id)
                self._quota[feed.id] += 1
                self._add(host_key(entry.url or feed.url), partial(self._read, entry))

    async def _read(self, entry: Entry) -> None:
        # Of two entries with one page the second finds the text of the first.
        page = canonical_url(entry.url) if entry.url else str(entry.id)
        async with self._alike.turn(page):
            result = await read(self._pipeline, entry, self._emit)
        if isinstance(result, Article):
            self._sum["articles"] += 1
            if self._pictures is not None:
                await self._pictures.fetch(result)
        self._tell_progress(entry.title)

    def _tell_progress(self, detail: str) -> None:
        self._sum["done"] += 1
        self._emit(Progress("sync", self._sum["done"], self._jobs, detail))

    @staticmethod
    def _milliseconds(begun: float) -> int:
        return int((time.monotonic() - begun) * 1000)


def _fetched(page: Page, parsed: ParsedFeed) -> schedule.Fetched:
    framed = "content-length" in page.headers or "transfer-encoding" in page.headers
    # A damaged document whose end nobody can vouch for may be half of one: without validators the
    # next round gets it again, instead of "unchanged".
    whole = framed or not parsed.warning
    validators = page.validators if whole else Validators()
    return schedule.Fetched(page.headers, parsed, validators, page.permanent)
