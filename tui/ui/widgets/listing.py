"""A list that is whole in memory, with a cursor, headings that it skips, and a filter."""

from collections.abc import Sequence
from typing import Any

from rich.segment import Segment
from textual import events

from tui.ui.render.lines import Line
from tui.ui.render.listing import Row, matches, row_runs
from tui.ui.render.paint import blank, paint
from tui.ui.widgets.pane import Pane


class Listing(Pane):
    """Rows with a cursor. `all_rows` are filtered by `words` into `rows`."""

    def __init__(self, name: str, *, rule: bool = False) -> None:
        super().__init__(name, rule=rule)
        self.all_rows: list[Row] = []
        self.rows: list[Row] = []
        self.words = ""
        self.cursor = self.top = 0

    @property
    def value(self) -> Any:
        """What the row under the cursor means, or None."""
        return self.rows[self.cursor].value if self.cursor < len(self.rows) else None

    def set_rows(self, rows: Sequence[Row], *, keep: bool = True) -> None:
        """Show `rows`; `keep` stays on the row with an equal value."""
        before = self.value if keep else None
        self.all_rows = list(rows)
        self._filter()
        self._place(before)

    def filter(self, words: str) -> None:
        """Show only rows that hold `words`."""
        before = self.value
        self.words = words
        self._filter()
        self._place(before)

    def _filter(self) -> None:
        if not self.words.strip():
            self.rows = self.all_rows
            return
        self.rows = [row for row in self.all_rows if row.stops and matches(row, self.words)]

    def _place(self, value: Any) -> None:
        found = next((n for n, r in enumerate(self.rows) if r.stops and r.value == value), None)
        first = next((n for n, row in enumerate(self.rows) if row.stops), 0)
        self.cursor = first if found is None or value is None else found
        self._scroll()
        self.refresh()

    def choose(self, value: Any) -> None:
        """Put the cursor on the row that means `value`."""
        self._place(value)

    def draw(self, y: int) -> list[Segment]:
        """One row."""
        number = self.top + y
        if number >= len(self.rows):
            return blank(self.look, self.columns)
        row = self.rows[number]
        here = number == self.cursor and row.stops
        runs = row_runs(row, self.columns, here=here, focused=self.focused_here)
        return paint(Line(tuple(runs)), self.look, self.columns)

    def move(self, by: int) -> None:
        """Move by rows that stop; a list without any scrolls."""
        if not any(row.stops for row in self.rows):
            self._scroll_by(by)
            return
        step = 1 if by > 0 else -1
        target, left, number = self.cursor, abs(by), self.cursor
        while left and 0 <= number + step < len(self.rows):
            number += step
            if self.rows[number].stops:
                target, left = number, left - 1
        if target == self.cursor:
            self._scroll_by(by)
        self.set_cursor(target)

    def go(self, row: int | None) -> None:
        """To the first, last or numbered row that stops."""
        stops = [n for n, r in enumerate(self.rows) if r.stops]
        if stops:
            self.set_cursor(stops[-1] if row is None else stops[min(row, len(stops)) - 1])
        elif row is None:
            self._scroll_by(len(self.rows))
        else:
            self._scroll_by(-len(self.rows))

    def _scroll_by(self, by: int) -> None:
        top = max(0, min(self.top + by, len(self.rows) - self.rows_here))
        if top != self.top:
            self.top = top
            self.refresh()

    def set_cursor(self, number: int) -> None:
        """Put the cursor on a row and show it; at an edge move by half a page."""
        before, top = self.cursor, self.top
        self.cursor = number
        self._scroll()
        if top != self.top:
            self.refresh()
        else:
            self.refresh_rows([before - top, number - top])
        self.reader.show_status()

    def _scroll(self) -> None:
        height = self.rows_here
        if not height:
            return  # not laid out yet; `on_resize` comes
        if not self.top <= self.cursor < self.top + height:
            self.top = max(0, self.cursor - height // 2)
        elif self.cursor < height and not any(r.stops for r in self.rows[: self.cursor]):
            self.top = 0  # the headings above the first row stay in view
        self.top = max(0, min(self.top, len(self.rows) - height))

    def on_resize(self, _event: events.Resize) -> None:
        """The cursor stays in view."""
        self._scroll()
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """A click goes to a row; on the row where we are it chooses."""
        event.stop()
        number = self.top + event.y
        if number < len(self.rows) and self.rows[number].stops:
            again = number == self.cursor
            self.reader.focus_pane(self.place)
            self.set_cursor(number)
            if again:
                self.reader.perform("choose")
