"""Which stretches of a row must be sent, that it looks as it is to."""

from collections.abc import Sequence

from tui.ui.driver import cells
from tui.ui.driver.plates import RUN

# Cells written again are cheaper than a move over them, up to this many.
_GAP = 4


def find(
    old_text: str, old_shades: str, text: str, shades: str, blanks: Sequence[int]
) -> list[tuple[int, int]]:
    """Stretches [start, end) of the row; `blanks` is that of `Looks`. Cells of pictures are in none:
    those in `text` are on the screen, and nothing may be written there.
    """
    spans: list[tuple[int, int]] = []
    start = end = -_GAP - 1
    pictures = not text.isascii() and RUN.search(text) is not None
    for x in _different(old_text, text, old_shades, shades, blanks):
        if pictures and RUN.match(text, x):
            continue
        # Over a short gap of the same looks, writing costs less than moving.
        if (
            x - end <= _GAP
            and set(shades[end:x]) <= {shades[end - 1], shades[x]}
            and not (pictures and RUN.search(text, end, x))
        ):
            end = x + 1
            continue
        if start >= 0:
            spans.append((start, end))
        start, end = x, x + 1
    return [*spans, (start, end)] if start >= 0 else spans


def _different(
    old_text: str, text: str, old_shades: str, shades: str, blanks: Sequence[int]
) -> list[int]:
    """The columns that must be sent."""
    found = [
        x
        for x, (old, new, was, now) in enumerate(
            zip(old_text, text, old_shades, shades, strict=True)
        )
        if old != new or was != now
    ]
    found = [
        x
        for x in found
        if not (
            text[x] == old_text[x] == " " and blanks[ord(shades[x])] == blanks[ord(old_shades[x])]
        )
    ]
    return found if old_text.isascii() and text.isascii() else _widened(found, old_text, text)


def _widened(found: list[int], old: str, new: str) -> list[int]:
    """`found`, with the two cells after each that terminals may have drawn wider than we think."""
    odd = {*cells.unsure(old), *cells.unsure(new)}
    beside = {x + step for x in odd.intersection(found) for step in (1, 2) if x + step < len(new)}
    return sorted({*found, *beside}) if beside else found
