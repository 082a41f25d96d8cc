"""Pictures: the way to draw them, limits, half blocks, kitty's placeholders, the gallery."""

import io
import random
import re
import threading
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from rich.cells import cell_len
from rich.color import ColorType

from tests import sixels
from tui.ui.driver import grid
from tui.ui.driver.depth import Depth
from tui.ui.driver.graphics import Graphics
from tui.ui.driver.line import LineMeter
from tui.ui.driver.looks import Looks
from tui.ui.driver.painter import Painter
from tui.ui.driver.plates import Box, rack
from tui.ui.images import Protocol, blocks, choose, decoding, kitty, waits_for_key
from tui.ui.images.gallery import Gallery, Wanted
from tui.ui.images.tmux import Outer


def picture(kind: str = "PNG", size: tuple[int, int] = (64, 48), mode: str = "RGB") -> bytes:
    """A red picture with a blue right half."""
    image = Image.new(mode, size, "red")
    image.paste("blue", (size[0] // 2, 0, *size))
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize(
    ("environment", "setting", "expected"),
    [
        ({"TERM": "xterm-kitty"}, "auto", Protocol.KITTY),
        ({"TERM": "xterm-ghostty"}, "auto", Protocol.KITTY),
        ({"TERM": "foot"}, "auto", Protocol.SIXEL),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"}, "auto", Protocol.SIXEL),
        ({"TERM": "foot", "TMUX": "/tmp/x,1,0"}, "auto", Protocol.BLOCKS),
        ({"TERM": "screen.mlterm"}, "auto", Protocol.BLOCKS),
        ({"TERM": "foot", "NO_COLOR": "1"}, "auto", Protocol.NEVER),
        ({"TERM": "xterm-256color"}, "auto", Protocol.BLOCKS),
        ({"TERM": "tmux-256color", "TMUX": "/tmp/x,1,0"}, "auto", Protocol.BLOCKS),
        ({"TERM": "xterm-kitty", "TMUX": "/tmp/x,1,0"}, "auto", Protocol.BLOCKS),
        ({"TERM": "xterm-kitty"}, "never", Protocol.NEVER),
        ({"TERM": "xterm-kitty", "NO_COLOR": "1"}, "auto", Protocol.NEVER),
        ({"TERM": "dumb"}, "auto", Protocol.NEVER),
        ({"TERM": "xterm"}, "kitty", Protocol.KITTY),
        ({"TERM": "xterm"}, "sixel", Protocol.SIXEL),
        ({"TERM": "xterm"}, "ask", Protocol.BLOCKS),
    ],
)
def test_choice(environment: dict[str, str], setting: str, expected: Protocol) -> None:
    assert choose(environment, setting, told(cell=(9, 18))) is expected


def told(
    sixel: bool | None = None, *, cell: tuple[int, int] = (0, 0), colours: int = 256
) -> Graphics:
    """What a terminal said."""
    graphics = Graphics()
    graphics.sixel, graphics.cell, graphics.colours = sixel, cell, colours
    return graphics


@pytest.mark.parametrize(
    ("environment", "said", "expected"),
    [
        ({"TERM": "xterm"}, told(True, cell=(9, 18)), Protocol.SIXEL),
        ({"TERM": "xterm"}, told(True), Protocol.BLOCKS),  # how large a cell is must be known
        ({"TERM": "foot"}, told(False, cell=(9, 18)), Protocol.BLOCKS),
        ({"TERM": "foot"}, told(), Protocol.BLOCKS),
        ({"TERM": "xterm-kitty"}, told(True, cell=(9, 18)), Protocol.KITTY),
        # tmux says so of itself, whatever is around it.
        ({"TERM": "tmux-256color"}, told(True, cell=(9, 18)), Protocol.BLOCKS),
        ({"TERM": "screen-256color"}, told(True, cell=(9, 18)), Protocol.BLOCKS),
    ],
)
def test_the_terminal_has_the_last_word(
    environment: dict[str, str], said: Graphics, expected: Protocol
) -> None:
    assert choose(environment, "auto", said) is expected


@pytest.mark.parametrize(
    ("outer", "expected"),
    [
        (Outer("xterm-kitty", passes=True), Protocol.KITTY),
        (Outer("xterm-ghostty", passes=True), Protocol.KITTY),
        (Outer("xterm-kitty", passes=False), Protocol.BLOCKS),
        (Outer("xterm-256color", passes=True), Protocol.BLOCKS),
        (Outer(), Protocol.BLOCKS),
    ],
)
def test_kitty_around_tmux(outer: Outer, expected: Protocol) -> None:
    environment = {"TERM": "tmux-256color", "TMUX": "/tmp/x,1,0"}
    assert choose(environment, "auto", told(), outer) is expected


def test_slow_line_waits_for_a_key() -> None:
    assert waits_for_key("ask", slow=False)
    assert waits_for_key("auto", slow=True)
    assert not waits_for_key("auto", slow=False)
    assert not waits_for_key("blocks", slow=True)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
@pytest.mark.parametrize("depth", list(Depth))
def test_half_blocks_fill_their_cells(kind: str, depth: Depth) -> None:
    lines = blocks.render(picture(kind), 20, 7, depth)
    assert [sum(cell_len(segment.text) for segment in line) for line in lines] == [20] * 7


def test_half_blocks_show_the_picture() -> None:
    (line,) = blocks.render(picture(), 10, 1, Depth.TRUE)
    ends = (line[0], line[-1])
    colours = [segment.style.bgcolor.triplet for segment in ends]  # type: ignore[union-attr]
    assert colours[0] is not None
    assert colours[1] is not None
    assert colours[0].red > 240 > colours[0].blue
    assert colours[1].blue > 240 > colours[1].red


def gradient() -> bytes:
    """From black to white, from left to right."""
    out = io.BytesIO()
    Image.linear_gradient("L").rotate(90).convert("RGB").save(out, "PNG")
    return out.getvalue()


def test_sixteen_colours_are_those_of_the_terminal() -> None:
    lines = blocks.render(gradient(), 40, 10, Depth.SIXTEEN)
    styles = [segment.style for line in lines for segment in line]
    colours = [colour for style in styles if style for colour in (style.color, style.bgcolor)]
    numbers = {colour.number for colour in colours if colour}
    assert {colour.type for colour in colours if colour} == {ColorType.STANDARD}
    # Black, both greys and white, mixed.
    assert {0, 7, 8, 15} <= numbers
    assert all(len(line) > 4 for line in lines)


def test_shades_without_colours_grow_lighter() -> None:
    lines = blocks.render(gradient(), 40, 10, Depth.MONO)
    columns = ["".join(line[0].text[x] for line in lines) for x in range(40)]
    light = [sum(" ░▒▓█".index(shade) for shade in column) for column in columns]
    assert light[0] == 0
    assert light[-1] == 40
    # Mixed, so that between two shades there are others.
    assert len(set(light)) > 12
    assert all(after - before >= -6 for before, after in pairwise(light))


def test_transparent_is_paper() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(out, "PNG")
    assert decoding.decode(out.getvalue(), 1, 1).getpixel((0, 0)) == (255, 255, 255)


def test_bombs_and_other_formats_are_refused() -> None:
    with pytest.raises(decoding.BadPicture, match="pixels"):
        decoding.decode(picture("PNG", (6000, 6000)), 8, 8)
    for kind in ("BMP", "TIFF", "EPS"):
        with pytest.raises(decoding.BadPicture):
            decoding.decode(picture(kind), 8, 8)


@given(st.binary(max_size=200), st.integers(0, 400), st.integers(0, 255))
def test_damaged_bytes_are_bad_pictures(junk: bytes, place: int, value: int) -> None:
    whole = bytearray(picture("JPEG"))
    whole[place % len(whole)] = value
    for data in (junk, bytes(whole), bytes(whole[: place + 1])):
        try:
            lines = blocks.render(data, 4, 2, Depth.INDEXED)
        except decoding.BadPicture:
            continue
        assert len(lines) == 2


def test_kitty_placeholders_reach_the_terminal_as_they_are() -> None:
    rows = kitty.cells(7, 6, 3)
    looks = Looks()
    wanted, reader, painter = grid.Grid(10, 3), grid.Reader(looks), Painter(10, 3, looks)
    frame = "".join(f"\x1b[{y};1H\x1b[38;5;7m{row[0].text}\x1b[0m" for y, row in enumerate(rows, 1))
    reader.read(frame, wanted)
    sent = painter.paint(wanted)
    assert sent.count(kitty.PLACEHOLDER) == 18
    for row in rows:
        for cell in re.findall(f"{kitty.PLACEHOLDER}..", row[0].text):
            assert cell in sent


def test_kitty_sends_in_pieces_and_through_tmux() -> None:
    noise = Image.frombytes("RGB", (200, 200), random.Random(1).randbytes(120_000))
    out = io.BytesIO()
    noise.save(out, "PNG")
    png = kitty.encode(out.getvalue(), 20, 10)
    text = kitty.transmit(png, 3, 20, 10, {})
    pieces = re.findall(r"\x1b_G([^;]*);([^\x1b]*)\x1b\\", text)
    assert "".join(f"\x1b_G{keys};{part}\x1b\\" for keys, part in pieces) == text
    assert [keys[-3:] for keys, _ in pieces] == ["m=1"] * (len(pieces) - 1) + ["m=0"]
    assert max(len(part) for _, part in pieces) <= 4096
    through = kitty.transmit(png, 3, 20, 10, {"TMUX": "x"})
    assert through.startswith("\x1bPtmux;\x1b\x1b_G")


def read(sequence: str) -> tuple[int, int, sixels.Pixels]:
    """A sixel sequence, read again."""
    assert sequence.startswith("\x1bP")
    assert sequence.endswith("\x1b\\")
    return sixels.decode(sequence[2:-2])


def gallery(
    data: bytes | None, protocol: Protocol, said: Graphics | None = None
) -> tuple[Gallery, list[str], threading.Event]:
    sent: list[str] = []
    ready = threading.Event()
    made = Gallery(
        protocol,
        Depth.TRUE,
        {},
        said or told(),
        load=lambda _: data,
        send=sent.append,
        ready=ready.set,
    )
    return made, sent, ready


@pytest.mark.parametrize("protocol", [Protocol.BLOCKS, Protocol.KITTY, Protocol.SIXEL])
def test_gallery_makes_a_picture_once(protocol: Protocol) -> None:
    pictures, sent, ready = gallery(picture(), protocol)
    wanted = Wanted("https://example.org/a.png", 12, 5)
    assert pictures.rows(wanted) is None
    assert ready.wait(20)
    rows = pictures.rows(wanted)
    assert rows is not None
    assert len(rows) == 5
    assert pictures.rows(wanted) is rows
    assert len(sent) == (protocol is Protocol.KITTY)
    pictures.close()
    assert len(sent) == 2 * (protocol is Protocol.KITTY)


def test_gallery_lays_sixels_over_cells() -> None:
    pictures, sent, ready = gallery(picture(), Protocol.SIXEL, told(True, cell=(5, 12)))
    wanted = Wanted("https://example.org/a.png", 12, 5)
    pictures.rows(wanted)
    assert ready.wait(20)
    rows = pictures.rows(wanted)
    assert rows is not None
    assert [sum(cell_len(segment.text) for segment in row) for row in rows] == [12] * 5
    plate = rack().find(rows[0][0].text[0])
    assert plate is not None
    width, height, pixels = read(plate.engrave(Box(0, 0, 12, 5), False))
    assert (width, height) == (60, 60)
    assert {pixels[0, 0], pixels[59, 59]} == {"100;0;0", "0;0;100"}
    pictures.close()
    assert sent == []


def test_pictures_whose_cells_are_given_away_are_made_again() -> None:
    pictures, _, ready = gallery(picture(), Protocol.SIXEL, told(True, cell=(1, 2)))
    first = Wanted("https://example.org/a.png", 12, 5)
    turn, made = rack().turn, [first]
    pictures.rows(first)
    while rack().turn == turn:
        assert ready.wait(20)
        ready.clear()
        made.append(Wanted(f"https://example.org/{len(made)}.png", 200, 20))
        pictures.rows(made[-1])
        pictures._thread.submit(int).result()
    assert list(pictures._made) == made[-1:]
    pictures.close()


def test_gallery_without_the_picture_asks_again_when_it_arrived() -> None:
    pictures, _, _ = gallery(None, Protocol.BLOCKS)
    wanted = Wanted("https://example.org/a.png", 12, 5)
    pictures.rows(wanted)
    pictures._thread.shutdown(wait=True)
    assert pictures.rows(wanted) is None
    assert pictures._made == {wanted: None}
    pictures.arrived()
    assert pictures._made == {}


def test_gallery_tells_the_time_a_picture_takes() -> None:
    pictures, _, _ = gallery(None, Protocol.BLOCKS)
    now = [0.0]
    meter = LineMeter(lambda: now[0])
    wanted = Wanted("u", 10, 10)
    assert pictures.seconds(wanted, meter) is None
    for size, took in ((10, 0.1), (4000, 1.1)):
        meter.sent(size, asked=True)
        now[0] += took
        meter.answered()
    # 4,000 bytes a second, 4,000 bytes, and the way there.
    assert pictures.seconds(wanted, meter) == pytest.approx(1.1)
    pictures.close()
    pictures, _, _ = gallery(None, Protocol.SIXEL, told(True, cell=(5, 10)))
    # Few colours: 30 bytes a cell.
    assert pictures.seconds(wanted, meter) == pytest.approx(0.85)
    pictures.close()
