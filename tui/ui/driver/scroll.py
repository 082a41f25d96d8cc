"""Finds rows that moved up or down together, so that the terminal can move them."""

from collections import Counter
from typing import NamedTuple

from tui.ui.driver.grid import Grid

# A shift is worth its bytes when it saves this many rows.
_LEAST = 3


class Shift(NamedTuple):
    """Rows `top` to `bottom` (inclusive) move up by `lines` (down, if negative)."""

    top: int
    bottom: int
    lines: int


def find(shown: Grid, wanted: Grid, changed: list[int]) -> Shift | None:
    """The shift that makes the most changed rows right; None if none is worth it."""
    if len(changed) < _LEAST:
        return None
    places: dict[tuple[str, str], list[int]] = {}
    for y in range(changed[0], changed[-1] + 1):
        places.setdefault((shown.text[y], shown.looks[y]), []).append(y)
    votes: Counter[int] = Counter()
    for y in changed:
        key = (wanted.text[y], wanted.looks[y])
        # Blank rows are everywhere and cheap to write.
        if key in places and key[0].strip():
            votes.update(old - y for old in places[key] if old != y)
    for lines, count in votes.most_common(1):
        if count >= _LEAST:
            return _region(shown, wanted, lines)
    return None


def _region(shown: Grid, wanted: Grid, lines: int) -> Shift | None:
    """The longest stretch of rows that `lines` makes right, with a few wrong ones between."""
    best, start, gain = (0, 0, 0), -1, 0
    last = -1
    for y in range(max(0, -lines), min(wanted.rows, wanted.rows - lines)):
        right = (
            wanted.text[y] == shown.text[y + lines] and wanted.looks[y] == shown.looks[y + lines]
        )
        stays = wanted.text[y] == shown.text[y] and wanted.looks[y] == shown.looks[y]
        if right and not stays:
            if start < 0 or y - last > _LEAST:
                start, gain = y, 0
            gain, last = gain + 1, y
            best = max(best, (gain, start, y))
    gain, first, final = best
    if gain < _LEAST:
        return None
    # Rows above (below) the stretch give room for what moves.
    top, bottom = min(first, first + lines), max(final, final + lines)
    return Shift(top, bottom, lines)
