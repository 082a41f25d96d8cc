"""Where pixels lie over the screen, and where they are to.

A cell of a plate is in the `shown` grid only while its pixels are on the screen: what the painter
writes over them takes them away, as it does on the terminal (erasing is not enough: xterm 379 shows an
erased picture again with the next draw of its window). A cell that stays what it is keeps its
pixels; in any other there is a blank until the page rests and `missing` is drawn.
"""

from tui.ui.driver.grid import Grid
from tui.ui.driver.plates import LOST, RUN, Box, Patch, Plate, Rack


def seen(shown: Grid, wanted: Grid, rack: Rack) -> Grid:
    """`wanted` as text: of plates only the cells whose pixels are there already."""
    text, looks = wanted.text, wanted.looks
    rows = [
        y
        for y, row in enumerate(text)
        if (row != shown.text[y] or looks[y] != shown.looks[y])
        and not row.isascii()
        and RUN.search(row)
    ]
    if not rows:
        return wanted
    made = Grid(wanted.columns, wanted.rows)
    made.text, made.looks = [*text], [*looks]
    for y in rows:
        made.text[y], made.looks[y] = _row(shown, y, text[y], looks[y], rack)
    return made


def _row(shown: Grid, y: int, text: str, looks: str, rack: Rack) -> tuple[str, str]:
    cells, shades = list(text), list(looks)
    for run in RUN.finditer(text):
        plate: Plate | None = None
        for x in range(*run.span()):
            cell = text[x]
            if cell == shown.text[y][x]:
                # A look that changes under pixels is not seen.
                shades[x] = shown.looks[y][x]
                continue
            if plate is None or not plate.first <= ord(cell) < plate.end:
                plate = rack.find(cell)
            cells[x] = plate.waiting(cell) if plate else " "
    return "".join(cells), "".join(shades)


def bare(shown: Grid) -> Grid:
    """`shown` as it is when its pixels have been blanked; itself, if there are none."""
    if not has_pixels(shown):
        return shown
    made = Grid(shown.columns, shown.rows)
    made.text = [_filled(row, " ") for row in shown.text]
    made.looks = [*shown.looks]
    return made


def has_pixels(shown: Grid) -> bool:
    """True if there are any on the screen."""
    return any(RUN.search(row) for row in shown.text if not row.isascii())


def lose(shown: Grid) -> None:
    """Plates have been forgotten: the pixels on the screen are none that are wanted."""
    shown.text = [_filled(row, LOST) for row in shown.text]


def _filled(row: str, cell: str) -> str:
    return RUN.sub(lambda run: cell * len(run[0]), row)


def missing(shown: Grid, wanted: Grid, rack: Rack) -> list[Patch]:
    """The parts of plates that are wanted and not shown, from the top.

    The last row is left out: terminals scroll when a picture ends there.
    """
    found: list[Patch] = []
    for y, text in enumerate(wanted.text[:-1]):
        for part in [] if text.isascii() else _parts(text, shown.text[y], y, rack):
            above = next((at for at, patch in enumerate(found) if _goes_on(patch, part)), None)
            if above is None:
                found.append(part)
            else:
                box = found[above].box._replace(bottom=part.box.bottom)
                found[above] = found[above]._replace(box=box)
    return found


def _goes_on(patch: Patch, part: Patch) -> bool:
    above, below = patch.box, part.box
    return (
        patch.plate is part.plate
        and (patch.x, patch.y + above.bottom - above.top) == (part.x, part.y)
        and (above.left, above.right, above.bottom) == (below.left, below.right, below.top)
    )


def _parts(text: str, shown: str, y: int, rack: Rack) -> list[Patch]:
    """The parts in one row: cells of one row of one plate that follow one another."""
    parts: list[Patch] = []
    before = -1
    for run in RUN.finditer(text):
        for x in range(*run.span()):
            number = ord(text[x])
            if text[x] == shown[x] or not (plate := _plate(rack, parts, text[x])):
                before = -1
                continue
            row, column = divmod(number - plate.first, plate.columns)
            if number == before + 1 and column and parts[-1].plate is plate:
                parts[-1] = parts[-1]._replace(box=parts[-1].box._replace(right=column + 1))
            else:
                parts.append(Patch(plate, Box(column, row, column + 1, row + 1), x, y))
            before = number
        before = -1
    return parts


def _plate(rack: Rack, parts: list[Patch], cell: str) -> Plate | None:
    if parts and parts[-1].plate.first <= ord(cell) < parts[-1].plate.end:
        return parts[-1].plate
    return rack.find(cell)
