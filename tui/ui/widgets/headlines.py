"""The headline list: a window of rows around the cursor, two lines a row where it is narrow."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import NamedTuple

from rich.segment import Segment
from textual import events

from tui.domain.editions import Headline
from tui.ui.folds import Folds
from tui.ui.render.headlines import group_line, row_lines, snippet_line
from tui.ui.render.lines import Line
from tui.ui.render.paint import blank, paint
from tui.ui.rows import PAGE, Asked, Rows
from tui.ui.widgets.pane import Pane


class _Shown(NamedTuple):
    """A line on screen: part `part` of `row` (-1: the heading above it)."""

    row: int
    part: int


class HeadlineList(Pane):
    """Rows of an edition. `cursor` and `top` are row numbers; `selected` holds entry ids."""

    def __init__(self, rows: Rows) -> None:
        super().__init__("list", rule=True)
        self.folds = Folds(rows, self._now)
        self.cursor = self.top = 0
        self.selected: set[int] = set()
        self.empty_text = "Nothing here."
        self._ahead: set[int] = set()
        self._shown: list[_Shown] | None = None
        self._shown_for = (0, 0)

    def _now(self) -> datetime:
        return self.reader.now()

    @property
    def rows(self) -> Rows:
        """The rows of the edition."""
        return self.folds.rows

    @property
    def current(self) -> Headline | None:
        """The headline under the cursor."""
        return self.rows[self.cursor]

    # Rows and lines

    def shown(self) -> list[_Shown]:
        """The lines on screen."""
        size = (self.columns, self.rows_here)
        if self._shown is None or size != self._shown_for:
            self._shown, self._shown_for = [], size
            self.folds.columns = self.columns
            for row in self.folds.visible(self.top, 1):
                if len(self._shown) >= self.rows_here:
                    break
                if self.folds.heading(row, top=row == self.top):
                    self._shown.append(_Shown(row, -1))
                self._shown += [_Shown(row, part) for part in range(self.folds.height(row))]
        return self._shown

    def draw(self, y: int) -> list[Segment]:
        """One line of a row, or of a heading."""
        shown = self.shown()
        if y >= len(shown):
            return self._draw_empty(y)
        row, part = shown[y]
        if part < 0:
            return paint(group_line(self.folds.group(row)), self.look, self.columns)
        return paint(self._lines(row)[part], self.look, self.columns)

    def _draw_empty(self, y: int) -> list[Segment]:
        if self.rows.total or y != 1:
            return blank(self.look, self.columns)
        from tui.ui.render.paint import row

        return row([("  ", "text"), (self.empty_text, "faint")], self.look, self.columns)

    def _lines(self, row: int) -> list[Line]:
        headline = self.rows[row]
        if headline is None:
            return [Line(), Line(), Line()]
        state = self.folds.state(
            row,
            headline,
            here=row == self.cursor,
            focused=self.focused_here,
            chosen=headline.id in self.selected,
        )
        lines = row_lines(headline, state, self.columns, self.reader.now())
        return [*lines, snippet_line(headline, self.columns)] if headline.snippet else lines

    # Moving

    @property
    def page(self) -> int:
        """Rows of a screen."""
        return max(1, len({shown.row for shown in self.shown()}) - 1)

    def move(self, by: int) -> None:
        """Move the cursor by rows that are not folded away."""
        self.when_here(
            self.cursor + by, lambda: self.set_cursor(self.folds.walked(self.cursor, by))
        )

    def go(self, row: int | None) -> None:
        """To a row by its number."""
        last = max(0, self.rows.total - 1)
        target = last if row is None else min(row - 1, last)
        self.when_here(
            target, lambda: self.set_cursor(next(self.folds.visible(target, -1), 0)), between=False
        )

    def when_here(self, row: int, then: Callable[[], None], *, between: bool = True) -> None:
        """`then`, when the rows around `row` (and `between` here and there) are in memory.

        They are asked for in a thread, and keys wait: what stands at the far end of a long list
        takes the library longer than a frame.
        """
        near, far = sorted((self.cursor, row)) if between else (row, row)
        rows = self.rows
        missing = rows.missing(near - self.rows_here, far + self.rows_here)
        if not missing:
            then()
            return

        def arrived(pages: list[Asked]) -> None:
            for page, asked in zip(missing, pages, strict=True):
                rows.put(page, asked)
            if self.rows is rows:
                then()

        self.reader.read_first(lambda: [rows.ask(page) for page in missing], arrived)

    def _look_ahead(self) -> None:
        """Ask for the next page before the cursor comes to it."""
        rows = self.rows
        for page in rows.missing(self.cursor - PAGE // 2, self.cursor + PAGE // 2):
            if page in self._ahead:
                continue
            self._ahead.add(page)
            self.reader.read(partial(rows.ask, page), partial(self._came, rows, page))

    def _came(self, rows: Rows, page: int, asked: Asked) -> None:
        self._ahead.discard(page)
        rows.put(page, asked)

    def set_cursor(self, row: int) -> None:
        """Put the cursor on `row`; at an edge the list moves by half a page, not line by line."""
        row = max(0, min(row, self.rows.total - 1))
        if row == self.cursor:
            return
        before = self.cursor
        self.cursor = row
        if self._in_view(row):
            self.refresh_row(before)
            self.refresh_row(row)
        else:
            self._scroll_to_cursor()
        self._look_ahead()

    def _in_view(self, row: int) -> bool:
        wanted = self.folds.height(row)
        return sum(1 for s in self.shown() if s.row == row and s.part >= 0) >= min(
            wanted, self.rows_here
        ) and self._whole(row)

    def _whole(self, row: int) -> bool:
        lines = [y for y, s in enumerate(self.shown()) if s.row == row]
        return bool(lines) and lines[-1] < self.rows_here

    def _scroll_to_cursor(self) -> None:
        """The row comes to the upper fifth on the way down, to the lower on the way up: then most
        of a page can be walked before the list moves again. The last row stays at the bottom.
        """
        self.folds.columns = self.columns
        above = self.rows_here * (1 if self.cursor > self.top else 4) // 5
        below = self.folds.lines_below(self.cursor, self.rows_here)
        self.set_top(self.folds.first_above(self.cursor, max(above, self.rows_here - below)))

    def set_top(self, row: int) -> None:
        """Show the list from `row` on."""
        self.top = max(0, row)
        self.redraw()

    def refresh_row(self, row: int) -> None:
        """Draw the lines of one row again."""
        self.refresh_rows([y for y, s in enumerate(self.shown()) if s.row == row])

    def refresh_entry(self, entry: int) -> None:
        """Draw the row of `entry` again if it is on screen."""
        row = self.rows.loaded(entry)
        if row is not None:
            self.refresh_row(row)

    def redraw(self) -> None:
        """Lay the screen out anew."""
        self._shown = None
        self.refresh()

    # The edition

    def show(self, rows: Rows) -> None:
        """Show other rows from the beginning."""
        self.folds.rows = rows
        self.cursor = self.top = 0
        self.selected.clear()
        self.redraw()

    def take(self, rows: Rows, top: int | None, cursor: int | None) -> int:
        """Go on with renewed rows. `top` and `cursor` are where the entries at the top and under
        the cursor are now; both stay where they are on screen. Returns how many came in above.
        """
        offset = self.cursor - self.top
        arrived = max(0, top - self.top) if top is not None else 0
        self.folds.rows = rows
        self.top = min(self.top, max(0, rows.total - 1)) if top is None else top
        self.cursor = self.top + offset if cursor is None else cursor
        self.cursor = max(0, min(self.cursor, rows.total - 1))
        self.redraw()
        if rows.total and self.size.height and not self._in_view(self.cursor):
            self._scroll_to_cursor()
        return arrived

    def on_resize(self, _event: events.Resize) -> None:
        """The cursor stays in view."""
        self.redraw()
        if self.size.height and self.rows.total and not self._in_view(self.cursor):
            self._scroll_to_cursor()

    def on_click(self, event: events.Click) -> None:
        """A click goes to a row; on the row where we are it opens."""
        event.stop()
        shown = self.shown()
        if event.y >= len(shown):
            return
        row = shown[event.y].row
        again = row == self.cursor
        self.reader.focus_pane("list")
        self.set_cursor(row)
        if again:
            self.reader.perform("open")
