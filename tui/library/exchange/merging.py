"""Several files that are imported together, as one `Transfer`."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import Generic, TypeVar

from tui.domain.feeds import READ_LATER
from tui.library.exchange.transfer import Incoming, Subscription, Transfer

T = TypeVar("T")


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
