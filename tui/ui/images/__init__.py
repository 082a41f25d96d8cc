"""Pictures in the terminal: which way they can be drawn here, and how large they are then.

    choose     the way, from the settings and the environment
    blocks     half blocks: two pixels a cell, on every terminal with colours
    kitty      kitty's protocol with Unicode placeholders: cells like any other, so they scroll
    gallery    decoding in the background, and what is ready

Pillow is optional (extra `images`); without it there is a line of text in a picture's place.
"""

from collections.abc import Mapping
from enum import StrEnum
from importlib.util import find_spec


class Protocol(StrEnum):
    """A way to draw pictures; the values are those of the setting `screen.images`."""

    NEVER = "never"
    BLOCKS = "blocks"
    KITTY = "kitty"


_KITTY = ("kitty", "ghostty")


def choose(environment: Mapping[str, str], setting: str = "auto") -> Protocol:
    """The way to draw here; `setting` is `screen.images`.

    Only what the environment names is trusted: a question to the terminal would cost a round trip.
    Over ssh the terminal's name comes along in TERM; inside tmux it is tmux's, which passes kitty's
    protocol on only if told so (allow-passthrough), so there it must be asked for by setting.
    """
    if setting == Protocol.NEVER or not available():
        return Protocol.NEVER
    if setting in (Protocol.KITTY, Protocol.BLOCKS):
        return Protocol(setting)
    term = environment.get("TERM", "").lower()
    if term in ("", "dumb", "unknown") or environment.get("NO_COLOR"):
        return Protocol.NEVER
    if in_tmux(environment) or term.startswith("screen"):
        return Protocol.BLOCKS
    program = environment.get("TERM_PROGRAM", "").lower()
    if any(name in (term, program) or name in term for name in _KITTY):
        return Protocol.KITTY
    return Protocol.BLOCKS


def waits_for_key(setting: str, *, slow: bool) -> bool:
    """True if pictures are drawn on a key only: by setting, or because the line is slow."""
    return setting == "ask" or (setting == "auto" and slow)


def in_tmux(environment: Mapping[str, str]) -> bool:
    """True inside tmux."""
    return bool(environment.get("TMUX")) or environment.get("TERM", "").startswith("tmux")


def available() -> bool:
    """True if Pillow is installed."""
    return find_spec("PIL") is not None
