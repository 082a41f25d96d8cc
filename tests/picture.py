"""The reader as a picture: `python -m tests.picture FILE.svg [COLUMNSxROWS] [KEY...]`.

Opens `broadsheet demo` in a real pty, presses the keys, and draws the emulated screen as SVG. This is
how the pictures in `docs/` are made (`make pictures`), and how one looks at a change of the screen.
"""

import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any

from tests.terminal import Terminal

CELL_WIDTH, CELL_HEIGHT, BASELINE = 8.4, 18, 13.5
PAPER, INK = "#1c1c1a", "#d8d4cb"
_NAMED = {
    "black": "#1c1c1a",
    "red": "#c4665c",
    "green": "#87a46f",
    "brown": "#c9a95f",
    "blue": "#7193b5",
    "magenta": "#a987ad",
    "cyan": "#7aa8a3",
    "white": "#d8d4cb",
    "brightblack": "#77746c",
    "brightred": "#dd8177",
    "brightgreen": "#a4c38a",
    "brightbrown": "#e3c47b",
    "brightyellow": "#e3c47b",
    "brightblue": "#8fb1d2",
    "brightmagenta": "#c6a4ca",
    "brightcyan": "#97c5c0",
    "brightwhite": "#f2efe8",
}


@dataclass(frozen=True)
class Look:
    """How a cell is drawn."""

    ink: str
    paper: str
    bold: bool
    italic: bool
    underline: bool


def look_of(cell: Any) -> Look:
    """The look of one cell of pyte's screen."""
    ink, paper = _colour(cell.fg, INK), _colour(cell.bg, PAPER)
    if cell.reverse:
        ink, paper = paper, ink
    return Look(ink, paper, cell.bold, cell.italics, cell.underscore)


def _colour(name: str, default: str) -> str:
    if name == "default":
        return default
    return _NAMED.get(name) or f"#{name}"


def draw(terminal: Terminal) -> str:
    """The screen of `terminal` as an SVG document."""
    screen = terminal.screen
    width, height = screen.columns * CELL_WIDTH + 20, screen.lines * CELL_HEIGHT + 20
    lines = "".join(_line(screen, y) for y in range(screen.lines))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height}" '
        f'font-family="\'DejaVu Sans Mono\', Menlo, Consolas, monospace" font-size="14">\n'
        f'<rect width="100%" height="100%" rx="6" fill="{PAPER}"/>\n{lines}</svg>\n'
    )


def _line(screen: Any, y: int) -> str:
    parts = []
    cells = [(x, screen.buffer[y][x]) for x in range(screen.columns)]
    for look, run in groupby(cells, key=lambda pair: look_of(pair[1])):
        columns = list(run)
        x, top = columns[0][0] * CELL_WIDTH + 10, y * CELL_HEIGHT + 10
        if look.paper != PAPER:
            parts.append(
                f'<rect x="{x:.1f}" y="{top}" width="{len(columns) * CELL_WIDTH:.1f}" '
                f'height="{CELL_HEIGHT}" fill="{look.paper}"/>\n'
            )
        parts.extend(_words(columns, look, top + BASELINE))
    return "".join(parts)


def _words(columns: list[tuple[int, Any]], look: Look, y: float) -> Iterator[str]:
    """Words one by one, so that a font with other widths stays in its columns."""
    for blank, run in groupby(columns, key=lambda pair: pair[1].data.strip() == ""):
        cells = list(run)
        if blank:
            continue
        text = "".join(cell.data for _, cell in cells)
        width = len(cells) * CELL_WIDTH
        style = f'fill="{look.ink}"'
        style += ' font-weight="bold"' if look.bold else ""
        style += ' font-style="italic"' if look.italic else ""
        style += ' text-decoration="underline"' if look.underline else ""
        # Scripts that join or turn their letters are left to the font.
        plain = all(unicodedata.bidirectional(c) not in ("R", "AL") for c in text)
        fit = f'textLength="{width:.1f}" lengthAdjust="spacingAndGlyphs" ' if plain else ""
        yield (
            f'<text x="{cells[0][0] * CELL_WIDTH + 10:.1f}" y="{y}" {fit}{style}>'
            f"{escape(text)}</text>\n"
        )


def main(argv: list[str]) -> None:
    """Make one picture."""
    file, size, keys = Path(argv[0]), (argv[1:2] or ["120x40"])[0], argv[2:]
    columns, rows = map(int, size.split("x"))
    command = [sys.executable, "-m", "tui", "demo"]
    with Terminal(
        command, columns=columns, rows=rows, environment={"COLORTERM": "truecolor"}
    ) as terminal:
        terminal.wait_for("≡")
        terminal.settle(6)
        for key in keys:
            terminal.press(key)
            terminal.settle(1.5)
        file.write_text(draw(terminal), encoding="utf-8")
        terminal.press("q", "q")


if __name__ == "__main__":
    main(sys.argv[1:])
