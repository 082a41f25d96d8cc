"""Tables: data stays a table, tables that only place things are taken apart by the walk."""

from lxml.html import HtmlElement

from tui.cleaning.layout.inline import joined
from tui.cleaning.layout.pieces import own_paragraphs, paragraphs_of
from tui.cleaning.layout.place import Place, Walker
from tui.domain.blocks import Block, Cell, Figure, Spans, Table

_BLOCKS = ("table", "h1", "h2", "h3", "h4", "figure", "blockquote", "pre", "iframe", "ul", "ol")
_LONG_CELL = 400
_MOST_COLUMNS = 100


def is_data(table: HtmlElement) -> bool:
    """True if rows and columns mean something."""
    if table.get("role") in ("presentation", "none"):
        return False
    if next(table.iterdescendants("table", "h1", "h2"), None) is not None:
        return False
    rows = [[c for c in row if c.tag in ("td", "th")] for row in table.iter("tr")]
    if max((len(row) for row in rows), default=0) < 2:
        return False
    if next(table.iter("th", "caption"), None) is not None:
        return True
    cells = [cell for row in rows for cell in row]
    blocks = sum(next(cell.iterdescendants(*_BLOCKS), None) is not None for cell in cells)
    long = sum(len("".join(cell.itertext())) > _LONG_CELL for cell in cells)
    return len(rows) > 1 and blocks * 4 < len(cells) and long * 4 < len(cells)


def read_table(walk: Walker, place: Place) -> None:
    """Append a table of data with its caption; pictures in it follow it."""
    rows: list[tuple[Cell, ...]] = []
    pictures: list[Block] = []
    caption: Spans = ()
    for part in place.element.iter("tr", "caption"):
        if part.tag == "caption":
            inner = walk.inner(Place(part, place.setting, place.depth))
            caption = joined([p for block in inner for p in own_paragraphs(block)])
            continue
        cells = []
        for entry in part:
            if entry.tag in ("td", "th"):
                blocks = walk.inner(Place(entry, place.setting, place.depth))
                cells.append(_cell(entry, joined([p for b in blocks for p in paragraphs_of(b)])))
                pictures += [block for block in blocks if isinstance(block, Figure)]
        if any(cell.spans for cell in cells):
            rows.append(tuple(cells))
    if rows:
        walk.blocks.append(Table(tuple(rows), caption))
    walk.blocks.extend(pictures)


def _cell(element: HtmlElement, spans: Spans) -> Cell:
    raw = element.get("colspan") or "1"
    columns = int(raw[:4]) if raw.isdigit() else 1
    return Cell(spans, element.tag == "th", min(max(columns, 1), _MOST_COLUMNS))
