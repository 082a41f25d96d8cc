"""What an import would bring, found without a change."""

from collections.abc import Iterable
from itertools import islice

from tui.domain.feeds import READ_LATER
from tui.library.exchange import corrections
from tui.library.exchange.take_in import BATCH, Shelf, TakenIn, by_feed, queries_here
from tui.library.exchange.transfer import Incoming, Transfer


def would_take(library: Shelf, transfer: Transfer) -> TakenIn:
    """What `take_in` would return. Raises SourceError, LibraryError."""
    taken = TakenIn(problems=list(transfer.problems))
    feeds = {feed.url: feed.id for feed in library.feeds()}
    for subscription in transfer.subscriptions:
        _subscribe(subscription.url, feeds, taken)
    new, problems = queries_here(library, transfer.queries)
    taken.queries = len(new)
    taken.problems += problems
    entries = iter(transfer.entries)
    seen: set[tuple[str, str]] = set()
    while batch := list(islice(entries, BATCH)):
        _entries(library, batch, feeds, seen, taken)
    taken.corrections = len(corrections.new_ones(library, transfer.corrections))
    taken.images = sum(library.image(address) is None for address, _ in transfer.images)
    return taken


def _subscribe(url: str, feeds: dict[str, int], taken: TakenIn) -> None:
    if url in feeds:
        taken.feeds_known += 1
        if url != READ_LATER:
            taken.problems.append(f"already subscribed: {url}")
    else:
        taken.feeds += 1
        feeds[url] = 0


def _entries(
    library: Shelf,
    batch: Iterable[Incoming],
    feeds: dict[str, int],
    seen: set[tuple[str, str]],
    taken: TakenIn,
) -> None:
    for url, entries in by_feed(batch).items():
        if url not in feeds:
            _subscribe(url, feeds, taken)
        known = library.entry_ids(feeds[url], entries) if feeds[url] else {}
        for key, incoming in entries.items():
            here = key in known or (url, key) in seen
            taken.entries_known += here
            taken.entries += not here
            seen.add((url, key))
            if incoming.article and (not here or _without_text(library, known.get(key))):
                taken.articles += 1


def _without_text(library: Shelf, entry: int | None) -> bool:
    reading = library.reading(entry) if entry is not None else None
    return reading is not None and reading.article is None
