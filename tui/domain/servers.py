"""Servers that keep read and starred state for several devices (Miniflux, FreshRSS, ...).

Feeds are fetched by ourselves, so that all is here when the network is gone; a server shares
subscriptions and state. Each shared feed and each linked entry remembers the state that both sides last agreed on (the
base): what differs from it here is pending and wins; what differs from it there is taken over.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from tui.domain.records import dataclass


@dataclass(frozen=True, slots=True)
class RemoteFeed:
    """A subscription on the server; `id` is the server's own."""

    url: str
    title: str = ""
    folder: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Shared:
    """A feed that both sides have: its id on the server ("": that did not take it) and the folder
    that both last agreed on."""

    remote: str
    folder: str = ""


@dataclass(frozen=True, slots=True)
class RemoteEntry:
    """An entry on the server; `id` is the server's own, in its long form."""

    id: str
    url: str


@dataclass(frozen=True, slots=True)
class RemoteStates:
    """What the server knows: all ids, and those that are read and starred."""

    ids: frozenset[str]
    read: frozenset[str]
    starred: frozenset[str]


@dataclass(frozen=True, slots=True)
class Linked:
    """An entry of ours that the server has too, with its state here and the agreed one."""

    entry: int
    remote: str
    read: bool
    starred: bool
    base_read: bool
    base_starred: bool


class Server(Protocol):
    """A server's API. Raises FetchError."""

    @property
    def name(self) -> str:
        """Which server and user that is."""
        ...

    async def feeds(self) -> Sequence[RemoteFeed]:
        """All subscriptions."""
        ...

    async def subscribe(self, url: str, title: str, folder: str) -> str:
        """Subscribe there; the id of the feed."""
        ...

    async def unsubscribe(self, feed: str) -> None:
        """Give up the feed with this id."""
        ...

    async def move(self, feed: str, folder: str) -> None:
        """Put the feed with this id into a folder."""
        ...

    async def states(self) -> RemoteStates:
        """All ids with their states."""
        ...

    async def entries(self, ids: Iterable[str]) -> Sequence[RemoteEntry]:
        """What stands behind `ids`."""
        ...

    async def mark(
        self, ids: Sequence[str], *, read: bool | None = None, starred: bool | None = None
    ) -> None:
        """Set a state of `ids`."""
        ...


class ServerShelf(Protocol):
    """What the library keeps of a server. Each call is one transaction."""

    def subscriptions(self, server: str) -> Mapping[int, Shared]:
        """The feeds that were shared with `server` when both last agreed, by our number."""
        ...

    def agree_subscriptions(self, server: str, feeds: Mapping[int, Shared]) -> None:
        """Both sides have these now."""
        ...

    def linked(self) -> Sequence[Linked]:
        """Entries that both sides have."""
        ...

    def known_remote(self) -> frozenset[str]:
        """Remote ids that were asked about already, linked or not."""
        ...

    def link(self, entries: Iterable[RemoteEntry]) -> int:
        """Remember remote entries, and link them and earlier ones to ours by their address.

        A new link has no agreed state yet: ours at the time is taken as pending only where it
        was changed by the reader (read or starred). Returns how many are linked in all.
        """
        ...

    def agree(self, states: Iterable[tuple[int, bool, bool]]) -> None:
        """(entry, read, starred): both sides have this now; sets ours where it differs."""
        ...
