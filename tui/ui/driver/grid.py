"""A screen of cells, and how Textual's frames are read into it.

A frame is a string that begins with a cursor move; in it are cursor moves, SGR, OSC 8 links, text
and line ends, and nothing else is obeyed. Rows are kept as two strings of equal length: a
character a cell, and a look a cell (`chr` of its number). A run that was read before is found in a
dictionary, so that a frame costs a few look-ups a line and no object a cell.
"""

import re

from tui.ui.driver import cells, looks
from tui.ui.driver.looks import PLAIN, Looks

_MOVE = re.compile(r"\x1b\[(\d+);(\d+)H")
_STEP = re.compile(
    r"\x1b\[(?P<sgr>[\d;]*)m|\x1b\]8;[^;\x1b\x07]*;(?P<link>[^\x00-\x1f\x7f-\x9f]*)(?:\x1b\\|\x07)"
)
_MOST_RUNS = 8192
# A cell that is on no screen: a row of them differs from every wanted row.
UNKNOWN = "\1"


def is_frame(data: str) -> bool:
    """True if `data` is a frame of Textual's compositor."""
    return _MOVE.match(data) is not None


class Grid:
    """`rows` rows of `columns` cells."""

    def __init__(self, columns: int, rows: int, fill: str = " ") -> None:
        self.columns, self.rows = columns, rows
        self.text = [fill * columns] * rows
        self.looks = ["\0" * columns] * rows

    def put(self, y: int, x: int, text: str, look: str) -> None:
        """Write cells at column `x` of row `y`; what is outside is cut off."""
        if not (0 <= y < self.rows and 0 <= x < self.columns):
            return
        if len(text) == self.columns and not x:
            self.text[y], self.looks[y] = text, look
            return
        room = self.columns - x
        if len(text) > room:
            cut = text[room] == cells.TAIL
            text, look = text[:room], look[:room]
            if cut:
                text = text[:-1] + " "
        end = x + len(text)
        row, shades = self.text[y], self.looks[y]
        before, after = row[:x], row[end:]
        # Half a wide character is no character.
        if row[x] == cells.TAIL:
            before = before[:-1] + " "
        if after.startswith(cells.TAIL):
            after = " " + after[1:]
        self.text[y] = before + text + after
        self.looks[y] = shades[:x] + look + shades[end:]


class Reader:
    """Reads frames into a grid. Remembers the runs it has read."""

    def __init__(self, known: Looks) -> None:
        self.known = known
        self._runs: dict[str, tuple[str, str]] = {}
        self.cursor = (0, 0)

    def forget(self) -> None:
        """Looks have new numbers."""
        self._runs.clear()

    def read(self, frame: str, grid: Grid) -> None:
        """Apply `frame` to `grid`; `cursor` is then (column, row) of its last move."""
        pieces = _MOVE.split(frame)
        runs = self._runs
        y = x = 0
        for at in range(1, len(pieces), 3):
            y, x = int(pieces[at]) - 1, int(pieces[at + 1]) - 1
            run = pieces[at + 2]
            if not run or run == "\n":
                continue
            found = runs.get(run)
            if found is None:
                if len(runs) >= _MOST_RUNS:
                    runs.clear()
                found = runs[run] = self._run(run)
            grid.put(y, x, *found)
        self.cursor = (x, y)

    def _run(self, run: str) -> tuple[str, str]:
        look, at = PLAIN, 0
        text: list[str] = []
        shades: list[str] = []
        run = run.rstrip("\n")
        for step in _STEP.finditer(run):
            self._add(run[at : step.start()], look, text, shades)
            at = step.end()
            if step["link"] is None:
                look = looks.apply(look, step["sgr"])
            else:
                look = look._replace(link=step["link"])
        self._add(run[at:], look, text, shades)
        return "".join(text), "".join(shades)

    def _add(self, piece: str, look: looks.Look, text: list[str], shades: list[str]) -> None:
        if not piece:
            return
        marks, new = cells.of(piece)
        if marks and text and text[-1]:
            before = text[-1]
            tail = cells.TAIL if before.endswith(cells.TAIL) else ""
            head = before[: -1 - len(tail)]
            base = before[len(head)]
            text[-1] = head + cells.cluster(cells.spell(base) + marks) + tail
        if new:
            text.append(new)
            shades.append(chr(self.known.number(look)) * len(new))
