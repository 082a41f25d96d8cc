"""What the screens read, and the state that a reader changes."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from tui.domain.blocks import Source
from tui.domain.editions import (
    Copy,
    Counts,
    Edition,
    EntityPage,
    EntityRow,
    Headline,
    Position,
    Reading,
    Window,
)
from tui.domain.feeds import Feed
from tui.domain.records import dataclass
from tui.domain.rules import RuleBook


@dataclass(frozen=True, slots=True)
class Correction:
    """What the reader knows better than the model about the entity `key`.

    `action` is "hide", "rename" (`value` is the name), "merge" (`value` is the other key),
    "split" (take `value`, a spelling, out of it), or "kind" (`value` is a naming.Kind).
    `entry` is where it was made: an entity that is not shared (a lone surname) is corrected there
    and nowhere else.
    """

    action: str
    key: str
    value: str = ""
    made: datetime | None = None
    entry: int = 0


class Library(RuleBook, Protocol):
    """What the screens read and a reader changes. Reads take milliseconds; changes are on disk
    when the call returns and go into the journal, so that each can be undone. Raises LibraryError.
    """

    def changes(self) -> int:
        """A number that grows when this or another process changed the library."""
        ...

    def window(self, edition: Edition, start: int, limit: int) -> Window:
        """`limit` rows of `edition` from row `start`."""
        ...

    def find(self, edition: Edition, entry: int) -> int | None:
        """The row of `entry` in `edition`."""
        ...

    def copies(self, edition: Edition, stories: Iterable[int]) -> Sequence[Copy]:
        """The entries of `edition` that tell one of `stories` which another one in it told already:
        after the newest one, in the order of the oldest after the oldest."""
        ...

    def next_unread(self, edition: Edition, entry: int | None, step: int = 1) -> int | None:
        """The id of the next (`step` 1) or previous (-1) unread entry from `entry`."""
        ...

    def feeds(self) -> Sequence[Feed]:
        """All feeds, by folder and title."""
        ...

    def counts(self) -> dict[int, Counts]:
        """Counts by feed id; 0 is the sum over all."""
        ...

    def count(self, query: str) -> Counts:
        """Counts of a query."""
        ...

    def reading(self, entry: int) -> Reading | None:
        """An entry with its article and its names."""
        ...

    def image(self, url: str) -> bytes | None:
        """A picture that is here, shrunk for terminals."""
        ...

    def mark(
        self,
        entries: Iterable[int] | Edition,
        *,
        read: bool | None = None,
        starred: bool | None = None,
        queued: bool | None = None,
        hidden: bool | None = None,
    ) -> int:
        """Set states of entries, or of a whole edition; returns how many changed."""
        ...

    def label(self, entry: int, labels: Iterable[str]) -> None:
        """Replace the user's own tags of an entry."""
        ...

    def note(self, entry: int, text: str) -> None:
        """Replace the note of an entry; "" removes it."""
        ...

    def keep_position(self, entry: int, position: Position) -> None:
        """Remember where the reader was."""
        ...

    def want(self, entry: int) -> None:
        """Put an entry whose article is not here into the queue of the next sync."""
        ...

    def choose_reading(self, feed: int, source: Source | None) -> None:
        """Keep which reading of its pages a feed shows."""
        ...

    def undo(self) -> str | None:
        """Take the last change back; says in one line what was undone, or None."""
        ...

    def redo(self) -> str | None:
        """Make the last undone change again."""
        ...

    def subscribe(self, url: str, title: str = "", folder: str = "") -> Feed:
        """Add a feed, or return the one with this URL."""
        ...

    def unsubscribe(self, feed: int) -> None:
        """Remove a feed; its starred and noted entries stay. Can be undone."""
        ...

    def edit_feed(
        self,
        feed: int,
        *,
        title: str | None = None,
        folder: str | None = None,
        url: str | None = None,
        paused: bool | None = None,
    ) -> Feed:
        """Change what the user may change of a feed."""
        ...

    def saved_queries(self) -> Sequence[tuple[str, str]]:
        """Virtual feeds: (name, query)."""
        ...

    def save_query(self, name: str, query: str | None) -> None:
        """Add, change or (None) remove a virtual feed."""
        ...

    def entity_page(self, keys: Sequence[str], limit: int = 200) -> EntityPage:
        """Everything about one entity, or about several named together."""
        ...

    def entities(self, prefix: str = "", limit: int = 50) -> Sequence[EntityRow]:
        """Entities across the library whose name starts with `prefix`, the most named first."""
        ...

    def follow(self, key: str, name: str, kind: str, following: bool = True) -> None:
        """Follow an entity: a virtual feed with a count."""
        ...

    def followed(self) -> Sequence[tuple[EntityRow, Counts]]:
        """The entities that are followed."""
        ...

    def correct(self, correction: Correction) -> None:
        """Hide, rename, merge, split or change the kind of an entity, everywhere. Undoable."""
        ...

    def similar(self, entry: int, limit: int = 50) -> Sequence[Headline]:
        """Stories about the same main entities as `entry`, the closest first."""
        ...

    def entry_ids(self, feed: int, keys: Iterable[str]) -> dict[str, int]:
        """Our ids of those entries of `feed` that are known, by the feed's own `keys`."""
        ...

    def save_image(self, url: str, data: bytes) -> None:
        """Keep a picture that came in an archive, as `image` will return it."""
        ...

    def visit(self, url: str) -> int:
        """The entry whose link means the same page as `url`, or a new one that is on no list: a
        link followed from an article. `SyncPort.fetch` then brings its article.
        """
        ...

    def close(self) -> None:
        """Let go of the files."""
        ...
