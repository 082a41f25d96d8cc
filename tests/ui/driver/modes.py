"""What state a terminal is in after all that was written to it."""

import re

_PRIVATE = re.compile(rb"\x1b\[\?([\d;]+)([hl])")
# Modes as a fresh terminal has them.
_FRESH = {b"25": b"h", b"7": b"h"}


def left_behind(raw: bytes) -> list[str]:
    """Modes that differ from a fresh terminal's, in words; [] if it is as it was."""
    state: dict[bytes, bytes] = {}
    for modes, value in _PRIVATE.findall(raw):
        for mode in modes.split(b";"):
            state[mode] = value
    wrong = [
        f"?{mode.decode()}{value.decode()}"
        for mode, value in state.items()
        if value != _FRESH.get(mode, b"l")
    ]
    keyboard = len(re.findall(rb"\x1b\[>\d+u", raw)) - raw.count(b"\x1b[<u")
    if keyboard:
        wrong.append("kitty keyboard")
    regions = re.findall(rb"\x1b\[([\d;]*)r", raw)
    if regions and regions[-1]:
        wrong.append("scroll region")
    pens = re.findall(rb"\x1b\[([\d;]*)m", raw)
    if pens and pens[-1].strip(b"0;"):
        wrong.append("pen")
    return wrong
