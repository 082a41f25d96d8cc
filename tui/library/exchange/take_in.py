"""A `Transfer` into the library, as one step that can be undone.

It is read once before anything changes, so that a damaged file changes nothing. Then it comes in by
short transactions: a reader's key never waits for all that another program has kept. An import that
is cut off is completed by importing again.

What is here already wins: an entry that was read here stays read, a subscription keeps its title
and folder. State only ever grows (read, starred, queued, labels, notes).
"""

import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from itertools import islice
from typing import Protocol

from tui.domain.blocks import Article
from tui.domain.errors import LibraryError
from tui.domain.feeds import READ_LATER, Feed, Page, ParsedFeed
from tui.domain.naming import Recognition
from tui.domain.ports import Library, Store
from tui.library.exchange import corrections
from tui.library.exchange.transfer import Incoming, Subscription, Transfer
from tui.library.journal import Step, TakenBack

BATCH = 100  # entries in one transaction
_BREATH = 0.008  # seconds between two: who waits to write asks again within that time

Part = Callable[[], AbstractContextManager[Step]]
"""Begins a transaction of the import."""


class Shelf(Library, Store, corrections.Book, Protocol):
    """The library from both sides: what screens change and what the pipeline writes."""

    def one_step(self, what: str) -> AbstractContextManager[Part]:
        """Several transactions that are one step of the journal."""
        ...

    def bring_back(self, entries: Iterable[int]) -> int:
        """Entries that went with their import are on the lists again; returns how many."""
        ...


@dataclass(slots=True)
class TakenIn:
    """What an import did, or (a trial) would do."""

    feeds: int = 0
    feeds_known: int = 0
    queries: int = 0
    entries: int = 0
    entries_known: int = 0
    articles: int = 0
    images: int = 0
    corrections: int = 0
    problems: list[str] = field(default_factory=list)


def take_in(
    library: Shelf, transfer: Transfer, *, progress: Callable[[int], None] = lambda done: None
) -> TakenIn:
    """Bring `transfer` into the library. `progress` hears the number of entries done.

    Raises SourceError for a damaged file, and then took nothing; LibraryError where the library
    takes no more, and then says what came in until there.
    """
    _check(transfer.entries)
    _check(transfer.images)
    taken = TakenIn(problems=list(transfer.problems))
    try:
        with library.one_step(f"imported {transfer.kind}") as part:
            _Import(library, taken, progress, part).run(transfer)
    except LibraryError as error:
        if not taken.entries or isinstance(error, TakenBack):
            raise
        raise LibraryError(
            f"{error}; {taken.entries} entries came in: import again for the rest, or undo"
        ) from error
    return taken


def _check(walked: Iterable[object]) -> None:
    """Walk over all of it, so that what is damaged is known before anything changes."""
    deque(walked, maxlen=0)


def queries_here(
    library: Library, queries: Iterable[tuple[str, str]]
) -> tuple[list[tuple[str, str]], list[str]]:
    """The virtual feeds that are not here yet, and what is said of the others."""
    known = dict(library.saved_queries())
    others = [name for name, query in queries if known.get(name, query) != query]
    return [(name, query) for name, query in queries if name not in known], [
        f"another virtual feed “{name}” is here already" for name in others
    ]


def by_feed(batch: Iterable[Incoming]) -> dict[str, dict[str, Incoming]]:
    """Entries by the address of their feed and their own id, without those that name no feed."""
    found: dict[str, dict[str, Incoming]] = {}
    for incoming in batch:
        if incoming.feed_url:
            found.setdefault(incoming.feed_url, {})[incoming.entry.id] = incoming
    return found


class _Import:
    """One import, a transaction at a time."""

    def __init__(
        self, library: Shelf, taken: TakenIn, progress: Callable[[int], None], part: Part
    ) -> None:
        self.library, self.taken, self.progress, self.part = library, taken, progress, part
        self.feeds = {feed.url: feed for feed in library.feeds()}

    def run(self, transfer: Transfer) -> None:
        with self.part():
            for subscription in transfer.subscriptions:
                self._subscribe(subscription)
            new, problems = queries_here(self.library, transfer.queries)
            for name, query in new:
                self.library.save_query(name, query)
            self.taken.queries = len(new)
            self.taken.problems += problems
        entries = iter(transfer.entries)
        while batch := list(islice(entries, BATCH)):
            with self.part() as step:
                self._batch(batch, step)
            self.progress(self.taken.entries + self.taken.entries_known)
            time.sleep(_BREATH)
        with self.part():
            for correction in corrections.new_ones(self.library, transfer.corrections):
                self.library.correct(correction)
                self.taken.corrections += 1
        for address, data in transfer.images:
            if self.library.image(address) is None:
                self.library.save_image(address, data)
                self.taken.images += 1

    def _subscribe(self, wanted: Subscription) -> Feed:
        url = wanted.url
        if url in self.feeds:
            self.taken.feeds_known += 1
            if url != READ_LATER:
                self.taken.problems.append(f"already subscribed: {url}")
            return self.feeds[url]
        feed = self.library.subscribe(url, wanted.title, wanted.folder)
        if url == READ_LATER:
            feed = self.library.edit_feed(feed.id, paused=True)
        self.taken.feeds += 1
        self.feeds[url] = feed
        if wanted.own_title or wanted.site_url:
            self._save(feed, ParsedFeed(url, wanted.own_title, wanted.site_url))
            self.feeds[url] = self.library.feed(feed.id) or feed
        return self.feeds[url]

    def _save(self, feed: Feed, parsed: ParsedFeed) -> None:
        """The feed itself was not fetched: it is due as before, with the validators it had."""
        self.library.save_feed(feed, parsed, Page(feed.url, b""))
        self.library.save_schedule(feed)

    def _batch(self, batch: Sequence[Incoming], step: Step) -> None:
        for url, entries in by_feed(batch).items():
            feed = self.feeds.get(url) or self._subscribe(Subscription(url))
            self._entries(feed, entries, step)

    def _entries(self, feed: Feed, entries: dict[str, Incoming], step: Step) -> None:
        known = self.library.entry_ids(feed.id, entries)
        # An undone import is made again by importing.
        back = self.library.bring_back(known.values())
        new = tuple(incoming.entry for key, incoming in entries.items() if key not in known)
        if new:
            self._save(feed, ParsedFeed(feed.url, feed.title, feed.site_url, entries=new))
        ids = self.library.entry_ids(feed.id, entries)
        came = [ids[entry.id] for entry in new if entry.id in ids]
        step.came(came)
        self._states({ids[key]: incoming for key, incoming in entries.items() if key in ids})
        self.taken.entries += len(came) + back
        self.taken.entries_known += len(known) - back

    def _states(self, here: dict[int, Incoming]) -> None:
        mark = self.library.mark
        mark([number for number, entry in here.items() if entry.read], read=True)
        mark([number for number, entry in here.items() if entry.starred], starred=True)
        mark([number for number, entry in here.items() if entry.queued], queued=True)
        mark([number for number, entry in here.items() if entry.hidden], hidden=True)
        for number, entry in here.items():
            self._own(number, entry)
            if entry.article:
                self._article(number, entry.article, entry.recognition)
            elif entry.queued:
                self.library.want(number)

    def _article(self, number: int, article: Article, found: Recognition | None) -> None:
        """The article, unless one is here already: that may be newer."""
        reading = self.library.reading(number)
        if reading is not None and reading.article is None:
            self.library.save_article(number, article, found)
            self.taken.articles += 1

    def _own(self, number: int, incoming: Incoming) -> None:
        """Labels and note, beside those that are here."""
        if not incoming.labels and not incoming.note:
            return
        entry = self.library.entry(number)
        if entry is None:
            return
        if not set(incoming.labels) <= set(entry.labels):
            self.library.label(number, dict.fromkeys([*entry.labels, *incoming.labels]))
        if incoming.note and incoming.note not in entry.note:
            self.library.note(number, "\n".join(filter(None, (entry.note, incoming.note))))
