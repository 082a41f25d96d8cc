"""Looks: how a cell is drawn. Interned as one character each, so that a row's looks are one string.

Codes are those of ECMA-48 (SGR) with xterm's 38/48 colours and OSC 8 links.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

# Bit, code that sets, code that clears. 1 and 2 share 22, 4 and 21 share 24, 51 and 52 share 54.
_ATTRIBUTES = (
    (1, "1", "22"),
    (2, "2", "22"),
    (4, "3", "23"),
    (8, "4", "24"),
    (16, "5", "25"),
    (32, "6", "25"),
    (64, "7", "27"),
    (128, "8", "28"),
    (256, "9", "29"),
    (512, "21", "24"),
    (1024, "51", "54"),
    (2048, "52", "54"),
    (4096, "53", "55"),
)
_SETS = {code: bit for bit, code, _ in _ATTRIBUTES}
_CLEARS: dict[str, int] = {}
for _bit, _, _off in _ATTRIBUTES:
    _CLEARS[_off] = _CLEARS.get(_off, 0) | _bit
# What can be seen where nothing is written: underlines, reverse, strike, frames, overline.
_SEEN_ON_BLANK = 8 | 64 | 256 | 512 | 1024 | 2048 | 4096
# Interned looks beyond this many are compacted (pictures make thousands).
MOST = 100_000


class Look(NamedTuple):
    """Foreground and background as SGR parameters ("" is the terminal's own), attributes, link."""

    front: str = ""
    back: str = ""
    attributes: int = 0
    link: str = ""


PLAIN = Look()


@lru_cache(maxsize=8192)
def apply(look: Look, parameters: str) -> Look:
    """`look` after the SGR `parameters` ("1;38;5;12"). Unknown ones are passed over."""
    front, back, attributes = look.front, look.back, look.attributes
    codes = parameters.split(";")
    at = 0
    while at < len(codes):
        code = codes[at].lstrip("0")
        at += 1
        if not code:
            front, back, attributes = "", "", 0
        elif code in _SETS:
            attributes |= _SETS[code]
        elif code in _CLEARS:
            attributes &= ~_CLEARS[code]
        elif code in ("38", "48"):
            length = {"5": 2, "2": 4}.get(codes[at] if at < len(codes) else "", 0)
            colour = ";".join([code, *codes[at : at + length]])
            at += length
            if length and at <= len(codes):
                front, back = (colour, back) if code == "38" else (front, colour)
        elif code == "39":
            front = ""
        elif code == "49":
            back = ""
        elif re.fullmatch(r"3[0-7]|9[0-7]", code):
            front = code
        elif re.fullmatch(r"4[0-7]|10[0-7]", code):
            back = code
    return Look(front, back, attributes, look.link)


def blank(look: Look) -> Look:
    """What is left of `look` where a space is: two spaces with equal blanks look the same."""
    if look.link or look.attributes & _SEEN_ON_BLANK:
        return look
    return Look("", look.back)


def erasable(look: Look) -> bool:
    """True if erasing with this look is the same as writing spaces with it."""
    return not look.link and not look.attributes & _SEEN_ON_BLANK


@lru_cache(maxsize=16384)
def change(old: Look, new: Look) -> str:
    """The shortest sequence that takes the terminal's pen from `old` to `new`."""
    link = f"\x1b]8;{_link_id(new.link)};{new.link}\x1b\\" if old.link != new.link else ""
    if old[:3] == new[:3]:
        return link
    return link + min(_whole(new), _delta(old, new), key=len)


def _link_id(url: str) -> str:
    # One id for one address: a link that goes over two lines is lit as one.
    return f"id={len(url) % 36:x}{sum(url.encode()) % 4096:x}" if url else ""


def parameters(look: Look) -> str:
    """The SGR parameters that make a plain pen into `look`."""
    codes = [code for bit, code, _ in _ATTRIBUTES if look.attributes & bit]
    codes += [colour for colour in (look.front, look.back) if colour]
    return ";".join(codes)


def _whole(new: Look) -> str:
    codes = parameters(new)
    # An empty parameter is 0: start anew.
    return f"\x1b[;{codes}m" if codes else "\x1b[m"


def _delta(old: Look, new: Look) -> str:
    codes: list[str] = []
    kept = old.attributes
    for bit, _, off in _ATTRIBUTES:
        if kept & bit and not new.attributes & bit:
            codes.append(off)
            kept &= ~_CLEARS[off]
    codes += [code for bit, code, _ in _ATTRIBUTES if new.attributes & ~kept & bit]
    if old.front != new.front:
        codes.append(new.front or "39")
    if old.back != new.back:
        codes.append(new.back or "49")
    return f"\x1b[{';'.join(codes)}m"


class Looks:
    """Looks by number. Number 0 is the terminal's own."""

    def __init__(self) -> None:
        self.known: list[Look] = [PLAIN]
        self.blanks: list[int] = [0]
        self._numbers: dict[Look, int] = {PLAIN: 0}

    def number(self, look: Look) -> int:
        """The number of `look`."""
        found = self._numbers.get(look)
        if found is None:
            found = self._numbers[look] = len(self.known)
            self.known.append(look)
            self.blanks.append(found)
            self.blanks[found] = self.number(blank(look))
        return found

    def compact(self, rows: Iterable[str]) -> dict[int, int]:
        """Forget looks that no row uses; returns old number -> new, for `str.translate`."""
        old = self.known
        used = sorted({ord(cell) for cell in set().union(*map(set, rows))} - {0})
        self.known, self.blanks, self._numbers = [PLAIN], [0], {PLAIN: 0}
        return {number: self.number(old[number]) for number in used}
