"""Plates: pictures that the driver draws itself, in cells that no text goes into (sixel).

Each cell of a plate is one character of a private plane that tells which part of which picture is to
be there. They travel through Textual like text, so panes crop them and pop-ups cover them, and the
driver finds in every frame what is to be seen of a picture and where.
"""

import re
from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

from tui.domain.records import dataclass

# The end of plane 15, above the icons that some fonts have there.
_FIRST, _END = 0xF8000, 0xFFFFD
LOST = chr(_END)
"""A cell with pixels of a plate that has been forgotten."""
RUN = re.compile("[\U000f8000-\U000ffffd]+")
"""Cells with pixels, or that are to have some, one after the other."""
_WAITING = "[picture]"


class Box(NamedTuple):
    """A part of a plate, in cells; `right` and `bottom` are outside."""

    left: int
    top: int
    right: int
    bottom: int


Engrave = Callable[[Box, bool], str]


@dataclass(frozen=True, slots=True)
class Plate:
    """A picture of `columns` x `rows` cells, the first of which is the character `first`.

    `engrave` makes the sixel sequence of a part of it and is told whether the picture goes on below
    that part; it is called in a thread. `cost` is about how many bytes that takes for a cell.
    """

    first: int
    columns: int
    rows: int
    engrave: Engrave
    cost: float

    @property
    def end(self) -> int:
        """The character after the last one."""
        return self.first + self.columns * self.rows

    def cells(self) -> list[str]:
        """The text of the rows."""
        starts = range(self.first, self.end + 1, self.columns)
        return ["".join(map(chr, range(start, end))) for start, end in pairwise(starts)]

    def cell(self, x: int, y: int) -> str:
        """The character of one cell."""
        return chr(self.first + y * self.columns + x)

    def waiting(self, cell: str) -> str:
        """What is shown in `cell` until the picture is: a word in the middle."""
        y, x = divmod(ord(cell) - self.first, self.columns)
        at = x - (self.columns - len(_WAITING)) // 2
        return _WAITING[at] if y == self.rows // 2 and 0 <= at < len(_WAITING) else " "


class Patch(NamedTuple):
    """A part of a plate and the place on the screen, in cells, where its corner belongs."""

    plate: Plate
    box: Box
    x: int
    y: int


class Rack:
    """The plates of a terminal. When no characters are left it is emptied; `turn` counts that, and
    whoever keeps plates forgets them then."""

    def __init__(self) -> None:
        self.turn = 0
        self._plates: tuple[Plate, ...] = ()

    @property
    def empty(self) -> bool:
        """True until there is a plate."""
        return not self._plates

    def add(self, columns: int, rows: int, engrave: Engrave, *, cost: float = 1.0) -> Plate:
        """A new plate. Raises ValueError if it is larger than any screen."""
        first = self._plates[-1].end if self._plates else _FIRST
        if first + columns * rows > _END:
            first = _FIRST
            if columns * rows > _END - _FIRST:
                raise ValueError(f"a picture of {columns}x{rows} cells")
            self.turn += 1
            self._plates = ()
        plate = Plate(first, columns, rows, engrave, cost)
        self._plates = (*self._plates, plate)
        return plate

    def find(self, cell: str) -> Plate | None:
        """The plate that `cell` is a part of."""
        number = ord(cell)
        return next((plate for plate in self._plates if plate.first <= number < plate.end), None)


_rack = Rack()


def rack() -> Rack:
    """The rack of this process's terminal."""
    return _rack
