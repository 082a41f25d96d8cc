"""How the feeds of a round do, written down: at once, or, where nothing changed, many together.

A transaction for each unchanged feed would be a tenth of the work of a round that brings nothing;
what a killed round did not write costs one more request to each of those feeds.
"""

from tui.domain.feeds import Feed
from tui.domain.ports import Store
from tui.sync.schedule import NotModified, Outcome

_TOGETHER = 50


class Ledger:
    """Writes schedules into the library; `close` writes what is left."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._unchanged: list[Feed] = []

    def write(self, feed: Feed, outcome: Outcome) -> None:
        """Write down `feed` as it is after `outcome`. Raises LibraryError."""
        if not isinstance(outcome, NotModified):
            self._store.save_schedule(feed)
            return
        self._unchanged.append(feed)
        if len(self._unchanged) >= _TOGETHER:
            self.close()

    def close(self) -> None:
        """Write what was held back. Raises LibraryError."""
        held, self._unchanged = self._unchanged, []
        if held:
            self._store.save_schedule(*held)
