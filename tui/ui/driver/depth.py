"""How many colours the terminal has, and what becomes of the others.

NO_COLOR (no-color.org), COLORTERM and TERM decide; a slow line may ask for fewer.
"""

from collections.abc import Mapping
from enum import IntEnum
from functools import lru_cache

from rich.color import Color, ColorSystem, ColorType

from tui.ui.driver.looks import Look


class Depth(IntEnum):
    """Colours that can be shown; more is greater."""

    MONO = 0
    SIXTEEN = 1
    INDEXED = 2
    TRUE = 3


_SYSTEMS = {
    Depth.SIXTEEN: ColorSystem.STANDARD,
    Depth.INDEXED: ColorSystem.EIGHT_BIT,
    Depth.TRUE: ColorSystem.TRUECOLOR,
}
_TRUE = ("-direct", "kitty", "alacritty", "foot", "wezterm", "ghostty", "contour")
_MONO = ("dumb", "unknown", "vt", "ansi-m", "cons25-m", "linux-m")


def detect(environment: Mapping[str, str]) -> Depth:
    """The depth that `environment` promises."""
    term = environment.get("TERM", "").lower()
    if environment.get("NO_COLOR"):
        return Depth.MONO
    if environment.get("COLORTERM", "").lower() in ("truecolor", "24bit"):
        return Depth.TRUE
    if any(name in term for name in _TRUE):
        return Depth.TRUE
    if "256" in term:
        return Depth.INDEXED
    if not term or term.startswith(_MONO):
        return Depth.MONO
    return Depth.SIXTEEN


@lru_cache(maxsize=16384)
def reduce(look: Look, depth: Depth) -> Look:
    """`look` in the colours of `depth`."""
    if depth is Depth.TRUE:
        return look
    return look._replace(
        front=_colour(look.front, depth, True), back=_colour(look.back, depth, False)
    )


@lru_cache(maxsize=16384)
def _colour(parameters: str, depth: Depth, front: bool) -> str:
    if not parameters or depth is Depth.MONO:
        return ""
    codes = parameters.split(";")
    if codes[1:2] == ["2"] and len(codes) == 5:
        colour = Color.from_rgb(*(float(min(int(code or 0), 255)) for code in codes[2:]))
    elif codes[1:2] == ["5"] and len(codes) == 3:
        number = min(int(codes[2] or 0), 255)
        kind = ColorType.STANDARD if number < 16 else ColorType.EIGHT_BIT
        colour = Color(parameters, kind, number)
    else:
        return parameters
    return ";".join(colour.downgrade(_SYSTEMS[depth]).get_ansi_codes(front))
