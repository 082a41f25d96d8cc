"""Half blocks: each cell is two pixels, one above the other."""

from rich.color import Color
from rich.segment import Segment
from rich.style import Style

from tui.ui.driver.depth import Depth
from tui.ui.images.decoding import decode

_UPPER = "▀"
# Without colours, from dark to light.
_SHADES = " ░▒▓█"
# Bytes that a cell takes on the line, at most, by depth.
_CELL_BYTES = {Depth.MONO: 3, Depth.SIXTEEN: 12, Depth.INDEXED: 24, Depth.TRUE: 40}
# Colours are rounded to this many steps: neighbours that look the same are then sent as one run.
_STEPS = {Depth.TRUE: 32, Depth.INDEXED: 16, Depth.SIXTEEN: 8}


def render(data: bytes, columns: int, rows: int, depth: Depth) -> list[list[Segment]]:
    """The picture in `data` as `rows` lines of segments, each `columns` cells wide. Raises
    BadPicture."""
    image = decode(data, columns, rows * 2)
    if depth is Depth.MONO:
        return _shades(bytes(image.convert("L").tobytes()), columns, rows)
    pixels = image.tobytes()
    step = 256 // _STEPS[depth]
    return [
        _line(pixels[y * columns * 6 :], pixels[(2 * y + 1) * columns * 3 :], columns, step)
        for y in range(rows)
    ]


def cost(columns: int, rows: int, depth: Depth) -> int:
    """Bytes that a picture of this size takes on the line, at most."""
    return columns * rows * _CELL_BYTES[depth]


def _line(upper: bytes, lower: bytes, columns: int, step: int) -> list[Segment]:
    line: list[Segment] = []
    last: tuple[int, ...] = ()
    count = 0
    for x in range(0, columns * 3, 3):
        both = tuple(value // step for value in (*upper[x : x + 3], *lower[x : x + 3]))
        if both != last and count:
            line.append(_segment(last, count, step))
            count = 0
        last, count = both, count + 1
    line.append(_segment(last, count, step))
    return line


def _segment(both: tuple[int, ...], count: int, step: int) -> Segment:
    front, back = (
        Color.from_rgb(*(min(255, value * step + step // 2) for value in part))
        for part in (both[:3], both[3:])
    )
    # One colour is a blank: shorter to send.
    if front == back:
        return Segment(" " * count, Style.from_color(None, back))
    return Segment(_UPPER * count, Style.from_color(front, back))


def _shades(grey: bytes, columns: int, rows: int) -> list[list[Segment]]:
    lines = []
    for y in range(rows):
        above, below = (grey[(2 * y + half) * columns :][:columns] for half in (0, 1))
        light = ((a + b) // 2 for a, b in zip(above, below, strict=True))
        lines.append([Segment("".join(_SHADES[value * len(_SHADES) // 256] for value in light))])
    return lines
