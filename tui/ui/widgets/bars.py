"""The line on top and the line at the bottom."""

from typing import TYPE_CHECKING, cast

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from tui.ui.render.cells import cell_len, fit
from tui.ui.render.lines import Run, line
from tui.ui.render.paint import paint
from tui.ui.widgets.prompt import Prompt

if TYPE_CHECKING:
    from tui.ui.app import Reader


class Bar(Widget):
    """One line of runs at the left and at the right; drawn again only when they change."""

    DEFAULT_CSS = """
    Bar { width: 1fr; height: 1; }
    """

    def __init__(self, name: str) -> None:
        super().__init__(id=name)
        self._left: tuple[Run, ...] = ()
        self._right: tuple[Run, ...] = ()

    def say(self, left: tuple[Run, ...], right: tuple[Run, ...] = ()) -> None:
        """Show these."""
        if (left, right) != (self._left, self._right):
            self._left, self._right = left, right
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """The line."""
        width = self.size.width
        return Strip(self._segments(width), width)

    def _segments(self, width: int) -> list[Segment]:
        theme = cast("Reader", self.app).look
        right_width = sum(cell_len(run.text) for run in self._right)
        if right_width > width * 2 // 3:
            right: tuple[Run, ...] = ()
            right_width = 0
        else:
            right = self._right
        room = width - right_width - (1 if right_width else 0)
        runs: list[Run] = []
        for run in self._left:
            text, used = fit(run.text, room)
            runs.append(Run(text, run.look, run.style))
            room -= used
        gap = Run(" " * max(0, width - right_width - sum(cell_len(r.text) for r in runs)))
        return paint(line([*runs, gap, *right]), theme, width)


class BottomBar(Bar):
    """The status line, or the prompt while something is being typed."""

    def __init__(self) -> None:
        super().__init__("bottom")
        self.prompt: Prompt | None = None

    def ask(self, prompt: Prompt | None) -> None:
        """Show `prompt` instead of the status, or the status again."""
        self.prompt = prompt
        self.refresh()

    def _segments(self, width: int) -> list[Segment]:
        if self.prompt is None:
            return super()._segments(width)
        theme = cast("Reader", self.app).look
        before, at, after, hint = self.prompt.shown(max(1, width - 1))
        cursor = theme.style("text") + Style(reverse=True)
        runs = [Run(self.prompt.label, "prompt"), Run(before)]
        segments = paint(line(runs), theme, sum(cell_len(r.text) for r in runs))
        segments.append(Segment(at, cursor))
        rest = width - sum(cell_len(s.text) for s in segments)
        return segments + paint(line([Run(after), Run(hint, "faint")]), theme, max(0, rest))
