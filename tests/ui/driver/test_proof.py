"""The proof: after every frame the screen is the one that stock Textual would have made."""

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

from tests.emulator import Emulator
from tests.ui.driver.panes import Panes
from tests.ui.driver.recorder import record
from tui.ui.driver.grid import Grid, Reader, is_frame
from tui.ui.driver.looks import Looks
from tui.ui.driver.painter import Painter
from tui.ui.driver.plates import Rack


class Ours:
    """Our half of the proof: frames through the grids to an emulator."""

    def __init__(
        self,
        columns: int,
        rows: int,
        *,
        erases: bool = True,
        scrolls: bool = True,
        rack: Rack | None = None,
    ) -> None:
        looks = Looks()
        self.reader, self.wanted = Reader(looks), Grid(columns, rows)
        self.painter = Painter(columns, rows, looks, erases=erases, scrolls=scrolls, rack=rack)
        self.emulator, self.sent = Emulator(columns, rows), 0

    def show(self, frames: Sequence[str]) -> None:
        for frame in frames:
            self.reader.read(frame, self.wanted)
        text = self.painter.paint(self.wanted)
        self.sent += len(text.encode())
        # The emulator's line feed returns the carriage only if told so; ours keep the column.
        self.emulator.feed(text)


def prove(
    frames: Sequence[str], size: tuple[int, int], together: int, *, erases: bool = True
) -> Ours:
    """Every `together` frames, the same cells on both screens."""
    stock, ours = Emulator(*size), Ours(*size, erases=erases)
    for emulator in (stock, ours.emulator):
        emulator.feed("\x1b[?7l")  # no wrap, as both drivers set it
    frames = [frame for frame in frames if is_frame(frame)]
    assert frames
    for at in range(0, len(frames), together):
        some = frames[at : at + together]
        for frame in some:
            stock.feed(frame)
        ours.show(some)
        for y, (theirs, mine) in enumerate(zip(stock.cells(), ours.emulator.cells(), strict=True)):
            assert mine == theirs, f"row {y} after frame {at}"
    return ours


TITLES = [
    "Ministers meet for a third day over the river treaty",
    "Élections : le décompte se poursuit “jusqu’à demain” — officiel",
    "東京の株式市場、午前の取引で続伸",
    "Storm leaves 40,000 homes without power",
    "Museum opens its new wing to the public",
    "한국은행 기준금리 동결",
    "Šťastný nový rok — ohňostroje nad městem",
]
KEYS = "jjjkjjddddjjjuujztabjjjjddukzptabpjjjjkjz"


def keys_of(text: str) -> list[str]:
    """Single keys of a text; "tab" is one."""
    return [part for piece in text.split("tab") for part in (*piece, "tab")][:-1]


@pytest.mark.parametrize("size", [(80, 24), (160, 45), (21, 6)])
@pytest.mark.parametrize("erases", [True, False])
async def test_recorded_session(size: tuple[int, int], erases: bool) -> None:
    app = Panes(
        [f"{TITLES[n % 7]} {n}" for n in range(400)],
        [f"{TITLES[n * 5 % 7]} " * 3 for n in range(300)],
    )
    frames = await record(app, keys_of(KEYS), size)
    ours = prove(frames, size, 1 if erases else 3, erases=erases)
    assert ours.sent < sum(len(frame.encode()) for frame in frames)


COLOURS = st.sampled_from(["default", "red", "#202020", "#c8c8c8", "color(200)", "bright_white"])
STYLES = st.builds(
    Style,
    color=COLOURS,
    bgcolor=COLOURS,
    bold=st.booleans(),
    italic=st.booleans(),
    underline=st.booleans(),
    reverse=st.booleans(),
    strike=st.booleans(),
    link=st.sampled_from([None, None, "https://example.org/"]),
)
TEXTS = st.text(alphabet="ab  c——“éж東한🎉", min_size=1, max_size=14)
SEGMENTS = st.builds(Segment, TEXTS, st.one_of(st.none(), STYLES))
SIZE = (26, 9)


def strip(segments: list[Segment], width: int) -> Strip:
    cut = Strip(segments).adjust_cell_length(width)
    # Textual's own cut through a wide character can be a cell too long.
    return cut if cell_len(cut.text) == width else Strip.blank(width)


@st.composite
def frame(draw: st.DrawFn, segments: st.SearchStrategy[Segment] = SEGMENTS) -> str:
    """A frame as the compositor writes it: all of some lines, or spans of one pane or both.

    Panes are 11 and 15 columns wide; as in Textual, no pane cuts another's wide characters.
    """
    console = Console(color_system="truecolor", force_terminal=True)
    columns, rows = SIZE
    top = draw(st.integers(0, rows - 1))
    bottom = draw(st.integers(top, rows - 1))
    edges = draw(st.sampled_from([(0, 11), (11, columns), (0, 11, columns)]))
    panes = list(pairwise(edges))
    lines = [
        {left: strip(draw(st.lists(segments, max_size=3)), right - left) for left, right in panes}
        for _ in range(bottom - top + 1)
    ]
    region = Region(edges[0], top, edges[-1] - edges[0], len(lines))
    if draw(st.booleans()):
        text = LayoutUpdate([line.values() for line in lines], region).render_segments(console)
    else:
        chops = [lines[y - top] if y in region.line_range else {} for y in range(rows)]
        spans = [(y, edges[0], edges[-1]) for y in region.line_range]
        text = ChopsUpdate(chops, spans, [list(edges[1:])] * rows).render_segments(console)
    return text + "\x1b[1;1H"


@st.composite
def session(draw: st.DrawFn, segments: st.SearchStrategy[Segment] = SEGMENTS) -> list[str]:
    """Frames, some of which move what an earlier one painted up or down."""
    frames = draw(st.lists(frame(segments), min_size=1, max_size=6))
    return [*frames, *draw(st.lists(st.sampled_from(frames), max_size=3))]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(session(), st.integers(1, 4), st.booleans())
def test_generated_sessions(frames: list[str], together: int, erases: bool) -> None:
    prove(frames, SIZE, together, erases=erases)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(["one", "two —", "三", "", "four four"]), min_size=30, max_size=60),
    st.lists(st.integers(0, 20), min_size=2, max_size=8),
    st.integers(0, 3),
)
def test_generated_scrolls(rows: list[str], places: list[int], fixed: int) -> None:
    """A full-width pane scrolls between a fixed head and foot."""
    columns, height = SIZE
    frames = []
    for place in places:
        lines = [f"head {place}"] * fixed + rows[place : place + height - fixed - 1] + ["foot"]
        body = "\n".join(
            f"\x1b[{y + 1};1H" + strip([Segment(line)], columns).text
            for y, line in enumerate(lines[:height])
        )
        frames.append(body + "\x1b[1;1H")
    prove(frames, SIZE, 1)
