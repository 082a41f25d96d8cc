"""Pictures in the terminal: which way they can be drawn here, and how large they are then.

    choose     the way, from the settings and the environment
    blocks     half blocks: two pixels a cell, on every terminal with colours
    kitty      kitty's protocol with Unicode placeholders: cells like any other, so they scroll
    sixel      the VT340's bands of pixels, which the driver lays over cells that it keeps free
    tmux       what is around it
    gallery    decoding in the background, and what is ready

Pillow is optional (extra `images`); without it there is a line of text in a picture's place.
"""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

from tui.ui.driver.graphics import Graphics

if TYPE_CHECKING:
    from tui.ui.images.tmux import Outer


class Protocol(StrEnum):
    """A way to draw pictures; the values are those of the setting `screen.images`."""

    NEVER = "never"
    BLOCKS = "blocks"
    KITTY = "kitty"
    SIXEL = "sixel"


_KITTY = ("kitty", "ghostty")
# Until the terminal has said it itself.
_SIXEL = ("foot", "mlterm", "contour", "wezterm", "mintty")
# The VT340's, where a terminal does not tell its own.
_USUAL_CELL = (10, 20)


def choose(
    environment: Mapping[str, str],
    setting: str = "auto",
    told: Graphics | None = None,
    outer: "Outer | None" = None,
) -> Protocol:
    """The way to draw here; `setting` is `screen.images`, `told` what the terminal said, `outer` what
    is around tmux.

    Over ssh the terminal's name comes along in TERM, and its answers too. Inside tmux both are
    tmux's: it says that it has sixel when the terminal around it has none, and hands kitty's protocol
    on only if told so (allow-passthrough). screen and mosh hand nothing on, and don't say that they
    would.
    """
    if setting == Protocol.NEVER or not available():
        return Protocol.NEVER
    if setting in (Protocol.KITTY, Protocol.SIXEL, Protocol.BLOCKS):
        return Protocol(setting)
    term = environment.get("TERM", "").lower()
    if term in ("", "dumb", "unknown") or environment.get("NO_COLOR"):
        return Protocol.NEVER
    if in_tmux(environment) or term.startswith("screen"):
        around = outer is not None and outer.passes and _names(_KITTY, outer.term)
        return Protocol.KITTY if around else Protocol.BLOCKS
    program = environment.get("TERM_PROGRAM", "").lower()
    if _names(_KITTY, term, program):
        return Protocol.KITTY
    told = told or Graphics()
    named = _names(_SIXEL, term, program)
    if told.cell[0] and (named if told.sixel is None else told.sixel):
        return Protocol.SIXEL
    return Protocol.BLOCKS


def _names(known: tuple[str, ...], *words: str) -> bool:
    return any(name in word for word in words for name in known)


def cell_of(told: Graphics) -> tuple[int, int]:
    """Width and height of a cell in pixels."""
    return told.cell if told.cell[0] else _USUAL_CELL


def waits_for_key(setting: str, *, slow: bool) -> bool:
    """True if pictures are drawn on a key only: by setting, or because the line is slow."""
    return setting == "ask" or (setting == "auto" and slow)


def in_tmux(environment: Mapping[str, str]) -> bool:
    """True inside tmux."""
    return bool(environment.get("TMUX")) or environment.get("TERM", "").startswith("tmux")


@cache
def available() -> bool:
    """True if Pillow is installed."""
    return find_spec("PIL") is not None
