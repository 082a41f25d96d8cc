"""Pictures are sent when the page rests, in pieces, and only when nothing is under way."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest

from tests.emulator import CELL
from tests.ui.driver import plates
from tests.ui.driver.test_proof import Ours
from tui.ui.driver import drawing
from tui.ui.driver.drawing import Drawing
from tui.ui.driver.graphics import Graphics
from tui.ui.driver.line import LineMeter
from tui.ui.driver.plates import Rack

SIZE = (30, 16)


class Room:
    """A page with a picture, and a line whose state the test sets."""

    def __init__(self) -> None:
        self.rack = Rack()
        self.ours = Ours(*SIZE, rack=self.rack)
        self.plate = plates.plate(self.rack, 12, 8)
        self.graphics = Graphics()
        self.graphics.cell = CELL
        self.now = 0.0
        self.meter = LineMeter(lambda: self.now)
        self.free, self.acknowledges = True, False
        self.sent: list[str] = []
        self.drawing = Drawing(
            asyncio.get_running_loop(),
            self.ours.painter,
            self.meter,
            self.graphics,
            free=lambda: self.free,
            send=self.send,
        )

    def send(self, text: str) -> None:
        self.ours.emulator.feed(text)
        self.sent.append(text)
        # Until the terminal says that it has arrived.
        self.free = not self.acknowledges

    def show(self, y: int) -> None:
        """The picture at row `y`, nothing else."""
        rows = [" " * SIZE[0]] * SIZE[1]
        rows[y : y + 8] = [f"{row:<{SIZE[0]}}" for row in self.plate.cells()]
        frame = "".join(f"\x1b[{at};1H{row}" for at, row in enumerate(rows[: SIZE[1]], 1))
        self.ours.show([frame])
        self.drawing.look(self.ours.wanted)

    def rate(self, rate: float) -> None:
        """The line carries so many bytes a second."""
        for size in (10, 10_000):
            self.meter.sent(size, asked=True)
            self.now += size / rate
            self.meter.answered()

    async def until(self, true: Callable[[], bool]) -> None:
        """Wait, as long as it takes."""
        while not true():
            await asyncio.sleep(0.005)

    @property
    def missing(self) -> int:
        """Cells without their pixels."""
        boxes = [patch.box for patch in self.ours.painter.missing(self.ours.wanted)]
        return sum((box.right - box.left) * (box.bottom - box.top) for box in boxes)


@pytest.fixture
async def room() -> AsyncIterator[Room]:
    room = Room()
    yield room
    room.drawing.stop()


async def test_drawn_whole_where_it_rests(room: Room) -> None:
    room.show(3)
    assert room.sent == []
    await room.until(lambda: room.missing == 0)
    assert len(room.sent) == 1


async def test_nothing_is_drawn_while_it_moves(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    loop = asyncio.get_running_loop()
    now = loop.time()
    monkeypatch.setattr(loop, "time", lambda: now)  # time stands still but for the steps below
    for y in range(6):
        room.show(y)
        now += drawing._REST * 2 / 3
        for _ in range(3):
            await asyncio.sleep(0)  # lets timers whose time has come be called
    assert not room.drawing._engraving
    assert room.sent == []
    monkeypatch.undo()
    await room.until(lambda: room.missing == 0)
    assert "\x1b[6H" in room.sent[0]


async def test_frames_that_leave_it_in_place_do_not_put_it_off(room: Room) -> None:
    room.show(3)
    while room.missing:
        room.drawing.look(room.ours.wanted)
        await asyncio.sleep(drawing._REST / 10)
    assert len(room.sent) == 1


async def test_waits_for_the_line(room: Room) -> None:
    room.free = False
    room.show(3)
    await room.until(lambda: room.drawing._rests)
    assert room.sent == []
    room.free = True
    room.drawing.look(room.ours.wanted)
    await room.until(lambda: room.missing == 0)


async def test_a_slow_line_gets_pieces(room: Room) -> None:
    # Two rows of twelve cells, at a byte a cell, in 0.3 seconds.
    room.rate(80)
    room.acknowledges = True
    room.show(3)
    for left in (72, 48, 24, 0):
        await room.until(lambda: len(room.sent) > 0)
        assert room.missing == left
        await asyncio.sleep(0.02)
        assert len(room.sent) == 1
        room.sent.clear()
        room.free = True
        room.drawing.look(room.ours.wanted)


async def test_a_very_slow_line_gets_parts_of_rows(room: Room) -> None:
    room.rate(10)
    room.show(3)
    await room.until(lambda: room.missing == 0)
    assert len(room.sent) == 16


async def test_pieces_join_without_a_seam(room: Room) -> None:
    room.graphics.largest = (5 * CELL[0], 3 * CELL[1])
    room.show(3)
    await room.until(lambda: room.missing == 0)
    heights = [int(text.split('"')[1].split("#")[0].split(";")[3]) for text in room.sent]
    assert len(room.sent) == 9
    assert max(heights) == 27
    cells = room.ours.emulator.cells()
    for y, row in enumerate(room.plate.cells()):
        for x, cell in enumerate(row):
            assert cells[3 + y][x][1] == plates.colour(room.plate, cell)


async def test_a_piece_whose_place_is_gone_is_not_sent(room: Room) -> None:
    room.rate(80)
    room.acknowledges = True
    room.show(3)
    await room.until(lambda: bool(room.sent))
    room.show(5)
    assert room.missing == 96
    room.sent.clear()
    room.free, room.acknowledges = True, False
    await room.until(lambda: room.missing == 0)
    assert len(room.sent) == 4


async def test_nothing_after_the_end(room: Room) -> None:
    room.show(3)
    room.drawing.stop()
    await asyncio.sleep(drawing._REST * 2)
    assert room.sent == []
