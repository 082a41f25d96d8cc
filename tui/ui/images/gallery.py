"""The pictures of a session: decoded in a thread, kept as rows of cells, told when they are ready.

The rows of a picture are kept free before it is there, so nothing moves when it comes.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor

from rich.segment import Segment

from tui.domain.records import dataclass
from tui.ui.driver.depth import Depth
from tui.ui.driver.graphics import Graphics
from tui.ui.driver.line import LineMeter, meter
from tui.ui.driver.plates import rack
from tui.ui.images import Protocol, blocks, cell_of, kitty, sixel
from tui.ui.images.decoding import BadPicture

Rows = list[list[Segment]]
# Pictures kept ready.
_MOST = 24
# Bytes of a picture of kitty's, of those in half blocks.
_KITTY_SHARE = 0.35


@dataclass(frozen=True, slots=True)
class Wanted:
    """A picture on so many cells."""

    url: str
    columns: int
    rows: int


class Gallery:
    """`load` gives a picture's bytes or None (called in a thread); `send` writes to the terminal;
    `ready` is called in the thread when something more can be drawn; `told` is what the terminal
    said."""

    def __init__(
        self,
        protocol: Protocol,
        depth: Depth,
        environment: Mapping[str, str],
        told: Graphics,
        *,
        load: Callable[[str], bytes | None],
        send: Callable[[str], None],
        ready: Callable[[], None],
    ) -> None:
        self.protocol, self.depth, self._environment = protocol, depth, environment
        self.cell, self._colours = cell_of(told), told.colours
        self._load, self._send, self._ready = load, send, ready
        self._made: OrderedDict[Wanted, Rows | None] = OrderedDict()
        self._to_send: dict[Wanted, str] = {}
        self._waiting: set[Wanted] = set()
        self._thread = ThreadPoolExecutor(1, "pictures")
        self._number = 0

    def rows(self, wanted: Wanted) -> Rows | None:
        """The picture's lines if it is ready; else None, and it is being made."""
        if self.protocol is Protocol.NEVER:
            return None
        if wanted in self._made:
            self._made.move_to_end(wanted)
            if (message := self._to_send.pop(wanted, None)) is not None:
                self._send(message)
            return self._made[wanted]
        if wanted not in self._waiting:
            self._waiting.add(wanted)
            self._thread.submit(self._make, wanted)
        return None

    def arrived(self) -> None:
        """Pictures that were not here may be now: those that failed are tried again."""
        for wanted in [wanted for wanted, rows in self._made.items() if rows is None]:
            del self._made[wanted]

    def seconds(self, wanted: Wanted, meter: LineMeter) -> float | None:
        """How long the picture takes on this line, about; None if the line is not known."""
        cells = wanted.columns * wanted.rows
        if self.protocol is Protocol.SIXEL:
            return meter.seconds(round(cells * sixel.cost(self.cell, self._few(meter))))
        size = blocks.cost(wanted.columns, wanted.rows, self.depth)
        return meter.seconds(
            round(size * (_KITTY_SHARE if self.protocol is Protocol.KITTY else 1.0))
        )

    def _few(self, line: LineMeter) -> int:
        return sixel.colours(self._colours, slow=line.slow)

    def close(self) -> None:
        """Forget all pictures, the terminal's too."""
        self._thread.shutdown(wait=False, cancel_futures=True)
        if self.protocol is Protocol.KITTY and self._number:
            self._send(kitty.forget(self._environment))

    def _make(self, wanted: Wanted) -> None:
        rows: Rows | None = None
        try:
            data = self._load(wanted.url)
            if data is not None:
                rows = self._drawn(wanted, data)
        except BadPicture:
            rows = None
        finally:
            self._made[wanted] = rows
            self._waiting.discard(wanted)
            while len(self._made) > _MOST:
                old, _ = self._made.popitem(last=False)
                self._to_send.pop(old, None)
            if rows is not None:
                self._ready()

    def _drawn(self, wanted: Wanted, data: bytes) -> Rows:
        if self.protocol is Protocol.SIXEL:
            return self._laid(wanted, data)
        if self.protocol is not Protocol.KITTY or max(wanted.columns, wanted.rows) > kitty.MOST:
            return blocks.render(data, wanted.columns, wanted.rows, self.depth)
        png = kitty.encode(data, wanted.columns, wanted.rows)
        # Numbers are told by one of 255 colours; the oldest picture gives its number away.
        self._number = self._number % 255 + 1
        self._to_send[wanted] = kitty.transmit(
            png, self._number, wanted.columns, wanted.rows, self._environment
        )
        return kitty.cells(self._number, wanted.columns, wanted.rows)

    def _laid(self, wanted: Wanted, data: bytes) -> Rows:
        columns, rows, count = wanted.columns, wanted.rows, self._few(meter())
        engrave = sixel.engraver(data, columns, rows, self.cell, count)
        turn = rack().turn
        plate = rack().add(columns, rows, engrave, cost=sixel.cost(self.cell, count))
        if turn != rack().turn:
            # The other pictures' cells are given away.
            self._made.clear()
        return [[Segment(row)] for row in plate.cells()]
