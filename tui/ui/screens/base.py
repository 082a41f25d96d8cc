"""What all screens share: a line on top, a body, a line at the bottom, one place that keys go to."""

from typing import TYPE_CHECKING, cast

from textual.app import ComposeResult
from textual.screen import Screen

from tui.ui.render.lines import Run
from tui.ui.render.listing import Row
from tui.ui.widgets.bars import Bar, BottomBar
from tui.ui.widgets.listing import Listing
from tui.ui.widgets.pane import Pane

if TYPE_CHECKING:
    from tui.ui.app import Reader


class BaseScreen(Screen[None]):
    """A screen of Broadsheet. `place` names where keys go; `pane` is the widget that moves."""

    AUTO_FOCUS = ""
    place: str
    types = False  # letters go to `type` instead of being keys

    def __init__(self) -> None:
        super().__init__()
        self.top_bar = Bar("top")
        self.bottom = BottomBar()

    @property
    def reader(self) -> "Reader":
        """The app."""
        return cast("Reader", self.app)

    @property
    def pane(self) -> Pane:
        """The widget that has the keys."""
        raise NotImplementedError

    def type(self, text: str) -> None:
        """Take typed text, where `types` is set."""

    def status(self) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
        """What the bottom line says at the left when nothing else does, and at the right."""
        return (), ()

    def redraw(self) -> None:
        """Draw everything again, after a change of theme or size."""
        for widget in self.query("*"):
            widget.refresh()


class ListScreen(BaseScreen):
    """A title and one list. Enter chooses, esc and q leave."""

    def __init__(self, place: str, title: str) -> None:
        super().__init__()
        self.place, self.heading = place, title
        self.listing = Listing(place)

    def compose(self) -> ComposeResult:
        """Title, list, bottom line."""
        yield self.top_bar
        yield self.listing
        yield self.bottom

    @property
    def pane(self) -> Pane:
        """The list."""
        return self.listing

    def on_mount(self) -> None:
        """Fill the list."""
        self.set_title(self.heading)
        self.fill()
        self.ready()
        self.reader.show_status()

    def ready(self) -> None:
        """The list is filled for the first time."""

    def set_title(self, title: str, detail: str = "") -> None:
        """Say what this is on the top line."""
        self.heading = title
        right = (Run(f"{detail} ", "masthead-faint"),) if detail else ()
        self.top_bar.say((Run(f" {title}", "masthead"),), right)

    def fill(self) -> None:
        """Ask for the rows again."""
        self.listing.set_rows(self.rows())

    def rows(self) -> list[Row]:
        """The rows to show."""
        return []

    def chosen(self) -> None:
        """Enter was pressed on `listing.value`."""
