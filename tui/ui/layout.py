"""Who gets how many columns: three panes from 120 columns, two from 80, one below; or as wished."""

from typing import NamedTuple

LEAST_PANE = 20


class Widths(NamedTuple):
    """Columns of each pane, its rule included; 0 hides it.

    `under`: the names stand under the list, as wide as it, so that the article stays where it is.
    """

    list: int
    article: int
    names: int
    under: bool = False


def panes(
    width: int, focus: str, wanted: int = 0, *, names: bool = True, under: bool = False
) -> Widths:
    """Share `width` columns; `wanted` panes if that is not 0 and there is room.

    `focus` ("list", "article", "names") is always shown. `names` False leaves the entity pane out
    unless it has the focus. `under` shows it under the list where there are two.
    """
    count = wanted or (3 if width >= 120 else 2 if width >= 80 else 1)
    count = max(1, min(count, 3, width // LEAST_PANE))
    if count == 3 and not names and focus != "names":
        count = 2
    if count == 1:
        list_, article, names_ = (width * (focus == pane) for pane in ("list", "article", "names"))
        return Widths(list_, article, names_)
    if count == 2:
        left = _clamp(width * 2 // 5, LEAST_PANE, 60)
        if under or focus == "names":
            return Widths(left, width - left, left, under=True)
        return Widths(left, width - left, 0)
    left = _clamp(width * 30 // 100, LEAST_PANE, 52)
    side = _clamp(width * 22 // 100, LEAST_PANE, 34)
    return Widths(left, width - left - side, side)


def lines_under(height: int) -> int:
    """Lines of names under a list, of `height` lines for both."""
    return height * 2 // 5


def _clamp(value: int, least: int, most: int) -> int:
    return max(least, min(value, most))
