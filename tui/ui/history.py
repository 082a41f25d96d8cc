"""Where the reader came from: a stack of entries for going back and forth."""

from dataclasses import field

from tui.domain.records import dataclass

_MOST = 200


@dataclass(slots=True)
class History:
    """Visited entries; `at` is the one on screen."""

    entries: list[int] = field(default_factory=list)
    at: int = -1

    def visit(self, entry: int) -> None:
        """An entry was opened; what lay ahead of a step back is forgotten."""
        if self.at >= 0 and self.entries[self.at] == entry:
            return
        self.entries = [*self.entries[: self.at + 1], entry][-_MOST:]
        self.at = len(self.entries) - 1

    def step(self, by: int) -> int | None:
        """The entry one step back (-1) or forth (1), which is then the one on screen."""
        target = self.at + by
        if not 0 <= target < len(self.entries):
            return None
        self.at = target
        return self.entries[target]
