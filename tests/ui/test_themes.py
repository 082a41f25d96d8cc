"""Themes can be read where they are shown."""

import pytest
from rich.color import Color

from tui.ui import themes

# xterm's own colours, the ones with the least contrast among common palettes.
XTERM = {1: (205, 0, 0), 2: (0, 205, 0), 3: (205, 205, 0), 4: (0, 0, 238), 5: (205, 0, 205),
         6: (0, 205, 205), 9: (255, 0, 0), 10: (0, 255, 0), 11: (255, 255, 0), 12: (92, 92, 255),
         13: (255, 0, 255), 14: (0, 255, 255)}  # fmt: skip
BLACK, WHITE = (0, 0, 0), (255, 255, 255)
Rgb = tuple[int, int, int]


def luminance(colour: Rgb) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = (c / 255 for c in colour)
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Rgb, other: Rgb) -> float:
    """From 1 to 21 (WCAG 2.2)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def rgb(colour: Color) -> Rgb:
    return tuple(colour.get_truecolor())  # type: ignore[return-value]


def test_the_terminals_own_colours_are_read_on_white_and_on_black() -> None:
    theme, problems = themes.load("terminal")
    assert problems == []
    for look, style in theme.looks.items():
        if style.color is not None and style.color.number is not None:
            ink = XTERM[style.color.number]
            assert min(contrast(ink, BLACK), contrast(ink, WHITE)) >= 3, look
            assert not style.reverse, look


@pytest.mark.parametrize(("name", "least"), [("light", 3), ("dark", 3), ("high-contrast", 7)])
def test_text_stands_out_from_its_paper(name: str, least: float) -> None:
    theme, problems = themes.load(name)
    assert problems == []
    lines = {"rule", "bar", "picture", "cursor-idle"}
    for look, style in theme.looks.items():
        assert style.color is not None and style.bgcolor is not None
        if look not in lines:
            assert contrast(rgb(style.color), rgb(style.bgcolor)) >= least, look
