"""What the pipeline writes."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from tui.domain.blocks import Article
from tui.domain.feeds import Entry, Feed, Page, ParsedFeed
from tui.domain.naming import Recognition
from tui.domain.records import dataclass


@dataclass(frozen=True, slots=True)
class Saved:
    """What `Store.save_feed` did: ids of new entries, newest first, and of changed ones."""

    new: tuple[int, ...] = ()
    changed: tuple[int, ...] = ()


class Store(Protocol):
    """What the pipeline writes. Each call is one transaction. Raises LibraryError."""

    def save_feed(self, feed: Feed, parsed: ParsedFeed, page: Page) -> Saved:
        """Entries and their feed's validators together; keeps the state of known entries."""
        ...

    def save_schedule(self, *feeds: Feed) -> None:
        """State, error, interval, next try, validators and address of each of `feeds`."""
        ...

    def save_article(self, entry: int, article: Article, found: Recognition | None) -> None:
        """The cleaned article, and its mentions for the entity index."""
        ...

    def same_page(self, entry: int) -> tuple[Article, Recognition | None] | None:
        """The article of another entry with the same page, if `entry` has none of its own."""
        ...

    def save_failure(self, entry: int, reason: str, error: str) -> None:
        """Why an entry has no article; it stays in the queue of `to_fetch` for a later round."""
        ...

    def to_fetch(self, limit: int) -> Sequence[Entry]:
        """Entries that want an article: asked for while offline first, then unread and new."""
        ...

    def entry(self, entry: int) -> Entry | None:
        """One entry with its content."""
        ...

    def feed(self, feed: int) -> Feed | None:
        """One feed."""
        ...

    def feeds(self) -> Sequence[Feed]:
        """All feeds."""
        ...

    def save_image(self, url: str, data: bytes) -> None:
        """A picture, shrunk already, that `Library.image(url)` gives back."""
        ...

    def upkeep(self) -> Sequence[str]:
        """What time asks for, after a round: retention, the cache's budget, a daily check and
        copy. Takes up to some seconds; returns a line for each thing that went wrong."""
        ...

    def pin(self, entries: Iterable[int]) -> None:
        """These entries are the current pack, in place of the last one: never evicted."""
        ...
