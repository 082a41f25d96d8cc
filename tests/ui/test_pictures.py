"""Pictures of a session: the way to draw them changes with what becomes known."""

import asyncio
import io
import os
from collections.abc import Mapping

import pytest
from PIL import Image

from tui.ui.driver.graphics import graphics
from tui.ui.driver.plates import RUN
from tui.ui.images import Protocol
from tui.ui.images.tmux import Outer
from tui.ui.pictures import Pictures
from tui.ui.render.lines import Picture

ROW = Picture(0, 12, 5, 2)
URL = "https://example.org/a.png"


class Room:
    """Pictures whose file is always the same, and how often they asked to be drawn again."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        out = io.BytesIO()
        Image.new("RGB", (64, 48), "red").save(out, "PNG")
        self.drawn = 0
        self.pictures = Pictures(
            "auto",
            environment,
            load=lambda _url: out.getvalue(),
            send=lambda _text: None,
            redraw=self.redraw,
        )

    def redraw(self) -> None:
        self.drawn += 1

    async def row(self) -> str:
        """The text of a row, when it is ready."""
        while (row := self.pictures.row(URL, ROW)) is None:
            await asyncio.sleep(0.005)
        return "".join(segment.text for segment in row)


@pytest.fixture(autouse=True)
def silent(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal that said nothing yet."""
    monkeypatch.setattr(graphics(), "sixel", None)
    monkeypatch.setattr(graphics(), "cell", (5, 12))


async def test_half_blocks_until_the_terminal_says_that_it_has_sixel() -> None:
    room = Room({"TERM": "xterm-256color"})
    assert not RUN.search(await room.row())
    graphics().hear("c", (63, 4))
    assert room.pictures.protocol is Protocol.SIXEL
    assert RUN.fullmatch(await room.row())
    before = await room.row()
    assert await room.row() == before
    # Letters of another size: what was engraved does not fit any more.
    graphics().cell = (7, 15)
    assert await room.row() != before
    room.pictures.close()


async def test_tmux_is_asked_once_and_not_waited_for() -> None:
    room = Room({"PATH": os.environ["PATH"], "TERM": "tmux-256color", "TMUX": "/tmp/none,1,0"})
    assert room.pictures.most_rows(24, here=False) == 0
    for _ in range(2):
        assert room.pictures.most_rows(24, here=True) == 20
        assert room.drawn == 0
    while not room.drawn:
        await asyncio.sleep(0.005)
    assert (room.pictures._outer, room.drawn) == (Outer(), 1)
    found = [room.pictures.protocol]
    room.pictures._outer = Outer("xterm-kitty", passes=True)
    found.append(room.pictures.protocol)
    assert found == [Protocol.BLOCKS, Protocol.KITTY]
