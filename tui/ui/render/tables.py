"""Data tables: columns as wide as they need, wrapped where a cell is long, moved sideways by key."""

from collections.abc import Iterator
from itertools import zip_longest

from tui.domain.blocks import Cell, Spans, Style, Table, plain
from tui.domain.records import dataclass
from tui.ui.render.cells import cell_len, one_line
from tui.ui.render.flow import Layout, Links
from tui.ui.render.lines import Line, Run, line
from tui.ui.render.wrap import wrap

_GAP = "  "
# A cell of more columns than this is wrapped inside its column.
_WIDEST_CELL = 36
_NUMBER = frozenset("0123456789.,%+-–−€$£¥ \u00a0()")


@dataclass(frozen=True, slots=True)
class _Grid:
    """Columns: their widths, which hold numbers, and the margin at the left."""

    widths: list[int]
    numeric: list[bool]
    margin: int


def table_lines(table: Table, layout: Layout, links: Links, start: int) -> Iterator[Line]:
    """The lines of `table`, `wide` so that the pane can move them; a rule below the header row."""
    texts = [[plain(cell.spans) for cell in row] for row in table.rows]
    widths = _widths(table, texts)
    grid = _Grid(widths, _numeric_columns(table, texts, len(widths)), layout.margin)
    offset = start
    for number, row in enumerate(table.rows):
        yield from _row_lines(row, texts[number], grid, links, offset)
        offset += sum(len(text) + 1 for text in texts[number]) or 1
        if number == 0 and row and all(cell.header for cell in row):
            rule = Run("─" * (sum(widths) + len(_GAP) * (len(widths) - 1)), "rule")
            yield line([rule], layout.margin, wide=True)


def _widths(table: Table, texts: list[list[str]]) -> list[int]:
    count = max((sum(max(1, c.columns) for c in row) for row in table.rows), default=0)
    widths = [1] * min(count, 200)
    for row, row_texts in zip(table.rows, texts, strict=True):
        column = 0
        for cell, text in zip(row, row_texts, strict=True):
            if cell.columns <= 1 and column < len(widths):
                longest = max((cell_len(part) for part in text.split("\n")), default=0)
                widths[column] = max(widths[column], min(longest, _WIDEST_CELL))
            column += max(1, cell.columns)
    return widths


def _numeric_columns(table: Table, texts: list[list[str]], count: int) -> list[bool]:
    """Columns where every cell below the header is a number: those stand at the right."""
    numeric = [False] * count
    for column in range(count):
        cells = [
            row_texts[column].strip()
            for row, row_texts in zip(table.rows, texts, strict=True)
            if column < len(row) and not row[column].header and row_texts[column].strip()
        ]
        numeric[column] = bool(cells) and all(_NUMBER.issuperset(text) for text in cells)
    return numeric


def _row_lines(
    row: tuple[Cell, ...],
    texts: list[str],
    grid: _Grid,
    links: Links,
    offset: int,
) -> Iterator[Line]:
    widths, numeric = grid.widths, grid.numeric
    columns: list[list[list[Run]]] = []
    spans_widths: list[int] = []
    column = 0
    for cell, text in zip(row, texts, strict=True):
        taken = widths[column : column + max(1, cell.columns)] or [1]
        width = sum(taken) + len(_GAP) * (len(taken) - 1)
        right = column < len(numeric) and numeric[column] and cell.columns <= 1
        made = _cell_lines(cell, text, width, links, offset)
        columns.append([pair[::-1] for pair in made] if right else made)
        spans_widths.append(width)
        offset += len(text) + 1
        column += max(1, cell.columns)
    for parts in zip_longest(*columns, fillvalue=None):
        runs: list[Run] = []
        for number, (part, width) in enumerate(zip(parts, spans_widths, strict=True)):
            runs += [Run(_GAP)] if number else []
            runs += part if part is not None else [Run(" " * width)]
        yield line(runs, grid.margin, wide=True)


def _cell_lines(cell: Cell, text: str, width: int, links: Links, offset: int) -> list[list[Run]]:
    """The lines of a cell, each as its text and the blanks that fill the column."""
    look = "table-head" if cell.header else "text"
    link = _only_link(cell.spans, links)
    style = cell.spans[0].style if len(cell.spans) == 1 else Style.PLAIN
    made: list[list[Run]] = []
    for piece in wrap(text, width):
        part = one_line(text[piece.start : piece.end])
        start = offset + piece.start if offset >= 0 else -1
        body = Run(part, "link" if link >= 0 else look, style, start, link)
        fill = Run(" " * max(0, width - cell_len(part)))
        made.append([body, fill])
    return made


def _only_link(spans: Spans, links: Links) -> int:
    href = next((span.href for span in spans if span.href), None)
    return links.number(href) if href else -1
