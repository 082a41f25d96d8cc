"""A terminal emulator for tests: pyte, with what it lacks and we send (SU, SD, sixel)."""

import re
from typing import Any

import pyte
from pyte.screens import Char
from wcwidth import wcwidth

from tests import sixels

# OSC strings, and private CSI that pyte would print.
_PASSED_OVER = re.compile(
    r"\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b\[[<>=][\d;]*[a-z]|\x1b\[\?\d+\$p"
)
# A sequence whose end is still to come.
_BEGUN = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|[\]P][^\x07\x1b]*\x1b?)?\Z")
_DCS = re.compile(r"\x1bP([^\x1b]*)\x1b\\")
PIXELS = "\ufffc"
"""What a cell holds that a picture lies over; its foreground is the picture's colours there."""
CELL = (4, 9)
"""Width and height of a cell in pixels."""


class Screen(pyte.Screen):
    """pyte's screen, which scrolls its region by SU and SD."""

    def report_device_status(self, mode: int, **_: bool) -> None:
        """Left to who holds the pty."""

    # With more parameters they are other commands, or the halves of two sequences: a terminal
    # throws away what it has not shown when ctrl-c is typed, in the middle of one too.
    def scroll_up(self, count: int = 1, *others: int, **_: Any) -> None:
        if not others:
            self._roll(count or 1, self.delete_lines)

    def scroll_down(self, count: int = 1, *others: int, **_: Any) -> None:
        if not others:
            self._roll(count or 1, self.insert_lines)

    def lay(self, picture: str) -> None:
        """A sixel picture at the cursor. Text that is written later takes its place cell by cell."""
        width, height, pixels = sixels.decode(picture)
        assert max(x for x, _ in pixels) < width
        assert max(y for _, y in pixels) < height
        colours: dict[tuple[int, int], set[str]] = {}
        for (x, y), colour in pixels.items():
            colours.setdefault((x // CELL[0], y // CELL[1]), set()).add(colour)
        for (column, row), shown in colours.items():
            # A picture that ends in the last row makes terminals scroll.
            assert self.cursor.y + row < self.lines - 1
            assert self.cursor.x + column < self.columns
            line = self.buffer[self.cursor.y + row]
            line[self.cursor.x + column] = Char(PIXELS, fg=" ".join(sorted(shown)))
        self.cursor.x = self.cursor.y = 0

    # xterm would show a picture again that is erased only.
    def erase_characters(self, count: int | None = None) -> None:
        self._has_no_pixels(self.cursor.x, self.cursor.x + (count or 1))
        super().erase_characters(count)

    def erase_in_line(self, how: int = 0, private: bool = False) -> None:
        self._has_no_pixels(0 if how else self.cursor.x, self.columns)
        super().erase_in_line(how, private)

    def _has_no_pixels(self, start: int, end: int) -> None:
        line = self.buffer[self.cursor.y]
        assert all(line[x].data != PIXELS for x in range(start, min(end, self.columns)))

    def _roll(self, count: int, roll: Any) -> None:
        # What becomes of pixels then differs from terminal to terminal.
        assert not any(PIXELS in row for row in self.display)
        place = self.cursor.x, self.cursor.y
        self.cursor.y = self.margins.top if self.margins else 0
        roll(count)
        self.cursor.x, self.cursor.y = place


class Stream(pyte.Stream):
    """pyte's stream, which knows SU and SD."""

    csi: dict[str, str] = {**pyte.Stream.csi, "S": "scroll_up", "T": "scroll_down"}  # noqa: RUF012 - as in pyte
    events = pyte.Stream.events | {"scroll_up", "scroll_down"}


class Emulator:
    """Shows what was written."""

    def __init__(self, columns: int, rows: int) -> None:
        self.screen = Screen(columns, rows)
        self.stream = Stream(self.screen)
        self._begun = ""

    def feed(self, data: str) -> None:
        """Write `data` to the terminal."""
        data = self._begun + data
        begun = _BEGUN.search(data)
        self._begun = begun.group() if begun else ""
        data = data[: begun.start()] if begun else data
        for at, piece in enumerate(_DCS.split(data)):
            if at % 2:
                self.screen.lay(piece)
            else:
                self.stream.feed(_PASSED_OVER.sub("", piece))

    def cells(self) -> list[list[tuple[Any, ...]]]:
        """All cells, as they look: of a blank only what can be seen of it."""
        screen = self.screen
        return [
            _whole([_seen(screen.buffer[y][x]) for x in range(screen.columns)])
            for y in range(screen.lines)
        ]

    def text(self) -> str:
        """The screen's text."""
        return "\n".join(self.screen.display)


def _seen(cell: Any) -> tuple[Any, ...]:
    text, front, back, bold, italic, under, strike, reverse, blink = cell[:9]
    if text == " " and not (under or strike or reverse):
        return (" ", back)
    return (text, front, back, bold, italic, under, strike, reverse, blink)


def _whole(row: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Half a wide character is blank on every terminal; pyte keeps it."""
    for x, cell in enumerate(row):
        wide_before = x > 0 and wcwidth(row[x - 1][0][:1]) == 2
        half = (
            (x + 1 == len(row) or row[x + 1][0] != "")
            if wcwidth(cell[0][:1]) == 2
            else cell[0] == "" and not wide_before
        )
        if half:
            row[x] = (" ", cell[2])
    return row
