"""The screens' way to the process that fetches."""

from collections.abc import AsyncIterator, Iterable
from typing import Protocol

from tui.domain.blocks import Source
from tui.domain.events import Event


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
