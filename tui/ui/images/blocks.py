"""Half blocks: each cell is two pixels, one above the other."""

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, TypeVar

from rich.color import Color
from rich.segment import Segment
from rich.style import Style

from tui.ui.driver.depth import Depth
from tui.ui.images.decoding import decode

if TYPE_CHECKING:
    from PIL.Image import Image

Pixel = TypeVar("Pixel")

_UPPER = "▀"
# Without colours, from dark to light: a quarter more of the cell each.
_SHADES = " ░▒▓█"
_LEVELS = (0, 64, 128, 191, 255)
# At a few cells a face, colours mixed to the full hide more than they show.
_CALM = 0.6
# xterm's sixteen; others are near enough.
_SIXTEEN = (
    (0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0),
    (0, 0, 238), (205, 0, 205), (0, 205, 205), (229, 229, 229),
    (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0),
    (92, 92, 255), (255, 0, 255), (0, 255, 255), (255, 255, 255),
)  # fmt: skip
# Bytes that a cell takes on the line, at most, by depth.
_CELL_BYTES = {Depth.MONO: 3, Depth.SIXTEEN: 12, Depth.INDEXED: 24, Depth.TRUE: 40}
# Colours are rounded to this many steps: neighbours that look the same are then sent as one run.
_STEPS = {Depth.TRUE: 32, Depth.INDEXED: 16}


def render(data: bytes, columns: int, rows: int, depth: Depth) -> list[list[Segment]]:
    """The picture in `data` as `rows` lines of segments, each `columns` cells wide. Raises
    BadPicture."""
    if depth is Depth.MONO:
        return _shades(decode(data, columns, rows), columns)
    image = decode(data, columns, rows * 2)
    if depth is Depth.SIXTEEN:
        numbers = list(_dithered(image, _SIXTEEN, _CALM).tobytes())
        return _lines(numbers, columns, Color.from_ansi)
    step = 256 // _STEPS[depth]
    pixels = bytes(value // step * step + step // 2 for value in image.tobytes())
    return _lines(
        list(zip(*[iter(pixels)] * 3, strict=True)), columns, lambda rgb: Color.from_rgb(*rgb)
    )


def cost(columns: int, rows: int, depth: Depth) -> int:
    """Bytes that a picture of this size takes on the line, at most."""
    return columns * rows * _CELL_BYTES[depth]


def _lines(
    pixels: Sequence[Pixel], columns: int, colour: Callable[[Pixel], Color]
) -> list[list[Segment]]:
    both = range(0, len(pixels), 2 * columns)
    pairs = (
        zip(pixels[at:][:columns], pixels[at + columns :][:columns], strict=True) for at in both
    )
    return [
        [
            _segment(colour(upper), colour(lower), len(list(run)))
            for (upper, lower), run in groupby(row)
        ]
        for row in pairs
    ]


def _segment(front: Color, back: Color, count: int) -> Segment:
    # One colour is a blank: shorter to send.
    if front == back:
        return Segment(" " * count, Style.from_color(None, back))
    return Segment(_UPPER * count, Style.from_color(front, back))


def _dithered(
    image: "Image", colours: Sequence[tuple[int, int, int]], calm: float = 0.0
) -> "Image":
    """`image` in these colours, mixed where there are others; the less, the calmer (0 to 1)."""
    from PIL import Image

    palette = Image.new("P", (1, 1))
    palette.putpalette([part for colour in colours for part in colour])
    nearest = image.quantize(palette=palette, dither=Image.Dither.NONE).convert("RGB")
    near = Image.blend(image, nearest, calm)
    return near.quantize(palette=palette, dither=Image.Dither.FLOYDSTEINBERG)


def _shades(image: "Image", columns: int) -> list[list[Segment]]:
    from PIL import ImageOps

    grey = ImageOps.autocontrast(image.convert("L"), cutoff=1).convert("RGB")
    levels = [(level, level, level) for level in _LEVELS]
    cells = _dithered(grey, levels).tobytes()
    rows = (cells[at : at + columns] for at in range(0, len(cells), columns))
    return [[Segment("".join(_SHADES[level] for level in row))] for row in rows]
