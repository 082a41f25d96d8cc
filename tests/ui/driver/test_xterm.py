"""Sixel in a real xterm: every pixel of a picture is where it belongs, and none is left behind."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import pytest
from PIL import Image, ImageGrab

from tests.terminal import PATIENCE
from tests.ui.driver import plates
from tui.ui.driver.plates import Plate, Rack

NEEDED = ("Xvfb", "xterm", "xdotool", "xrefresh")
pytestmark = [
    pytest.mark.pty,
    pytest.mark.skipif(
        not all(map(shutil.which, NEEDED)), reason=f"needs {', '.join(NEEDED)} (Debian packages)"
    ),
]

COLUMNS, ROWS = 12, 8
# What the plate of the program looks like: the first of a rack.
PLATE: Plate = plates.plate(Rack(), COLUMNS, ROWS)
COLOURS = [plates.rgb(PLATE, number) for number in range(COLUMNS * ROWS)]
Boxes = dict[int, tuple[int, int, int, int]]


class Xterm:
    """The small reader with a picture in it, in xterm on a display of its own."""

    def __init__(self) -> None:
        self.server = subprocess.Popen(
            ["Xvfb", "-displayfd", "1", "-noreset", "-screen", "0", "900x500x24"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert self.server.stdout is not None
        with self.server.stdout as told:
            self.display = f":{int(told.readline())}"
        self.environment = {**os.environ, "DISPLAY": self.display}
        program = [sys.executable, "-m", "tests.ui.driver.program", "--picture"]
        options = ["-ti", "vt340", "-geometry", "100x24+0+0", "-fn", "fixed", "+sb"]
        shell = ["sh", "-c", '"$@"; sleep 100', "sh"]
        self.xterm = subprocess.Popen(
            ["xterm", *options, "-e", *shell, *program], env=self.environment
        )

    def press(self, key: str) -> None:
        """Type one key."""
        subprocess.run(
            ["xdotool", "mousemove", "50", "50", "key", key], env=self.environment, check=True
        )

    def boxes(self) -> Boxes:
        """Where each cell's colour is on the screen (left, top, right, bottom), of those there are.

        Every pixel in the box has that colour: half of a cell, or one that is there twice, fails.
        """
        # What was scrolled is moved on the screen; where xterm thinks a picture is shows when it draws
        # the window anew.
        subprocess.run(["xrefresh"], env=self.environment, check=True)
        time.sleep(0.1)
        screen = ImageGrab.grab(xdisplay=self.display).convert("RGB")
        found: Boxes = {}
        for number, colour in enumerate(COLOURS):
            mask = _only(screen, colour)
            if (box := mask.getbbox()) is not None:
                assert mask.crop(box).getextrema() == (255, 255), number
                found[number] = box
        return found

    def wait_for(self, true: Callable[[Boxes], bool]) -> Boxes:
        """Look until it is true."""
        end = time.monotonic() + PATIENCE
        error: AssertionError | None = None
        while time.monotonic() < end:
            try:
                boxes = self.boxes()
                if true(boxes):
                    return boxes
                error = None
            except AssertionError as halfway:
                error = halfway
            time.sleep(0.2)
        raise error or AssertionError(f"{len(boxes)} cells at {boxes.get(0)}")

    def close(self) -> None:
        """End both."""
        for process in (self.xterm, self.server):
            process.terminate()
            process.wait()


def _only(screen: Image.Image, colour: tuple[int, int, int]) -> Image.Image:
    """White where `screen` has `colour`; sixel rounds it to percents."""
    mask = Image.new("L", screen.size, 255)
    for band, part in zip(screen.split(), colour, strict=True):
        near = band.point([255 if abs(value - part) <= 3 else 0 for value in range(256)])
        mask.paste(0, mask=near.point(lambda value: 255 - value))
    return mask


@pytest.fixture
def xterm() -> Iterator[Xterm]:
    made = Xterm()
    yield made
    made.close()


def whole(boxes: Boxes) -> bool:
    """All cells are there."""
    return len(boxes) == COLUMNS * ROWS


def test_comes_moves_is_covered_and_goes(xterm: Xterm) -> None:
    first = xterm.wait_for(whole)
    # Cells lie side by side, without seams.
    for number, (left, top, right, bottom) in first.items():
        if (number + 1) % COLUMNS:
            assert first[number + 1][:2] == (right, top)
        if number + COLUMNS < COLUMNS * ROWS:
            assert first[number + COLUMNS][:2] == (left, bottom)
    height = first[0][3] - first[0][1]
    # A pop-up: what is under it goes, the rest stays; then all is there again.
    xterm.press("p")
    covered = xterm.wait_for(lambda boxes: 0 < len(boxes) < COLUMNS * ROWS)
    assert covered.items() < first.items()
    xterm.press("p")
    assert xterm.wait_for(whole) == first
    # A line down, in the article pane and then in one pane as wide as the screen.
    xterm.press("Tab")
    xterm.press("j")
    moved = xterm.wait_for(lambda boxes: whole(boxes) and boxes != first)
    assert moved[0][1] == first[0][1] - height
    xterm.press("z")
    alone = xterm.wait_for(lambda boxes: whole(boxes) and boxes != moved)
    xterm.press("k")
    back = xterm.wait_for(lambda boxes: whole(boxes) and boxes != alone)
    assert back[0] == (alone[0][0], alone[0][1] + height, alone[0][2], alone[0][3] + height)
    # Scrolled away, and back again.
    xterm.press("d")
    xterm.press("d")
    xterm.wait_for(lambda boxes: not boxes)
    xterm.press("u")
    xterm.press("u")
    xterm.wait_for(whole)
    xterm.press("q")
    xterm.wait_for(lambda boxes: not boxes)
