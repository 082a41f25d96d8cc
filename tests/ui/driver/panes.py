"""A reader in small: three panes, side by side or one at a time, for the driver's own tests."""

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets import Static

_TITLE = Style.parse("bold #d0d0d0 on #1a1a1a")
_AGE = Style.parse("dim #808890 on #1a1a1a")
_CURSOR = Style.parse("bold #101010 on #d8c890")
_NAME = Style.parse("underline #80b0e0 on #202020")
_LINK = Style.parse("#90c090 on #202020") + Style(link="https://example.org/a?b=c")
_TEXT = Style.parse("#c8c8c8 on #202020")


class Lines(ScrollView, can_focus=True):
    """Rows of text with a cursor that jumps half a page at the edge."""

    def __init__(self, rows: Sequence[str], kind: str) -> None:
        super().__init__(id=kind)
        self.rows, self.kind, self.cursor = rows, kind, 0
        self.virtual_size = Size(10, len(rows))

    def render_line(self, y: int) -> Strip:
        at = y + self.scroll_offset.y
        width = self.size.width
        if at >= len(self.rows):
            return Strip([Segment(" " * width, _TEXT)], width)
        text = self.rows[at]
        if self.kind == "list":
            mark = _CURSOR if at == self.cursor else _TITLE
            parts = [Segment(f"{at % 60:>3}m ", _CURSOR if at == self.cursor else _AGE)]
            parts.append(Segment(text, mark))
        else:
            mark = _TEXT
            head, _, tail = text.partition(" ")
            parts = [Segment(head, _NAME if at % 3 else _LINK), Segment(f" {tail}", _TEXT)]
        return Strip(parts).adjust_cell_length(width, mark)

    def move(self, step: int) -> None:
        """Move the cursor (list) or the text (others)."""
        if self.kind != "list":
            self.scroll_to(y=self.scroll_offset.y + step, animate=False, immediate=True)
            return
        self.cursor = max(0, min(len(self.rows) - 1, self.cursor + step))
        if not 0 <= self.cursor - self.scroll_offset.y < self.size.height:
            half = self.cursor - self.size.height // 2
            self.scroll_to(y=half, animate=False, immediate=True)
        self.refresh()


class Panes(App[None]):
    """`j k d u` move, `tab` goes to the next pane, `z` shows one pane alone, `p` a pop-up."""

    CSS = """
    Lines { width: 1fr; height: 1fr; background: #202020; scrollbar-size: 0 0; }
    #list { background: #1a1a1a; }
    #article { width: 2fr; border-left: solid #404040; }
    #names { border-left: solid #404040; }
    .alone Lines { display: none; border: none; }
    .alone Lines.shown { display: block; }
    #status { height: 1; background: #303030; }
    #popup { layer: over; width: 30; height: 5; offset: 6 3; background: #404060; display: none; }
    Screen { layers: base over; }
    Screen.pop #popup { display: block; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "move(1)"),
        Binding("k", "move(-1)"),
        Binding("d", "move(10)"),
        Binding("u", "move(-10)"),
        Binding("z", "alone"),
        Binding("p", "pop"),
        Binding("q", "quit"),
    ]
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, titles: Sequence[str], text: Sequence[str], **options: object) -> None:
        super().__init__(**options)  # type: ignore[arg-type]
        self.titles, self.lines = titles, text

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield Lines(self.titles, "list")
            yield Lines(self.lines, "article")
            yield Lines([line[:20] for line in self.lines], "names")
        yield Static(id="status", markup=False)
        yield Static("a pop-up over\nthe panes", id="popup", markup=False)

    def on_mount(self) -> None:
        self.query_one("#list").focus()

    def action_move(self, step: int) -> None:
        if isinstance(self.focused, Lines):
            self.focused.move(step)
            self.query_one("#status", Static).update(f"{self.focused.cursor}/{len(self.titles)}")

    def action_alone(self) -> None:
        for pane in self.query(Lines):
            pane.set_class(pane is self.focused, "shown")
        self.screen.toggle_class("alone")

    def action_pop(self) -> None:
        self.screen.toggle_class("pop")
