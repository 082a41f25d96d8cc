"""Screens as readable text, at several sizes. `BROADSHEET_UPDATE_GOLDENS=1` writes them anew."""

import os
from pathlib import Path

import pytest

from tests.ui.conftest import Opener

GOLDENS = Path(__file__).parent / "goldens"
SIZES = ((80, 24), (120, 40), (50, 20))
SCREENS = {
    "list": (),
    "article": ("j", "enter"),
    "end-of-article": ("j", "enter", "G"),
    "names": ("j", "enter", "tab", "enter"),
    "entity": ("j", "enter", "tab", "E"),
    "teaser": ("4", "j", "enter"),
    "not-here": ("enter",),
    "japanese": ("3", "j", "enter"),
    "arabic": ("G", "enter"),
    "help": ("question_mark",),
    "feeds": ("F",),
    "editions": ("e",),
    "links": ("j", "enter", "l"),
    "palette": ("ctrl+p",),
    "log": ("L",),
}


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", SCREENS)
async def test_screen(open_reader: Opener, name: str, size: tuple[int, int]) -> None:
    async with open_reader(size=size, offline=True) as session:
        shown = await session.press(*SCREENS[name])
    lines = shown.rstrip("\n").split("\n")
    assert len(lines) == size[1]
    golden = GOLDENS / f"{name}-{size[0]}x{size[1]}.txt"
    if os.environ.get("BROADSHEET_UPDATE_GOLDENS"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(shown, encoding="utf-8")
    assert shown == golden.read_text(encoding="utf-8")


async def test_the_first_screen_of_an_empty_library(open_reader: Opener) -> None:
    async with open_reader(empty=True) as session:
        lines = session.text.split("\n")
    assert lines[:6] == [
        " Welcome to Broadsheet",
        "  Your library is empty. Enter chooses, q leaves this page.",
        "",
        "▌   Subscribe to a feed, or to any site                                       a",
        "    Read the sample edition first                               broadsheet demo",
        "",
    ]
