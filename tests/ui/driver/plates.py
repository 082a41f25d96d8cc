"""Plates whose every cell has a colour of its own, so that a test sees what lies where."""

from PIL import Image

from tests.emulator import CELL
from tui.ui.driver.plates import Box, Plate, Rack
from tui.ui.images.sixel import encode


def plate(rack: Rack, columns: int, rows: int) -> Plate:
    """A plate of so many cells in `rack`, really engraved."""
    made: list[Plate] = []

    def engrave(box: Box, goes_on: bool) -> str:
        (this,) = made
        image = Image.new("P", (this.columns * CELL[0], this.rows * CELL[1]))
        image.putpalette([part for n in range(256) for part in _rgb(this, n)])
        for y in range(this.rows):
            for x in range(this.columns):
                place = (x * CELL[0], y * CELL[1], (x + 1) * CELL[0], (y + 1) * CELL[1])
                image.paste(y * this.columns + x, place)
        left, right = box.left * CELL[0], box.right * CELL[0]
        part = image.crop((left, box.top * CELL[1], right, box.bottom * CELL[1]))
        return encode(part, goes_on=goes_on)

    made.append(rack.add(columns, rows, engrave))
    return made[0]


def colour(plate: Plate, cell: str) -> str:
    """The colour of one cell of `plate`, as the emulator tells it."""
    return ";".join(str((part * 100 + 127) // 255) for part in _rgb(plate, ord(cell) - plate.first))


def _rgb(plate: Plate, number: int) -> tuple[int, int, int]:
    # Steps of a percent are 2.55: no two cells of a test have one colour.
    return number % 16 * 16, number // 16 * 16, plate.first % 97 * 2
