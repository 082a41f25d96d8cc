"""A `Transfer` into the library: everything in one transaction, or nothing.

What is here already wins: an entry that was read here stays read, a subscription keeps its title
and folder. State only ever grows (read, starred, queued, labels, notes).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from typing import Generic, Protocol, TypeVar

from tui.domain.blocks import Article
from tui.domain.feeds import READ_LATER, Feed, Page, ParsedFeed
from tui.domain.naming import Recognition
from tui.domain.ports import Library, Store
from tui.library.exchange import corrections
from tui.library.exchange.transfer import Incoming, Subscription, Transfer

T = TypeVar("T")

_BATCH = 500  # entries at once


class Shelf(Library, Store, corrections.Book, Protocol):
    """The library from both sides: what screens change and what the pipeline writes."""


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


class _Trial(Exception):
    """Ends the transaction of a trial, so that nothing of it stays."""


def merged(transfers: Iterable[Transfer]) -> Transfer:
    """Several files as one. Of newsboat's cache only what its `urls` subscribe to is taken."""
    parts = list(transfers)
    kinds = {part.kind for part in parts}
    if {"newsboat urls", "newsboat cache"} <= kinds:
        wanted = {s.url for p in parts if p.kind != "newsboat cache" for s in p.subscriptions}
        parts = [
            _states_of(part, wanted) if part.kind == "newsboat cache" else part for part in parts
        ]
    return Transfer(
        ", ".join(dict.fromkeys(part.kind for part in parts)),
        _joined(chain.from_iterable(part.subscriptions for part in parts)),
        tuple(chain.from_iterable(part.queries for part in parts)),
        _Chain(tuple(part.entries for part in parts)),
        _Chain(tuple(part.images for part in parts)),
        (*chain.from_iterable(part.problems for part in parts), *_in_several(parts)),
        tuple(chain.from_iterable(part.corrections for part in parts)),
    )


@dataclass(frozen=True, slots=True)
class _Chain(Generic[T]):
    """Several things to walk, one after the other, as often as one likes."""

    parts: tuple[Iterable[T], ...]

    def __iter__(self) -> Iterator[T]:
        return chain.from_iterable(self.parts)


def _joined(subscriptions: Iterable[Subscription]) -> tuple[Subscription, ...]:
    """Each feed once, where its title, its folder and its own title come from different files."""
    found: dict[str, Subscription] = {}
    for new in subscriptions:
        old = found.setdefault(new.url, new)
        found[new.url] = Subscription(
            new.url,
            old.title or new.title,
            old.site_url or new.site_url,
            old.folder or new.folder,
            old.own_title or new.own_title,
        )
    return tuple(found.values())


def _in_several(parts: Iterable[Transfer]) -> Iterator[str]:
    """Feeds that more than one list names; newsboat's cache is no list."""
    lists = [p.subscriptions for p in parts if p.kind != "newsboat cache"]
    counts = Counter(s.url for s in chain.from_iterable(lists) if s.url != READ_LATER)
    return (f"in more than one file: {url}" for url, count in counts.items() if count > 1)


def _states_of(transfer: Transfer, wanted: set[str]) -> Transfer:
    """The entries of those feeds, and what the feeds call themselves."""
    described = tuple(s for s in transfer.subscriptions if s.url in wanted)
    entries = _Wanted(transfer.entries, wanted)
    return replace(transfer, subscriptions=described, entries=entries)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """The entries of some feeds."""

    entries: Iterable[Incoming]
    feeds: set[str]

    def __iter__(self) -> Iterator[Incoming]:
        return (entry for entry in self.entries if entry.feed_url in self.feeds)


def take_in(
    library: Shelf,
    transfer: Transfer,
    *,
    trial: bool = False,
    progress: Callable[[int], None] = lambda done: None,
) -> TakenIn:
    """Bring `transfer` into the library. Raises LibraryError or SourceError, and then took nothing.

    `trial` does it and takes it back. `progress` hears the number of entries done.
    """
    taken = TakenIn(problems=list(transfer.problems))
    try:
        with library.together():
            _Import(library, taken, progress, trial=trial).run(transfer)
            if trial:
                raise _Trial
    except _Trial:
        pass
    return taken


class _Import:
    """One import, inside its transaction. A trial leaves out what the cache keeps, as only the
    library's own changes can be taken back."""

    def __init__(
        self, library: Shelf, taken: TakenIn, progress: Callable[[int], None], *, trial: bool
    ) -> None:
        self.library, self.taken, self.progress, self.trial = library, taken, progress, trial
        self.feeds = {feed.url: feed for feed in library.feeds()}

    def run(self, transfer: Transfer) -> None:
        for subscription in transfer.subscriptions:
            self._subscribe(subscription)
        known = {name for name, _ in self.library.saved_queries()}
        for name, query in transfer.queries:
            if name in known:
                self.taken.problems.append(f"a virtual feed “{name}” is here already")
            else:
                self.library.save_query(name, query)
                self.taken.queries += 1
        entries = iter(transfer.entries)
        while batch := list(islice(entries, _BATCH)):
            self._batch(batch)
        for correction in corrections.new_ones(self.library, transfer.corrections):
            self.library.correct(correction)
            self.taken.corrections += 1
        for address, data in transfer.images:
            if self.library.image(address) is None:
                self.taken.images += 1
                if not self.trial:
                    self.library.save_image(address, data)

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

    def _batch(self, batch: list[Incoming]) -> None:
        by_feed: dict[str, dict[str, Incoming]] = {}
        for incoming in batch:
            by_feed.setdefault(incoming.feed_url, {})[incoming.entry.id] = incoming
        for url, entries in by_feed.items():
            if url:
                self._entries(self.feeds.get(url) or self._subscribe(Subscription(url)), entries)
        self.progress(self.taken.entries + self.taken.entries_known)

    def _entries(self, feed: Feed, entries: dict[str, Incoming]) -> None:
        known = self.library.entry_ids(feed.id, entries)
        new = tuple(incoming.entry for key, incoming in entries.items() if key not in known)
        if new:
            self._save(feed, ParsedFeed(feed.url, feed.title, feed.site_url, entries=new))
        ids = self.library.entry_ids(feed.id, entries)
        self._states({ids[key]: incoming for key, incoming in entries.items() if key in ids})
        self.taken.entries += len(new)
        self.taken.entries_known += len(known)

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
            self.taken.articles += 1
            if not self.trial:
                self.library.save_article(number, article, found)

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
