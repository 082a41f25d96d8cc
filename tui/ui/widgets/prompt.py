"""A line being typed: editing, history, completion. A model without a widget; the bar draws it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import field

from rich.cells import split_graphemes

from tui.domain.records import dataclass
from tui.domain.text import clean_line
from tui.ui.render.cells import cell_len, cut

Completer = Callable[[str], Iterable[str]]
_MOST_HISTORY = 200
# Characters of a line; what is pasted beyond them is left out.
_LONGEST = 2000


def _nothing(_text: str) -> None:
    return None


@dataclass(slots=True)
class Prompt:
    """What is typed after `label`. `submit` gets the line, `change` every state of it.

    `complete` gives whole lines that begin with what is typed; Tab steps through them.
    """

    label: str
    submit: Callable[[str], None]
    change: Callable[[str], None] = _nothing
    cancel: Callable[[str], None] = _nothing
    complete: Completer | None = None
    history: list[str] = field(default_factory=list)
    text: str = ""
    hint: str = ""
    cursor: int = -1
    _choices: Sequence[str] = ()
    _choice: int = -1
    _back: int = 0

    def __post_init__(self) -> None:
        if self.cursor < 0:
            self.cursor = len(self.text)

    def type(self, text: str) -> None:
        """Insert what was typed or pasted."""
        if len(text) > 1:
            text = clean_line(text[: 2 * _LONGEST])
        text = text[: max(0, _LONGEST - len(self.text))]
        self._set(self.text[: self.cursor] + text + self.text[self.cursor :], len(text))

    def _set(self, text: str, moved: int) -> None:
        self.text = text
        self.cursor = max(0, min(len(text), self.cursor + moved))
        self._choices, self._choice = (), -1
        self.change(self.text)

    def press(self, key: str) -> bool:
        """Handle an editing key; False if it is none."""
        edits: dict[str, Callable[[], None]] = {
            "backspace": self._backspace,
            "ctrl-h": self._backspace,
            "delete": self._delete,
            "ctrl-w": self._word,
            "ctrl-u": self._line,
            "left": lambda: self._move(self._before()),
            "right": lambda: self._move(self._after()),
            "home": lambda: self._move(0),
            "ctrl-a": lambda: self._move(0),
            "end": lambda: self._move(len(self.text)),
            "ctrl-e": lambda: self._move(len(self.text)),
            "up": lambda: self._recall(1),
            "down": lambda: self._recall(-1),
            "tab": lambda: self._complete(1),
            "shift-tab": lambda: self._complete(-1),
        }
        edit = edits.get(key)
        if edit is None:
            return False
        edit()
        return True

    def _before(self) -> int:
        spans, _ = split_graphemes(self.text[: self.cursor])
        return spans[-1][0] if spans else 0

    def _after(self) -> int:
        spans, _ = split_graphemes(self.text[self.cursor :])
        return self.cursor + spans[0][1] if spans else len(self.text)

    def _move(self, cursor: int) -> None:
        self.cursor = cursor

    def _backspace(self) -> None:
        begin = self._before()
        moved = begin - self.cursor
        self._set(self.text[:begin] + self.text[self.cursor :], moved)

    def _delete(self) -> None:
        self._set(self.text[: self.cursor] + self.text[self._after() :], 0)

    def _word(self) -> None:
        head = self.text[: self.cursor].rstrip()
        begin = head.rfind(" ") + 1
        self._set(self.text[:begin] + self.text[self.cursor :], begin - self.cursor)

    def _line(self) -> None:
        self._set(self.text[self.cursor :], -self.cursor)

    def _recall(self, step: int) -> None:
        back = self._back + step
        if 0 <= back <= len(self.history):
            self._back = back
            text = self.history[-back] if back else ""
            self.cursor = 0
            self._set(text, len(text))

    def _complete(self, step: int) -> None:
        if self.complete is None:
            return
        if not self._choices:
            self._choices = [c for c in self.complete(self.text) if c != self.text]
        if not self._choices:
            return
        choices, choice = self._choices, (self._choice + step) % len(self._choices)
        text = choices[choice]
        self.cursor = 0
        self._set(text, len(text))
        self._choices, self._choice = choices, choice

    def remember(self) -> None:
        """Put the line into the history, once."""
        if self.text.strip():
            if self.text in self.history:
                self.history.remove(self.text)
            self.history.append(self.text)
            del self.history[:-_MOST_HISTORY]

    def shown(self, width: int) -> tuple[str, str, str, str]:
        """(before the cursor, at it, after it, hint) so that the cursor is in `width` columns."""
        room = max(1, width - cell_len(self.label) - 2)
        before = self.text[: self.cursor][-8 * room :]
        while cell_len(before) > room:
            before = before[1:]
        rest = self.text[self.cursor :]
        at = rest[: self._after() - self.cursor] or " "
        hint = f"  {self.hint}" if self.hint else ""
        return before, at, cut(rest[len(at) :], room)[0], hint
