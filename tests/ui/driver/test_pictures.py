"""Pictures that the driver lays over the cells: pixels where they belong, text everywhere else."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.segment import Segment

from tests.emulator import PIXELS, Emulator
from tests.ui.driver import plates
from tests.ui.driver.test_proof import SEGMENTS, SIZE, STYLES, Ours, session, strip
from tui.ui.driver.plates import Box, Patch, Plate, Rack

RACK = Rack()
PLATES = [plates.plate(RACK, 9, 6), plates.plate(RACK, 14, 4)]
ROWS = st.sampled_from([row for plate in PLATES for row in plate.cells()])
PARTS = st.builds(Segment, ROWS, st.one_of(st.none(), STYLES))
MIXED = st.one_of(SEGMENTS, PARTS, PARTS)


def lay(ours: Ours, patch: Patch, rows: int | None = None) -> None:
    """Draw a part, or its first `rows` rows."""
    box = patch.box
    if rows is not None:
        box = box._replace(bottom=min(box.bottom, box.top + rows))
    piece = patch._replace(box=box)
    goes_on = box.bottom < patch.box.bottom
    ours.emulator.feed(ours.painter.lay(piece, piece.plate.engrave(box, goes_on)))


def check(stock: Emulator, ours: Ours, *, drawn: bool) -> None:
    """Text as stock Textual has it; cells of pictures with their pixels, or (unless all are `drawn`)
    with what waits for them."""
    last = len(stock.cells()) - 1
    for y, (theirs, mine) in enumerate(zip(stock.cells(), ours.emulator.cells(), strict=True)):
        for x, (their, my) in enumerate(zip(theirs, mine, strict=True)):
            plate = RACK.find(their[0][:1] or " ")
            if plate is None:
                assert my == their, (x, y)
            elif my[0] == PIXELS:
                assert my[1] == plates.colour(plate, their[0]), (x, y)
            else:
                assert my[0] == plate.waiting(their[0]), (x, y)
                assert not drawn or y == last, (x, y)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(session(MIXED), st.data(), st.booleans())
def test_generated_sessions(frames: list[str], data: st.DataObject, erases: bool) -> None:
    stock, ours = Emulator(*SIZE), Ours(*SIZE, erases=erases, rack=RACK)
    for emulator in (stock, ours.emulator):
        emulator.feed("\x1b[?7l")
    for frame in frames:
        stock.feed(frame)
        ours.show([frame])
        check(stock, ours, drawn=False)
        if missing := ours.painter.missing(ours.wanted):
            for patch in missing[: data.draw(st.integers(0, len(missing)))]:
                lay(ours, patch, data.draw(st.integers(1, 3)))
            check(stock, ours, drawn=False)
    while missing := ours.painter.missing(ours.wanted):
        lay(ours, missing[0])
    check(stock, ours, drawn=True)


def page(top: int, height: int) -> list[str]:
    """Rows of a page, from row `top`, with a picture among its text."""
    picture = [f"  {row}" for row in PLATES[1].cells()]
    rows = [f"line {n} of the text" for n in range(6)] + picture
    rows += [f"line {n} below it" for n in range(20)]
    return rows[top : top + height]


def show(stock: Emulator, ours: Ours, rows: list[str]) -> None:
    columns = SIZE[0]
    body = "".join(
        f"\x1b[{y};1H{strip([Segment(row)], columns).text}" for y, row in enumerate(rows, 1)
    )
    stock.feed(body)
    ours.show([body])


@given(st.lists(st.integers(0, 14), min_size=2, max_size=8), st.booleans())
@settings(max_examples=60, deadline=None)
def test_pages_that_scroll(places: list[int], rests: bool) -> None:
    """The emulator refuses to scroll rows while there are pixels: they are taken away before."""
    stock, ours = Emulator(*SIZE), Ours(*SIZE, rack=RACK)
    for place in places:
        show(stock, ours, page(place, SIZE[1]))
        check(stock, ours, drawn=False)
        while rests and (missing := ours.painter.missing(ours.wanted)):
            lay(ours, missing[0])
    check(stock, ours, drawn=rests)


@pytest.fixture
def drawn() -> tuple[Emulator, Ours]:
    """A page with its picture on the screen."""
    stock, ours = Emulator(*SIZE), Ours(*SIZE, rack=RACK)
    show(stock, ours, page(4, SIZE[1]))
    (patch,) = ours.painter.missing(ours.wanted)
    lay(ours, patch)
    check(stock, ours, drawn=True)
    return stock, ours


def test_what_stays_is_not_sent_again(drawn: tuple[Emulator, Ours]) -> None:
    stock, ours = drawn
    before = ours.sent
    show(stock, ours, page(4, SIZE[1]))
    assert ours.sent == before
    assert ours.painter.missing(ours.wanted) == []


def test_a_look_that_changes_under_pixels_is_not_sent(drawn: tuple[Emulator, Ours]) -> None:
    _, ours = drawn
    before = ours.sent
    ours.show([f"\x1b[3;3H\x1b[44m{PLATES[1].cells()[0]}\x1b[0m"])
    assert ours.sent == before


def test_what_was_covered_is_all_that_is_drawn_again(drawn: tuple[Emulator, Ours]) -> None:
    stock, ours = drawn
    rows = page(4, SIZE[1])
    for y in (3, 4):
        rows[y] = rows[y][:5] + "popup" + rows[y][10:]
    show(stock, ours, rows)
    check(stock, ours, drawn=True)
    show(stock, ours, page(4, SIZE[1]))
    (patch,) = ours.painter.missing(ours.wanted)
    assert (patch.x, patch.y, patch.box) == (5, 3, Box(3, 1, 8, 3))
    lay(ours, patch)
    check(stock, ours, drawn=True)


def test_scrolling_takes_fewer_bytes_than_a_page(drawn: tuple[Emulator, Ours]) -> None:
    stock, ours = drawn
    before = ours.sent
    show(stock, ours, page(5, SIZE[1]))
    assert ours.sent - before < 160
    check(stock, ours, drawn=False)


def test_after_a_lost_screen_all_is_drawn_again(drawn: tuple[Emulator, Ours]) -> None:
    stock, ours = drawn
    ours.emulator.feed("\x1b[2J")
    ours.painter.lose(*SIZE)
    ours.show([])
    check(stock, ours, drawn=False)
    (patch,) = ours.painter.missing(ours.wanted)
    assert patch.box == Box(0, 0, 14, 4)


def engrave(_box: Box, _goes_on: bool) -> str:
    return ""


def test_cells_that_are_given_away_are_drawn_again() -> None:
    rack = Rack()
    ours = Ours(*SIZE, rack=rack)
    old = rack.add(20, 2, engrave)
    row = f"\x1b[1;1H{old.cells()[0]}"
    ours.show([row])
    (patch,) = ours.painter.missing(ours.wanted)
    ours.painter.lay(patch, "")
    assert not ours.painter.missing(ours.wanted)
    while rack.turn == 0:
        new = rack.add(200, 20, engrave)
    assert new.first == old.first
    ours.show([row])
    (patch,) = ours.painter.missing(ours.wanted)
    assert patch.plate is new


def test_text_that_looks_like_a_picture_is_blank() -> None:
    ours = Ours(*SIZE, rack=Rack())
    ours.show(["\x1b[1;1Ha\U000f8000\U000ffffdb"])
    assert ours.emulator.text().startswith("a  b")
    assert ours.painter.missing(ours.wanted) == []


def test_a_picture_larger_than_any_screen_is_refused() -> None:
    with pytest.raises(ValueError, match="cells"):
        Rack().add(4000, 20, engrave)


@pytest.mark.parametrize(
    ("find", "found"),
    [
        (lambda plate: plate.cell(0, 0), True),
        (lambda plate: plate.cell(8, 5), True),
        (lambda plate: chr(plate.end), False),
    ],
)
def test_a_plate_is_found_by_its_cells(find: Callable[[Plate], str], found: bool) -> None:
    rack = Rack()
    plate = rack.add(9, 6, engrave)
    assert (rack.find(find(plate)) is plate) is found
