"""A list said a screenful at a time, in the linear mode."""

from collections.abc import Iterator
from itertools import islice

from tui.domain.editions import Edition, Headline
from tui.domain.ports import Library
from tui.ui.rows import Rows


class Screenfuls:
    """An edition in screenfuls of `size` headlines. `start` is the first row of the one shown,
    `following` the first of the next.

    What was read since the list was made stays on it, so that they follow each other whatever is
    read between; a story that several feeds tell stands once.
    """

    def __init__(self, library: Library, edition: Edition, size: int) -> None:
        self.rows, self.size = Rows(library, edition), size
        self.start = self.following = 0

    def take(self, start: int) -> list[Headline]:
        """The screenful from row `start` on; the last one where that is behind the end."""
        rows = self.rows
        self.start = start if start < rows.total else max(0, rows.total - self.size)
        found = list(islice(self._told(self.start), self.size))
        self.following = found[-1][0] + 1 if found else self.start
        return [headline for _row, headline in found]

    def _told(self, start: int) -> Iterator[tuple[int, Headline]]:
        for row in range(start, self.rows.total):
            headline = self.rows[row]
            if headline is not None and headline.id not in self.rows.copies:
                yield row, headline

    def renew(self) -> int:
        """Make the list anew, without what it does not ask for any more; returns the row from
        which it shows what it showed."""
        shown = [self.rows[row] for row in range(self.start, self.following)]
        self.rows = Rows(self.rows.library, self.rows.edition)
        rows = (self.rows.row_of(headline.id) for headline in shown if headline)
        return next((row for row in rows if row is not None), self.start)

    def also(self, headline: Headline) -> tuple[str, ...]:
        """The other feeds that tell the story of `headline`."""
        return tuple(copy.feed_title for copy in self.rows.behind(headline.id))
