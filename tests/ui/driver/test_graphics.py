"""What the terminal says of pictures, and what is asked then."""

import pytest

from tui.ui.driver.graphics import Graphics


@pytest.fixture
def graphics() -> Graphics:
    return Graphics()


def test_nothing_more_is_asked_of_a_terminal_without_sixel(graphics: Graphics) -> None:
    # The first number tells the kind of terminal; a VT132 is 4.
    for attributes in ((62, 22), (4, 6)):
        assert graphics.hear("c", attributes) == ""
        assert graphics.sixel is False


def test_limits_are_asked_of_one_with_sixel(graphics: Graphics) -> None:
    assert graphics.hear("c", (63, 1, 4)) == "\x1b[?1;1;0S\x1b[?2;1;0S\x1b[16t"
    assert graphics.sixel is True
    graphics.measured(0, 0, 80, 24)
    assert graphics.cell == (0, 0)
    for kind, numbers in (("S", (1, 0, 16)), ("S", (2, 0, 600, 390)), ("t", (6, 18, 9))):
        assert graphics.hear(kind, numbers) == ""
    assert (graphics.colours, graphics.largest, graphics.cell) == (16, (600, 390), (9, 18))


def test_the_window_tells_how_large_a_cell_is(graphics: Graphics) -> None:
    graphics.measured(604, 394, 100, 30)  # with a border
    assert graphics.cell == (6, 13)
    assert graphics.hear("c", (63, 4)) == "\x1b[?1;1;0S\x1b[?2;1;0S"


def test_refusals_change_nothing(graphics: Graphics) -> None:
    for kind, numbers in (("S", (1, 3)), ("S", (2, 3, 0)), ("t", (6, 0, 0)), ("c", (6,))):
        assert graphics.hear(kind, numbers) == ""
    assert (graphics.colours, graphics.largest, graphics.cell) == (256, (1000, 1000), (0, 0))


def test_more_registers_than_sixel_has_colours(graphics: Graphics) -> None:
    graphics.hear("S", (1, 0, 1024))
    assert graphics.colours == 256
