"""The difference of two screens, as few bytes as a terminal needs to be told.

Keeps what the terminal shows (cells, pen, cursor). Only changed cells are sent; a run of blanks is
erased; rows that moved together are moved by the terminal; after characters whose width terminals
do not agree on, the cursor is placed anew.
"""

import re

from tui.ui.driver import cells, looks, moves, overlay, scroll, spans
from tui.ui.driver.depth import Depth, reduce
from tui.ui.driver.grid import UNKNOWN, Grid
from tui.ui.driver.looks import Look, Looks
from tui.ui.driver.plates import RUN, Patch, Rack

_SAME_LOOK = re.compile(r"(.)\1*", re.DOTALL)
# Takes pixels away, too.
_CLEAR = "\x1b[2J"
_BLANKS = re.compile(r" {12,}| {4,}$")


class Painter:
    """What one terminal shows. `erases` tells that it erases in the pen's background (bce)."""

    def __init__(
        self,
        columns: int,
        rows: int,
        known: Looks,
        *,
        depth: Depth = Depth.TRUE,
        erases: bool = True,
        scrolls: bool = True,
        links: bool = True,
        rack: Rack | None = None,
    ) -> None:
        self.known, self.erases, self.scrolls, self.links = known, erases, scrolls, links
        self._rack = rack or Rack()
        self._turn = self._rack.turn
        self._depth = depth
        self.shown = Grid(columns, rows)
        self._pen: int = 0
        self._dressed: dict[int, Look] = {}
        self._cursor: tuple[int, int] | None = None
        self._out: list[str] = []

    def start(self, shown: Grid) -> None:
        """The terminal shows `shown`, with the pen that it has when nothing was said."""
        self.shown, self._pen, self._cursor = shown, 0, None

    def lose(self, columns: int, rows: int) -> None:
        """Nothing is known of the screen: all of it is sent with the next frame."""
        if overlay.has_pixels(self.shown):
            self._take(0)
            self._out.append(_CLEAR)
        self.shown = Grid(columns, rows, UNKNOWN)
        self._cursor = None

    @property
    def depth(self) -> Depth:
        """The colours in use. Cells that are on the screen keep theirs when it changes."""
        return self._depth

    @depth.setter
    def depth(self, depth: Depth) -> None:
        if depth is not self._depth:
            self._out.append(looks.change(self._dress(self._pen), looks.PLAIN))
            self._depth, self._pen = depth, 0
            self._dressed.clear()

    def renumber(self, numbers: dict[int, int]) -> None:
        """Looks have new numbers (`Looks.compact`)."""
        self.shown.looks = [row.translate(numbers) for row in self.shown.looks]
        self._pen = numbers.get(self._pen, 0)
        self._dressed.clear()

    def rows(self) -> list[str]:
        """The looks in use, the pen's too, for `Looks.compact`."""
        return [*self.shown.looks, chr(self._pen)]

    def lost_cursor(self) -> None:
        """Something else wrote: place the cursor anew."""
        self._cursor = None

    def paint(self, wanted: Grid) -> str:
        """What turns the shown screen into `wanted` (of the same size); "" if it is so already."""
        if self._turn != self._rack.turn:
            self._turn = self._rack.turn
            overlay.lose(self.shown)
        text = overlay.seen(self.shown, wanted, self._rack)
        changed = self._changed(text)
        if not changed:
            return ""
        if self.scrolls and self._scroll(wanted, text, changed):
            text = overlay.seen(self.shown, wanted, self._rack)
            changed = self._changed(text)
        for y in changed:
            self._row(y, text.text[y], text.looks[y])
        out = "".join(self._out)
        self._out.clear()
        return out

    def missing(self, wanted: Grid) -> list[Patch]:
        """The pictures in `wanted` whose pixels are not on the screen."""
        return overlay.missing(self.shown, wanted, self._rack)

    def lay(self, patch: Patch, sixels: str) -> str:
        """What draws the part of a picture that `sixels` is, in its place."""
        box, rows = patch.box, patch.plate.cells()
        text = self.place(patch.x, patch.y) + sixels
        for y in range(box.top, box.bottom):
            shades = self.shown.looks[patch.y + y - box.top][patch.x :][: box.right - box.left]
            self.shown.put(patch.y + y - box.top, patch.x, rows[y][box.left : box.right], shades)
        # Terminals differ on where a picture leaves the cursor.
        self._cursor = None
        return text

    def pieces(self, grid: Grid) -> list[list[tuple[int, str, str]]]:
        """`grid` as rows of (column from 1, SGR parameters, text), without plain blanks."""
        rows = []
        for text, shades in zip(grid.text, grid.looks, strict=True):
            row: list[tuple[int, str, str]] = []
            for same in _SAME_LOOK.finditer(shades):
                look = self._dress(ord(same[1]))
                part = text[same.start() : same.end()]
                if look != looks.PLAIN or not part.isspace():
                    row.append((same.start() + 1, looks.parameters(look), cells.printable(part)))
            rows.append(row)
        return rows

    def place(self, x: int, y: int) -> str:
        """Put the cursor there; "" if it is there."""
        if self._cursor == (x, y):
            return ""
        self._cursor = (x, y)
        return moves.absolute(x, y)

    def _changed(self, wanted: Grid, shown: Grid | None = None) -> list[int]:
        shown = shown or self.shown
        return [
            y
            for y in range(wanted.rows)
            if wanted.text[y] != shown.text[y] or wanted.looks[y] != shown.looks[y]
        ]

    def _scroll(self, wanted: Grid, text: Grid, changed: list[int]) -> bool:
        """Let the terminal move rows; False where that is no use. `text` is what is `seen` of
        `wanted`, and `changed` its rows.

        Pixels are taken away before: xterm moves those outside of the region too, others move none.
        """
        bare = self.shown if self._rack.empty else overlay.bare(self.shown)
        if bare is not self.shown:
            text = overlay.seen(bare, wanted, self._rack)
            changed = self._changed(text, bare)
        shift = scroll.find(bare, text, changed)
        if not shift:
            return False
        for y in self._changed(bare):
            self._row(y, bare.text[y], bare.looks[y])
        self._shift(shift)
        return True

    def _shift(self, shift: scroll.Shift) -> None:
        self._take(0)
        way = "S" if shift.lines > 0 else "T"
        count = abs(shift.lines)
        number = "" if count == 1 else str(count)
        self._out.append(f"\x1b[{shift.top + 1};{shift.bottom + 1}r\x1b[{number}{way}\x1b[r")
        # Setting the region sends the cursor home.
        self._cursor = (0, 0)
        columns = self.shown.columns
        for rows, fill in ((self.shown.text, " " * columns), (self.shown.looks, "\0" * columns)):
            block = rows[shift.top : shift.bottom + 1]
            new = [fill] * count
            moved = block[count:] + new if shift.lines > 0 else new + block[:-count]
            rows[shift.top : shift.bottom + 1] = moved

    def _row(self, y: int, text: str, shades: str) -> None:
        old = self.shown.text[y], self.shown.looks[y]
        for start, end in spans.find(*old, text, shades, self.known.blanks):
            self._span(y, start, end, text, shades)
        self.shown.text[y], self.shown.looks[y] = text, shades

    def _span(self, y: int, start: int, end: int, text: str, shades: str) -> None:
        while end < len(text) and text[end] == cells.TAIL:
            end += 1
        while text[start] == cells.TAIL and start:
            start -= 1
        self._goto(start, y)
        at = start
        for same in _SAME_LOOK.finditer(shades, start, end):
            number = ord(same[1])
            last = same.end() == end
            self._run(y, at, text[at : same.end()], number, last)
            at = same.end()

    def _run(self, y: int, x: int, text: str, number: int, last: bool) -> None:
        """Cells of one look. `last` tells that nothing follows in this span."""
        at = 0
        if self._can_erase(number):
            for blank in _BLANKS.finditer(text):
                if not last and blank.end() == len(text) and blank.end() - blank.start() < 12:
                    continue
                self._write(y, x + at, text[at : blank.start()], number)
                self._erase(y, x + blank.start(), blank.end() - blank.start(), number)
                at = blank.end()
        self._write(y, x + at, text[at:], number)

    def _can_erase(self, number: int) -> bool:
        look = self.known.known[number]
        return looks.erasable(look) and (self.erases or not self._dress(number).back)

    def _write(self, y: int, x: int, text: str, number: int) -> None:
        if not text:
            return
        blanks = self.known.blanks
        if not (text.isspace() and blanks[self._pen] == blanks[number]):
            self._take(number)
        self._goto(x, y)
        if text.isascii() and cells.TAIL not in text:
            self._out.append(text)
            self._moved(x + len(text), y)
        else:
            self._spell(y, x, text)

    def _spell(self, y: int, x: int, text: str) -> None:
        at = 0
        for start in cells.unsure(text):
            end = start + 1
            while end < len(text) and text[end] == cells.TAIL:
                end += 1
            if start > at:
                self._goto(x + at, y)
                self._out.append(cells.spell(text[at:start]))
                self._moved(x + start, y)
            self._goto(x + start, y)
            if end - start > 1:
                # Should the terminal draw it narrow, nothing old may stay beside it.
                self._clear(y, x + start, end - start)
            self._out.append(cells.spell(text[start:end]))
            self._cursor = None
            at = end
        if at < len(text):
            self._goto(x + at, y)
            self._out.append(cells.spell(text[at:]))
            self._moved(x + len(text), y)

    def _erase(self, y: int, x: int, count: int, number: int) -> None:
        blanks, known = self.known.blanks, self.known.known
        if not (blanks[self._pen] == blanks[number] and looks.erasable(known[self._pen])):
            self._take(blanks[number])
        self._goto(x, y)
        self._clear(y, x, count)

    def _clear(self, y: int, x: int, count: int) -> None:
        """Blank the cells from the cursor on; it stays there. Pixels are written over."""
        if RUN.search(self.shown.text[y], x, x + count):
            self._out.append(" " * count)
            self._moved(x + count, y)
            self._goto(x, y)
        elif x + count == self.shown.columns:
            self._out.append("\x1b[K")
        else:
            self._out.append(f"\x1b[{count}X")

    def _take(self, number: int) -> None:
        """Change the pen."""
        if number != self._pen:
            self._out.append(looks.change(self._dress(self._pen), self._dress(number)))
            self._pen = number

    def _dress(self, number: int) -> Look:
        """The look as this terminal can show it."""
        found = self._dressed.get(number)
        if found is None:
            found = reduce(self.known.known[number], self._depth)
            if not self.links:
                found = found._replace(link="")
            self._dressed[number] = found
        return found

    def _moved(self, x: int, y: int) -> None:
        # In the last column terminals differ on where the cursor is.
        self._cursor = (x, y) if x < self.shown.columns else None

    def _goto(self, x: int, y: int) -> None:
        if self._cursor == (x, y):
            return
        self._out.append(moves.shortest(self._cursor, x, y))
        self._cursor = (x, y)
