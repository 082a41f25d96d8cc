"""What becomes of characters that the terminal has no picture of.

Only the Linux console is in doubt: its font has 256 or 512 of them, and what it lacks is drawn as one
and the same box. On the spot the kernel tells what the font has; over SSH what Debian's fonts lack is
taken to be missing. All else is sent as it is, and keeps its width.
"""

import array
import fcntl
import struct
import unicodedata
from collections.abc import Mapping

# <linux/kd.h>: the characters of the font, as (character, place in the font) in 16 bits each.
_GIO_UNIMAP = 0x4B66
_DESCRIPTION = "HP"
_MOST = 4096
# Stand-ins, the best first; the last is in every font.
_STAND_INS = {
    **dict.fromkeys("‘’‚‛′", "'"),
    **dict.fromkeys("“”„‟″", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("▁▂", "_"),
    **dict.fromkeys("▃▄", "▄-"),
    **dict.fromkeys("▅▆", "▄="),
    **dict.fromkeys("▇█■▓▒░", "█#"),
    **dict.fromkeys("▌▐", "█|"),
    **dict.fromkeys("▎▏│┃", "│|"),
    **dict.fromkeys("─━", "─-"),
    "●": "•*",
    "•": "*",
    "○": "°o",
    "◆": "♦*",
    "★": "*",
    "☆": "*",
    "≡": "=",
    "×": "x",
    "▸": "►>",
    "→": ">",
    "←": "<",
    "✓": "√v",
    "✗": "x",
    "…": ".",
    "·": ".",
    "└": "`",
    "€": "E",
    "«": '"',
    "»": '"',
    "‹": "'",
    "›": "'",
    "\u00a0": " ",
    "\u202f": " ",
}
# What the fonts of Debian's console-setup lack, of the signs above.
_RARE = frozenset("★☆○◆▌✓✗▸▎▏▁▂▃▅▆▇━┃‛‟′″‒―")


def console_font(descriptor: int) -> frozenset[str] | None:
    """The characters of the console's font; None if this is no console."""
    pairs = array.array("H", bytes(4 * _MOST))
    told = bytearray(struct.pack(_DESCRIPTION, _MOST, pairs.buffer_info()[0]))
    try:
        fcntl.ioctl(descriptor, _GIO_UNIMAP, told)
    except OSError:
        return None
    count = struct.unpack(_DESCRIPTION, told)[0]
    return frozenset(map(chr, pairs[: 2 * count : 2])) | {" "}


class Letters(dict[int, str]):
    """A table for `str.translate` that fills itself. `font` is what can be shown; None if that is
    not known."""

    def __init__(self, font: frozenset[str] | None) -> None:
        super().__init__()
        self._font = font

    def __missing__(self, code: int) -> str:
        character = chr(code)
        shown = character if self._shows(character) else self._stand_in(character)
        self[code] = shown
        return shown

    def _shows(self, character: str) -> bool:
        if character < "\x7f" or unicodedata.east_asian_width(character) in "WF":
            return True
        return character not in _RARE if self._font is None else character in self._font

    def _stand_in(self, character: str) -> str:
        for other in _STAND_INS.get(character, ""):
            if self._shows(other):
                return other
        # A letter without its accents; a mark without its letter is nothing.
        plain = unicodedata.normalize("NFKD", character)[0]
        if unicodedata.combining(plain):
            return ""
        return plain if self._font is not None and self._shows(plain) else character


def letters(environment: Mapping[str, str], descriptor: int) -> Letters | None:
    """The table for this terminal; None if it shows everything."""
    if not environment.get("TERM", "").startswith("linux"):
        return None
    return Letters(console_font(descriptor))
