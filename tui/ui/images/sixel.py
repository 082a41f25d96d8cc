"""Sixel (DEC STD 070): bands of six rows of pixels, one colour after the other, runs counted.

Written here: the libraries that there are either need a C library that systems lack, or draw a whole
picture at the cursor, and the driver needs parts. Pillow chooses the colours.
"""

import re
from functools import partial
from typing import TYPE_CHECKING

from tui.ui.driver.plates import Box, Engrave
from tui.ui.images.decoding import decode

if TYPE_CHECKING:
    from PIL.Image import Image

_BAND = 6
_FEW_COLOURS = 32
# Bytes that a pixel takes, about, of photographs.
_PIXEL_BYTES, _PIXEL_BYTES_FEW = 1.4, 0.6
_RUN = re.compile(rb"(.)\1{3,}", re.DOTALL)
_TO_SIXEL = bytes((bits + 63) % 256 for bits in range(256))
_NOTHING = b"?"


def colours(most: int, *, slow: bool) -> int:
    """How many colours a picture gets, of `most` that the terminal has."""
    return min(most, _FEW_COLOURS) if slow else most


def cost(cell: tuple[int, int], count: int) -> float:
    """Bytes that a cell of so many pixels takes, about, in `count` colours."""
    return cell[0] * cell[1] * (_PIXEL_BYTES if count > _FEW_COLOURS else _PIXEL_BYTES_FEW)


def engraver(data: bytes, columns: int, rows: int, cell: tuple[int, int], count: int) -> Engrave:
    """What makes the sixels of a part of the picture in `data`, in `count` colours. Raises
    BadPicture; what it returns raises nothing.
    """
    from PIL import Image

    image = decode(data, columns * cell[0], rows * cell[1])
    # A quarter of the pixels shows which colours there are, in a quarter of the time. Chosen by
    # coverage, pixels of one colour lie together: two thirds of the bytes that a median cut needs.
    few = image.resize((-(-image.width // 2), -(-image.height // 2)), Image.Resampling.NEAREST)
    palette = few.quantize(count, Image.Quantize.MAXCOVERAGE, kmeans=1)
    flat = image.quantize(palette=palette, dither=Image.Dither.NONE)
    return partial(_part, flat, cell)


def _part(image: "Image", cell: tuple[int, int], box: Box, goes_on: bool) -> str:
    width, height = cell
    part = (box.left * width, box.top * height, box.right * width, box.bottom * height)
    return encode(image.crop(part), goes_on=goes_on)


def encode(image: "Image", *, goes_on: bool = False) -> str:
    """The sequence that draws `image` (mode P) at the cursor.

    Rows that fill no band are left out, five at most, unless the picture `goes_on` below: terminals
    that count in whole bands would let them reach into a line of text.
    """
    width, height = image.size
    if not goes_on:
        height -= height % _BAND
    pixels = image.tobytes()[: width * height]
    palette = image.getpalette("RGB") or []
    registers = "".join(
        f"#{colour};2;{';'.join(_percent(v) for v in palette[3 * colour : 3 * colour + 3])}"
        for colour in sorted(set(pixels))
    )
    size = width * _BAND
    bands = [_band(pixels[at : at + size], width) for at in range(0, len(pixels), size)]
    # Second parameter 1: what is not drawn stays as it is.
    return f'\x1bP0;1q"1;1;{width};{height}{registers}{b"-".join(bands).decode("ascii")}\x1b\\'


def _percent(value: int) -> str:
    return str((value * 100 + 127) // 255)


def _band(pixels: bytes, width: int) -> bytes:
    """Up to six rows of pixels: a line for each colour, every byte of which is a column."""
    lines = []
    for colour in sorted(set(pixels)):
        is_colour = bytearray(256)
        is_colour[colour] = 1
        found = pixels.translate(bytes(is_colour))
        bits = 0
        for row in range(len(pixels) // width):
            # All columns at once: each byte of the number is one.
            bits |= int.from_bytes(found[row * width : (row + 1) * width]) << row
        line = bits.to_bytes(width).translate(_TO_SIXEL).rstrip(_NOTHING)
        lines.append(b"#%d%b" % (colour, _RUN.sub(_counted, line)))
    return b"$".join(lines)


def _counted(run: re.Match[bytes]) -> bytes:
    return b"!%d%b" % (len(run[0]), run[1])
