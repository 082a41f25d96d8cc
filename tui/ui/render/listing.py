"""Rows of the lists that are short enough to be whole in memory: names, feeds, keys, choices."""

from typing import Any

from tui.domain.records import dataclass
from tui.ui.render.cells import cell_len, fit
from tui.ui.render.lines import Run
from tui.ui.render.wrap import wrap


@dataclass(frozen=True, slots=True)
class Row:
    """One row: what stands at the left, at the right, and what it means (`value`; None: no stop).

    `text` is what filters look at; `look` is that of a heading or of the whole row.
    """

    left: tuple[Run, ...] = ()
    right: tuple[Run, ...] = ()
    value: Any = None
    text: str = ""

    @property
    def stops(self) -> bool:
        """True if the cursor can stand here."""
        return self.value is not None


def heading(text: str, detail: str = "") -> Row:
    """A heading between rows."""
    return Row((Run(text, "group"),), (Run(detail, "faint"),) if detail else ())


def choice(text: str, detail: str, value: Any, look: str = "text") -> Row:
    """A row to choose."""
    return Row((Run(text, look),), (Run(detail, "faint"),), value, f"{text} {detail}")


def note(text: str, look: str = "faint") -> Row:
    """A line to read."""
    return Row((Run(text, look),))


def notes(text: str, width: int) -> list[Row]:
    """Lines to read, in `width` columns with the one that marks the cursor."""
    text = text[:1].upper() + text[1:]
    return [note(text[piece.start : piece.end]) for piece in wrap(text, max(1, width - 1))]


def row_runs(row: Row, width: int, *, here: bool, focused: bool) -> list[Run]:
    """The runs of `row` in `width` columns: the mark of the cursor, left, right."""
    mark = Run("▌", "cursor" if focused else "cursor-idle") if here else Run(" ")
    room = max(0, width - 1)
    right, right_width = _fit(row.right, max(0, room * 2 // 3))
    gap = 1 if right_width else 0
    left, left_width = _fit(row.left, max(0, room - right_width - gap))
    return [mark, *left, Run(" " * max(0, room - left_width - right_width)), *right]


def _fit(runs: tuple[Run, ...], width: int) -> tuple[list[Run], int]:
    made: list[Run] = []
    used = 0
    for run in runs:
        text, cells = fit(run.text, width - used)
        if text:
            made.append(Run(text, run.look, run.style))
        used += cells
        if text != run.text and cell_len(run.text) > cells:
            break
    return made, used


def matches(row: Row, words: str) -> bool:
    """True if the text of `row` holds every word of `words`, in any case."""
    text = row.text.casefold()
    return all(word in text for word in words.casefold().split())
