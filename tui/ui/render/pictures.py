"""Figures: the room for a picture, its caption and credit. Pictures themselves are drawn later, in
the rows that are kept free here, so nothing moves when one arrives.
"""

from collections.abc import Iterator
from dataclasses import replace

from tui.domain.blocks import Figure
from tui.ui.render.cells import fit
from tui.ui.render.flow import Layout, Links, flow, styled
from tui.ui.render.lines import Line, Picture, Run, line

# A cell of a terminal is about twice as high as wide.
_CELL_RATIO = 2.0
_USUAL_RATIO = 1.5
_LEAST_ROWS = 3
_USUAL_ROWS = 20


def picture_rows(figure: Figure, layout: Layout) -> tuple[int, int]:
    """(columns, rows) that the picture of `figure` may take; rows 0 where none are drawn."""
    if layout.pictures <= 0 or not figure.src:
        return 0, 0
    known = figure.width > 0 and figure.height > 0
    ratio = figure.width / figure.height if known else _USUAL_RATIO
    rows = round(layout.column / ratio / _CELL_RATIO)
    rows = max(_LEAST_ROWS, min(rows, layout.pictures))
    return min(layout.column, max(1, round(rows * ratio * _CELL_RATIO))), rows


def picture_lines(figure: Figure, layout: Layout, links: Links) -> Iterator[Line]:
    """The picture's rows or one line in its place, then the caption and the credit."""
    number = links.number(figure.src) if figure.src else -1
    columns, rows = picture_rows(figure, layout)
    label = _label(figure, layout)
    if rows:
        for row in range(rows):
            text = label if row == rows // 2 else ""
            frame = _frame_line(text, columns, layout, number)
            yield replace(frame, picture=Picture(number, columns, rows, row))
    else:
        for made in flow(styled(label), layout, Links(), look="figure"):
            runs = (Run(r.text, r.look, r.style, -1, number) for r in made.runs)
            yield line(runs, made.indent)
    if figure.caption:
        yield from flow(figure.caption, layout, links, look="caption")
    if figure.credit:
        yield from flow(styled(figure.credit), layout, links, look="faint")


def _label(figure: Figure, layout: Layout) -> str:
    size = f" {figure.width}×{figure.height}" if figure.width and figure.height else ""
    alt = f": {figure.alt}" if figure.alt and not figure.caption else ""
    columns, rows = picture_rows(figure, replace(layout, pictures=layout.pictures or _USUAL_ROWS))
    seconds = round(columns * rows * layout.picture_seconds)
    taken = f", about {seconds} s on this line" if seconds else ""
    return f"[picture{size}{alt}{taken}]"


def _frame_line(text: str, columns: int, layout: Layout, number: int) -> Line:
    shown, used = fit(text, columns)
    left = (columns - used) // 2
    runs = [
        Run(" " * left, "picture", link=number),
        Run(shown, "figure", link=number),
        Run(" " * (columns - used - left), "picture", link=number),
    ]
    return line(runs, layout.margin)
