"""Choose from a list by typing a part of it: the palette, editions, links, orders."""

from collections.abc import Callable, Sequence
from typing import Any

from tui.ui.actions import PICK
from tui.ui.render.lines import Run
from tui.ui.render.listing import Row
from tui.ui.screens.base import ListScreen


class PickScreen(ListScreen):
    """Printable keys narrow the choice, Enter takes it, esc leaves."""

    types = True

    def __init__(
        self, title: str, choices: Sequence[Row], take: Callable[[Any], None], value: Any = None
    ) -> None:
        super().__init__(PICK, title)
        self._choices, self._take, self._value = list(choices), take, value
        self.typed = ""

    def rows(self) -> list[Row]:
        """The choices."""
        return self._choices

    def ready(self) -> None:
        """Begin at the value that is in force."""
        if self._value is not None:
            self.listing.choose(self._value)
        self._show_typed()

    def type(self, text: str) -> None:
        """Narrow the choice."""
        self._set(self.typed + text)

    def erase(self) -> None:
        """Take the last letter back."""
        self._set(self.typed[:-1])

    def _set(self, typed: str) -> None:
        self.typed = typed
        self.listing.filter(typed)
        self._show_typed()

    def _show_typed(self) -> None:
        words = (Run(f" {self.heading}  ", "masthead"), Run(self.typed, "prompt"))
        hint = () if self.typed else (Run("type to narrow", "masthead-faint"),)
        self.top_bar.say((*words, *hint))

    def chosen(self) -> None:
        """Leave, then take what was chosen."""
        value = self.listing.value
        if value is None:
            return
        reader, take = self.reader, self._take
        reader.pop_screen()
        take(value)
