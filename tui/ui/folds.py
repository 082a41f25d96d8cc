"""How the rows of an edition stand on a screen: what is folded away, headings, lines of each."""

from collections.abc import Callable, Iterator
from datetime import datetime

from tui.domain.editions import Headline, Order
from tui.ui.render.headlines import RowState, group_of, is_one_line
from tui.ui.rows import Rows


class Folds:
    """Rows with their stories folded, but for those `unfolded`, and `grouped` under headings.

    `columns` is the width of the list, `now` the time that ages and days are counted from.
    """

    def __init__(self, rows: Rows, now: Callable[[], datetime]) -> None:
        self.rows, self._now = rows, now
        self.unfolded: set[int] = set()
        self.grouped = True
        self.columns = 0

    def hidden(self, row: int) -> bool:
        """True for a row that is folded behind the first of its story."""
        if self.rows.copies:
            copy = self.rows[row]
            return bool(copy and copy.id in self.rows.copies and copy.story not in self.unfolded)
        headline = self.rows[row]
        return bool(headline and self.inner(row) and headline.story not in self.unfolded)

    def inner(self, row: int) -> bool:
        """True for a further row of the story above it, in the order by story."""
        if self.rows.order is not Order.STORY or row <= 0:
            return False
        headline, above = self.rows[row], self.rows[row - 1]
        return bool(headline and above and headline.story and headline.story == above.story)

    def visible(self, row: int, step: int) -> Iterator[int]:
        """Rows from `row` on that are not folded away, downwards (`step` 1) or upwards (-1)."""
        while 0 <= row < self.rows.total:
            if not self.hidden(row):
                yield row
            row += step

    def walked(self, row: int, by: int) -> int:
        """The row `by` visible rows from `row`, or the last one on the way."""
        target = row
        for number, found in enumerate(self.visible(row, 1 if by > 0 else -1)):
            target = found
            if number == abs(by):
                break
        return target

    def group(self, row: int) -> str:
        """The group that `row` belongs to, or ""."""
        headline = self.rows[row]
        if not self.grouped or headline is None:
            return ""
        return group_of(headline, self.rows.order, self._now())

    def heading(self, row: int, *, top: bool = False) -> str:
        """The name of the group that begins with `row`, or ""; at the `top` it is said again."""
        name = self.group(row)
        return "" if not top and self.group(next(self.visible(row - 1, -1), -1)) == name else name

    def height(self, row: int) -> int:
        """Lines of `row` without its heading."""
        headline = self.rows[row]
        if headline is None:
            return 0
        return (1 if is_one_line(self.columns) else 2) + bool(headline.snippet)

    def lines_below(self, row: int, most: int) -> int:
        """Lines of `row` and of what stands below it, about `most` at most."""
        lines = self.height(row)
        for below in self.visible(row + 1, 1):
            if lines >= most:
                break
            lines += self.height(below) + bool(self.heading(below))
        return lines

    def first_above(self, row: int, room: int) -> int:
        """The first row of a screen with `room` lines above `row`, its heading among them."""
        top = row
        for above in self.visible(row - 1, -1):
            room -= self.height(above) + bool(self.heading(top))
            if room < bool(self.group(above)):  # it is said at the top
                break
            top = above
        return top

    def state(
        self, row: int, headline: Headline, *, here: bool, focused: bool, chosen: bool
    ) -> RowState:
        """What a row shows besides its headline."""
        together = headline.story not in self.unfolded
        inner = self.inner(row)
        first = self.rows.order is Order.STORY and headline.story and not inner
        return RowState(
            here=here,
            focused=focused,
            selected=chosen,
            folded=headline.story_size - 1 if first and together else 0,
            inner=inner,
            also=tuple(c.feed_title for c in self.rows.behind(headline.id)) if together else (),
            feed=not (self.grouped and self.rows.order is Order.FEED),
        )
