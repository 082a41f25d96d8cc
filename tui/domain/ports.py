"""The seams between the rooms. Each Protocol is implemented in one room and wired in `tui.cli`.

Fetcher      fetching   bytes from the network, politely
FeedParser   fetching   Page -> ParsedFeed, in a worker
Cleaner      cleaning   Page or feed text -> Article, in a worker
Recogniser   entities   Article -> Recognition, in a worker
Store        library    what the pipeline writes
Library      library    what the screens read, and the state that a reader changes
SyncPort     sync       the screens' way to the process that fetches
"""

from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from tui.domain.blocks import Article, Source
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
from tui.domain.events import Event
from tui.domain.feeds import Entry, Feed, Page, ParsedFeed, Unchanged
from tui.domain.naming import Recognition
from tui.domain.records import dataclass
from tui.domain.rules import RuleBook


class Fetcher(Protocol):
    """Bytes from the network. Raises FetchError."""

    async def feed(self, feed: Feed) -> Page | Unchanged:
        """The feed's document by a conditional request."""
        ...

    async def page(self, url: str) -> Page:
        """The page at `url`."""
        ...

    async def image(self, url: str) -> Page:
        """The picture at `url`."""
        ...

    async def close(self) -> None:
        """End all connections."""
        ...


class FeedParser(Protocol):
    """Bytes to entries. Raises ParseError (NotAFeed with alternates for HTML)."""

    async def parse(self, page: Page, feed: Feed) -> ParsedFeed:
        """Read `page` as the document of `feed`."""
        ...


class Cleaner(Protocol):
    """Bytes to an article. Raises CleanError; a page with text never comes back empty."""

    async def clean(
        self, page: Page | None, entry: Entry | None = None, source: Source | None = None
    ) -> Article:
        """The article in `page`, or in the feed's text of `entry` where that is better.

        Without `page` the feed's text is all there is. `source` asks for one reading.
        """
        ...


class Recogniser(Protocol):
    """Names in an article. Raises RecogniseError."""

    async def recognise(self, article: Article) -> Recognition:
        """Who and what `article` is about; `Recognition.missing` says why there is nothing."""
        ...


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

    def correct(self, correction: "Correction") -> None:
        """Hide, rename, merge, split or change the kind of an entity, everywhere. Undoable."""
        ...

    def similar(self, entry: int, limit: int = 50) -> Sequence[Headline]:
        """Stories about the same main entities as `entry`, the closest first."""
        ...

    def together(self) -> AbstractContextManager[None]:
        """One transaction around all calls in the block, of this port and of `Store`: all is
        written, or nothing when the block raises. Imports are made so."""
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


class SyncPort(Protocol):
    """The screens' way to the process that fetches. Nothing here blocks."""

    def events(self) -> AsyncIterator[Event]:
        """What happens, for as long as the session lasts."""
        ...

    def sync(self, feeds: Iterable[int] = (), *, force: bool = False) -> None:
        """Begin a round: all that is due, or these feeds now."""
        ...

    def fetch(self, entry: int, source: Source | None = None) -> None:
        """Fetch and clean one entry now; ArticleReady or ArticleFailed tells."""
        ...

    def pack(self, **wishes: str) -> None:
        """Make ready for a time offline; Progress tells."""
        ...

    def add(self, url: str, folder: str = "") -> None:
        """Find the feed at `url`, subscribe, fetch it; FeedDone or Trouble tells."""
        ...

    def images(self, entry: int) -> None:
        """Fetch and shrink the pictures of an entry; Progress tells."""
        ...

    def cancel(self) -> None:
        """Stop the running round, keeping what is done."""
        ...

    def set_offline(self, offline: bool) -> None:
        """Stop or resume using the network."""
        ...

    async def close(self) -> None:
        """End the process."""
        ...


Clock = Callable[[], datetime]


class HostMemory(Protocol):
    """What politeness must remember of a host across restarts; a JSON object each."""

    def host(self, name: str) -> dict[str, object]:
        """What is known of host `name`; empty at first."""
        ...

    def save_host(self, name: str, known: dict[str, object]) -> None:
        """Replace what is known of host `name`."""
        ...
