"""Plates whose every cell has a colour of its own, so that a test sees what lies where."""

from PIL import Image

from tests.emulator import CELL
from tui.ui.driver.plates import Box, Plate, Rack
from tui.ui.images.sixel import encode


def plate(rack: Rack, columns: int, rows: int, cell: tuple[int, int] = CELL) -> Plate:
    """A plate of so many cells in `rack`, really engraved; `cell` is the pixels of one."""
    width, height = cell
    made: list[Plate] = []

    def engrave(box: Box, goes_on: bool) -> str:
        (this,) = made
        image = Image.new("P", (this.columns * width, this.rows * height))
        image.putpalette([part for n in range(256) for part in rgb(this, n)])
        for y in range(this.rows):
            for x in range(this.columns):
                place = (x * width, y * height, (x + 1) * width, (y + 1) * height)
                image.paste(y * this.columns + x, place)
        left, right = box.left * width, box.right * width
        part = image.crop((left, box.top * height, right, box.bottom * height))
        return encode(part, goes_on=goes_on)

    made.append(rack.add(columns, rows, engrave))
    return made[0]


def colour(plate: Plate, cell: str) -> str:
    """The colour of one cell of `plate`, as the emulator tells it."""
    return ";".join(str((part * 100 + 127) // 255) for part in rgb(plate, ord(cell) - plate.first))


def rgb(plate: Plate, number: int) -> tuple[int, int, int]:
    """The colour of cell `number` of `plate`."""
    # Steps of a percent are 2.55: no two cells of a test have one colour.
    return number % 16 * 16, number // 16 * 16, plate.first % 97 * 2
