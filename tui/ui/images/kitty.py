"""Kitty's graphics with Unicode placeholders (its documentation, "Unicode placeholders").

The picture is sent once, under a number; then cells of U+10EEEE whose marks tell row and column
and whose colour tells the number show it. They are cells like any other: they scroll, are covered
and are sent by the same driver.
"""

import base64
import io
from collections.abc import Mapping

from rich.segment import Segment
from rich.style import Style

from tui.ui.images import in_tmux
from tui.ui.images.decoding import decode

PLACEHOLDER = "\U0010eeee"
# The first of the marks that stand for 0, 1, 2, ... (kitty's rowcolumn-diacritics.txt).
_MARKS = (
    "\u0305\u030d\u030e\u0310\u0312\u033d\u033e\u033f\u0346\u034a\u034b\u034c\u0350\u0351\u0352"
    "\u0357\u035b\u0363\u0364\u0365\u0366\u0367\u0368\u0369\u036a\u036b\u036c\u036d\u036e\u036f"
    "\u0483\u0484\u0485\u0486\u0487\u0592\u0593\u0594\u0595\u0597\u0598\u0599\u059c\u059d\u059e"
    "\u059f\u05a0\u05a1\u05a8\u05a9\u05ab\u05ac\u05af\u05c4\u0610\u0611\u0612\u0613\u0614\u0615"
    "\u0616\u0617\u0657\u0658\u0659\u065a\u065b\u065d\u065e\u06d6\u06d7\u06d8\u06d9\u06da\u06db"
    "\u06dc\u06df\u06e0\u06e1\u06e2\u06e4\u06e7\u06e8\u06eb\u06ec\u0730\u0732\u0733\u0735\u0736"
    "\u073a\u073d\u073f\u0740\u0741\u0743\u0745\u0747\u0749\u074a"
)
MOST = len(_MARKS)
"""Rows and columns that can be told."""
_CHUNK = 4096
# Pixels of a cell that are worth sending.
_CELL = (8, 16)


def encode(data: bytes, columns: int, rows: int) -> bytes:
    """The picture in `data` as the PNG that is sent. Raises BadPicture."""
    image = decode(data, columns * _CELL[0], rows * _CELL[1])
    out = io.BytesIO()
    image.quantize(256).save(out, "PNG", optimize=True)
    return out.getvalue()


def transmit(
    png: bytes, number: int, columns: int, rows: int, environment: Mapping[str, str]
) -> str:
    """What tells the terminal the picture `number` (1 to 255), to be shown on so many cells."""
    text = base64.b64encode(png).decode()
    pieces = [text[at : at + _CHUNK] for at in range(0, len(text), _CHUNK)]
    out = []
    for at, piece in enumerate(pieces):
        more = int(at + 1 < len(pieces))
        head = f"a=T,U=1,i={number},f=100,c={columns},r={rows},q=2," if at == 0 else "q=2,"
        out.append(_wrap(f"\x1b_G{head}m={more};{piece}\x1b\\", environment))
    return "".join(out)


def forget(environment: Mapping[str, str]) -> str:
    """What makes the terminal forget all pictures."""
    return _wrap("\x1b_Ga=d,d=A,q=2\x1b\\", environment)


def cells(number: int, columns: int, rows: int) -> list[list[Segment]]:
    """The cells that show the picture `number`."""
    style = Style(color=f"color({number})")
    return [
        [
            Segment(
                "".join(PLACEHOLDER + _MARKS[y] + _MARKS[x] for x in range(min(columns, MOST))),
                style,
            )
        ]
        for y in range(min(rows, MOST))
    ]


def _wrap(sequence: str, environment: Mapping[str, str]) -> str:
    if not in_tmux(environment):
        return sequence
    doubled = sequence.replace("\x1b", "\x1b\x1b")
    return f"\x1bPtmux;{doubled}\x1b\\"
