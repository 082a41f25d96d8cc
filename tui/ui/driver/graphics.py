"""What the terminal said of pictures.

    CSI c            primary device attributes; 4 among them is sixel (VT340)
    CSI ? 1 ; 1 ; 0 S    how many colour registers there are (xterm, XTSMGRAPHICS)
    CSI ? 2 ; 1 ; 0 S    how large a picture may be, in pixels
    CSI 16 t             how large a cell is, in pixels (xterm, XTWINOPS)

The first is asked by all at the start, the others only of terminals that have sixel.
"""

from collections.abc import Sequence

ASK = "\x1b[c"
_ASK_LIMITS = "\x1b[?1;1;0S\x1b[?2;1;0S"
_ASK_CELL = "\x1b[16t"
_SIXEL = 4
_MOST_COLOURS = 256
# A side in pixels that all terminals take; xterm's limit, where it is not told otherwise.
_SIDE = 1000


class Graphics:
    """`sixel` is None until the terminal said; `cell` is (width, height) in pixels, (0, 0) until
    known; `colours` and `largest` are what a picture may have.
    """

    def __init__(self) -> None:
        self.sixel: bool | None = None
        self.cell = (0, 0)
        self.colours = _MOST_COLOURS
        self.largest = (_SIDE, _SIDE)

    def hear(self, kind: str, numbers: Sequence[int]) -> str:
        """One answer, by the last letter of its sequence; what is to be asked next, or ""."""
        match kind, tuple(numbers):
            case "c", (*_, _) as attributes:
                self.sixel = _SIXEL in attributes[1:]
                if self.sixel:
                    return _ASK_LIMITS + ("" if self.cell[0] else _ASK_CELL)
            case "S", (1, 0, colours) if colours > 1:
                self.colours = min(_MOST_COLOURS, colours)
            case "S", (2, 0, width, height) if width > 0 and height > 0:
                self.largest = width, height
            case "t", (6, height, width) if width > 0 and height > 0:
                self.cell = width, height
        return ""

    def measured(self, width: int, height: int, columns: int, rows: int) -> None:
        """The window has so many pixels (0: not known) and cells; pixels of its border count too."""
        if width >= columns > 0 and height >= rows > 0:
            self.cell = width // columns, height // rows


_graphics = Graphics()


def graphics() -> Graphics:
    """What this process's terminal said."""
    return _graphics
