"""Sixel: what was encoded is read again as the same pixels."""

import io
import random
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from tests import sixels
from tui.ui.driver.plates import Box
from tui.ui.images import sixel
from tui.ui.images.decoding import BadPicture


@st.composite
def pictures(draw: st.DrawFn) -> Image.Image:
    """Pictures of runs and single pixels, in up to 256 colours."""
    width, height = draw(st.integers(1, 40)), draw(st.integers(6, 20))
    runs = draw(st.lists(st.tuples(st.integers(0, 255), st.integers(1, 30)), min_size=1))
    pixels = b"".join(bytes([colour]) * count for colour, count in runs)
    size = width * height
    image = Image.frombytes("P", (width, height), (pixels * size)[:size])
    image.putpalette([part for n in range(256) for part in (n, 255 - n, n * 7 % 256)])
    return image


def expected(image: Image.Image, height: int) -> sixels.Pixels:
    rgb = image.convert("RGB")
    return {
        (x, y): ";".join(str((part * 100 + 127) // 255) for part in _pixel(rgb, x, y))
        for y in range(height)
        for x in range(image.width)
    }


def _pixel(image: Image.Image, x: int, y: int) -> tuple[int, ...]:
    found = image.getpixel((x, y))
    assert isinstance(found, tuple)
    return tuple(map(int, found))


@given(pictures())
def test_read_again(image: Image.Image) -> None:
    for goes_on, height in ((True, image.height), (False, image.height // 6 * 6)):
        text = sixel.encode(image, goes_on=goes_on)
        found = sixels.decode(text.removeprefix("\x1bP").removesuffix("\x1b\\"))
        assert found == (image.width, height, expected(image, height))


def test_runs_are_counted() -> None:
    image = Image.new("P", (500, 6), 3)
    image.putpalette([9] * 768)
    assert sixel.encode(image) == '\x1bP0;1q"1;1;500;6#3;2;4;4;4#3!500~\x1b\\'


def photograph() -> bytes:
    """Something as soft, and of as many colours, as a photograph."""
    rng = random.Random(7)
    small = Image.frombytes("RGB", (20, 15), rng.randbytes(900))
    out = io.BytesIO()
    small.resize((320, 240), Image.Resampling.BICUBIC).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize("count", [2, 16, 32, 256])
def test_no_more_colours_than_asked_for(count: int) -> None:
    engrave = sixel.engraver(photograph(), 20, 6, (7, 15), count)
    text = engrave(Box(0, 0, 20, 6), False)
    _, _, pixels = sixels.decode(text[2:-2])
    assert 1 < len(set(pixels.values())) <= count


def test_parts_are_those_of_the_whole() -> None:
    engrave = sixel.engraver(photograph(), 20, 6, (7, 15), 64)
    *_, whole = sixels.decode(engrave(Box(0, 0, 20, 6), True)[2:-2])
    width, height, part = sixels.decode(engrave(Box(3, 2, 11, 4), True)[2:-2])
    assert (width, height) == (56, 30)
    assert part == {(x, y): whole[x + 21, y + 30] for x, y in part}
    assert len(part) == 56 * 30


def test_fewer_colours_on_a_slow_line() -> None:
    assert sixel.colours(256, slow=True) < sixel.colours(256, slow=False) == 256
    assert sixel.colours(16, slow=True) == 16
    sizes = []
    for count in (sixel.colours(256, slow=True), 256):
        text = sixel.engraver(photograph(), 30, 12, (8, 16), count)(Box(0, 0, 30, 12), False)
        sizes.append(len(text))
        assert 0.5 < len(text) / sixel.cost((8, 16), count) / (30 * 12) < 2
    assert sizes[0] < sizes[1]


def test_damaged_pictures_are_refused() -> None:
    with pytest.raises(BadPicture):
        sixel.engraver(b"GIF89a", 10, 4, (8, 16), 16)


@pytest.mark.skipif(not shutil.which("sixel2png"), reason="needs libsixel-bin")
def test_libsixel_reads_the_same(tmp_path: Path) -> None:
    engrave = sixel.engraver(photograph(), 20, 6, (7, 15), 64)
    text = engrave(Box(0, 0, 20, 6), False)
    (tmp_path / "a.six").write_text(text, encoding="ascii")
    subprocess.run(["sixel2png", "-i", "a.six", "-o", "a.png"], cwd=tmp_path, check=True)
    with Image.open(tmp_path / "a.png") as image:
        theirs = image.convert("RGB")
    *_, ours = sixels.decode(text[2:-2])
    assert theirs.size == (140, 90)
    for (x, y), colour in ours.items():
        percents = [round(part * 100 / 255) for part in _pixel(theirs, x, y)]
        assert ";".join(map(str, percents)) == colour
