"""Text as cells: one character a cell, so that rows can be sliced and compared as strings.

The second cell of a wide character is `TAIL`. A cluster of several code points (base and marks,
emoji sequences) is one character of plane 16, private use, that stands for it.
"""

import re
from functools import lru_cache

from rich.cells import split_graphemes

TAIL = "\0"
_FIRST_CLUSTER = 0x100000
# Below U+10EEEE, which kitty draws pictures with.
_MOST_CLUSTERS = 0xEEEE

# Never sent: C0, DEL, C1, bidi controls, tags, byte order mark. Text is cleaned long before; this
# is the last gate.
_FORBIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)
_PLANE_16 = re.compile("[\U00100000-\U0010eeed\U0010eeef-\U0010ffff]")
# Characters that all terminals give one cell: Latin, Greek, Cyrillic, typographic signs, arrows, box
# drawing, Braille; and two: kana, full-width forms. After any other the cursor's column is unknown.
_SURE = (
    "\0 -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0377\u037a-\u037f\u0384-\u0482\u048a-\u052f"
    "\u1e00-\u1eff\u2010-\u2027\u2030-\u205e\u2070-\u209c\u20a0-\u20c0\u2100-\u211f"
    "\u2190-\u2193\u21d0-\u21d5\u2200-\u22ff\u2500-\u25fc\u2800-\u28ff"
    "\u3001-\u3029\u3041-\u3096\u30a1-\u30ff\uff01-\uff60"
)
_PERHAPS_UNSURE = re.compile(f"[^{_SURE}]")

_clusters: dict[str, str] = {}
_members: dict[int, str] = {0: ""}


def cluster(text: str) -> str:
    """The one character that stands for the cluster `text`."""
    if len(text) == 1:
        return text
    known = _clusters.get(text)
    if known is None:
        if len(_clusters) >= _MOST_CLUSTERS:
            return text[0]
        known = _clusters[text] = chr(_FIRST_CLUSTER + len(_clusters))
        _members[ord(known)] = text
    return known


def spell(cells: str) -> str:
    """The text of `cells`, as it is sent."""
    return cells if cells.isascii() and TAIL not in cells else cells.translate(_members)


def unsure(cells: str) -> list[int]:
    """Where in `cells` characters stand that terminals do not agree on."""
    return [
        found.start()
        for found in _PERHAPS_UNSURE.finditer(cells)
        if not _is_han_or_hangul(found[0])
    ]


def _is_han_or_hangul(cell: str) -> bool:
    # Not in the expression above: its table of 40,000 characters takes milliseconds to make.
    return (
        "\u3400" <= cell <= "\u4dbf" or "\u4e00" <= cell <= "\u9fff" or "\uac00" <= cell <= "\ud7a3"
    )


def printable(cells: str) -> str:
    """The text of `cells`, blanks for what Python's tables do not call printable."""
    out: list[str] = []
    hidden = False
    for cell in cells:
        if cell == TAIL:
            out.append(" " if hidden else "")
            continue
        spelt = spell(cell)
        hidden = not spelt.isprintable()
        out.append(" " if hidden else spelt)
    return "".join(out)


def of(text: str) -> tuple[str, str]:
    """Marks that belong to the cell before, and the cells of `text`."""
    if text.isascii() and text.isprintable():
        return "", text
    return _other(text)


@lru_cache(maxsize=4096)
def _other(text: str) -> tuple[str, str]:
    text = _PLANE_16.sub("\ufffd", _FORBIDDEN.sub("", text))
    marks, cells = "", []
    for start, end, width in split_graphemes(text)[0]:
        part = text[start:end]
        if width:
            cells.append(cluster(part) + TAIL * (width - 1))
        elif cells:
            # A mark that follows a space, or a stray joiner.
            cells[-1] = cluster(spell(cells[-1]) + part) + TAIL * (len(cells[-1]) - 1)
        else:
            marks += part
    return marks, "".join(cells)
