"""Tables: data stays a table, tables that only place things are taken apart by the walk."""

from lxml.html import HtmlElement

from tui.domain.blocks import Cell, Spans

_BLOCKS = ("table", "h1", "h2", "h3", "h4", "figure", "blockquote", "pre", "iframe", "ul", "ol")
_LONG_CELL = 400


def is_data(table: HtmlElement) -> bool:
    """True if rows and columns mean something."""
    if table.get("role") in ("presentation", "none"):
        return False
    if any(next(table.iterdescendants(tag), None) is not None for tag in ("table", "h1", "h2")):
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


def cell(element: HtmlElement, spans: Spans) -> Cell:
    """One cell with its text."""
    raw = element.get("colspan") or "1"
    columns = int(raw) if raw.isdigit() else 1
    return Cell(spans, element.tag == "th", min(max(columns, 1), 100))
