"""When pictures are drawn: once the page rests, in pieces that the line takes in a moment.

A sixel picture is long, and nothing can be sent in the middle of it. So that no key ever waits for
one, a piece is sent only when everything before it has arrived, and is as large as what the line
carries in a part of a second.
"""

import asyncio
from collections.abc import Callable

from tui.ui.driver.graphics import Graphics
from tui.ui.driver.grid import Grid
from tui.ui.driver.line import LineMeter
from tui.ui.driver.painter import Painter
from tui.ui.driver.plates import Box, Patch
from tui.ui.driver.timers import Timers

# Seconds that pictures stay where they are before they are drawn.
_REST = 0.15
# Seconds of the line that one piece may take.
_PIECE = 0.3
# Cells of a row that are sent together in any case: each piece names its colours anew.
_LEAST = 8


class Drawing:
    """`free` tells that the line is; `send` sends and asks for an acknowledgement."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        painter: Painter,
        meter: LineMeter,
        graphics: Graphics,
        *,
        free: Callable[[], bool],
        send: Callable[[str], None],
    ) -> None:
        self._loop, self._painter, self._meter, self._graphics = loop, painter, meter, graphics
        self._free, self._send, self._timers = free, send, Timers(loop)
        self._wanted: Grid | None = None
        self._missing: list[Patch] = []
        self._rests = self._engraving = False

    def look(self, wanted: Grid) -> None:
        """After every frame and every acknowledgement: draw what is missing, when it rests."""
        missing = self._painter.missing(wanted)
        self._wanted = wanted
        if missing != self._missing:
            self._missing, self._rests = missing, False
            self._timers.later("rest", _REST, self._rest)
        else:
            self._go_on()

    def stop(self) -> None:
        """Nothing more is drawn."""
        self._timers.stop()
        self._missing, self._rests = [], False

    def _rest(self) -> None:
        self._rests = True
        self._go_on()

    def _go_on(self) -> None:
        """Engrave the next piece, in a thread."""
        if not (self._rests and self._missing and self._free()) or self._engraving:
            return
        patch = self._piece(self._missing[0])
        self._engraving = True
        goes_on = self._goes_on(patch)
        made = self._loop.run_in_executor(None, patch.plate.engrave, patch.box, goes_on)
        made.add_done_callback(lambda done: self._engraved(patch, done))

    def _engraved(self, patch: Patch, done: "asyncio.Future[str]") -> None:
        self._engraving = False
        if done.cancelled():
            return
        sixels = done.result()
        if self._rests and self._missing and self._free() and self._holds(patch):
            assert self._wanted is not None
            self._send(self._painter.lay(patch, sixels))
            self._missing = self._painter.missing(self._wanted)
        self._go_on()

    def _holds(self, patch: Patch) -> bool:
        """True if the piece is still the next one."""
        first = self._missing[0]
        return (
            first.plate is patch.plate
            and (first.x, first.y, *first.box[:2]) == (patch.x, patch.y, *patch.box[:2])
            and first.box.right >= patch.box.right
            and first.box.bottom >= patch.box.bottom
        )

    def _goes_on(self, patch: Patch) -> bool:
        """True if the row below belongs to the picture, too."""
        assert self._wanted is not None
        plate, box, below = patch.plate, patch.box, patch.y + patch.box.bottom - patch.box.top
        text = self._wanted.text[below]
        return box.bottom < plate.rows and text[patch.x] == plate.cell(box.left, box.bottom)

    def _piece(self, patch: Patch) -> Patch:
        """As much of `patch`, from its top, as is sent at once."""
        left, top, right, bottom = patch.box
        width, height = self._graphics.cell
        columns = min(right - left, max(1, self._graphics.largest[0] // max(1, width)))
        rows = min(bottom - top, max(1, self._graphics.largest[1] // max(1, height)))
        if (rate := self._meter.rate) is not None:
            cells = int(rate * _PIECE / patch.plate.cost)
            columns = min(columns, max(_LEAST, cells))
            rows = min(rows, max(1, cells // columns))
        return patch._replace(box=Box(left, top, left + columns, top + rows))
