"""What all panes share: lines drawn by width, a thin rule at the right, the reader's theme."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

from rich.segment import Segment
from textual import events
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tui.ui.render.paint import blank

if TYPE_CHECKING:
    from tui.ui.app import Reader
    from tui.ui.themes import Theme


class Pane(Widget):
    """Lines of the height and width that the screen gives it.

    Textual's own scrolling is not used: a pane knows its top line, so only lines on screen exist.
    """

    DEFAULT_CSS = """
    Pane { width: 1fr; height: 1fr; }
    """

    def __init__(self, name: str, *, rule: bool = False) -> None:
        super().__init__(id=name)
        self.place, self.rule = name, rule

    @property
    def reader(self) -> "Reader":
        """The app."""
        return cast("Reader", self.app)

    @property
    def look(self) -> "Theme":
        """The theme in force."""
        return self.reader.look

    @property
    def columns(self) -> int:
        """Columns to draw on, without the rule."""
        return max(0, self.size.width - self.rule)

    @property
    def rows_here(self) -> int:
        """Lines to draw on."""
        return self.size.height

    @property
    def focused_here(self) -> bool:
        """True if keys go to this pane."""
        return self.reader.place == self.place

    def draw(self, y: int) -> list[Segment]:
        """The segments of line `y`, exactly `columns` wide."""
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        """One line, with the rule."""
        segments = self.draw(y) if y < self.rows_here else blank(self.look, self.columns)
        if self.rule and self.size.width:
            segments = [*segments, Segment("│", self.look.style("rule"))]
        return Strip(segments, self.size.width)

    def refresh_rows(self, rows: Iterable[int]) -> None:
        """Draw some lines again, the others stay as they are."""
        regions = [Region(0, y, self.size.width, 1) for y in rows if 0 <= y < self.size.height]
        if regions:
            self.refresh(*regions)

    # What `down`, `page-down`, `top` and so on ask of a pane.

    def move(self, by: int) -> None:
        """Move the cursor or the text by lines."""
        raise NotImplementedError

    def go(self, row: int | None) -> None:
        """Go to the row with this number from 1, to the first (1) or the last (None)."""
        raise NotImplementedError

    @property
    def page(self) -> int:
        """How far a page is, in the steps of `move`."""
        return max(1, self.rows_here - 1)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel moves three steps."""
        event.stop()
        self.move(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel moves three steps."""
        event.stop()
        self.move(-3)
