"""How much of a document is read: what a parser costs is tags, more than bytes.

A longer document is cut after a whole entry; feeds list their newest entries first.
"""

import re

from tui.domain.errors import ParseError

BYTES = 10_000_000
ENTRIES = 3_000
# A tag costs the parser about four times what a reference does.
_COSTS = {"<": 4, "&": 1}
_BUDGET = 1_200_000
_STEP = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|(</(?:[\w.-]+:)?(?:item|entry)\s*>)|[<&]",
    re.DOTALL | re.IGNORECASE,
)


def cut(text: str, *, short: bool = False) -> tuple[str, str]:
    """As much of the XML in `text` as is read, and what to say of it ("" for all of it).

    `short` says that the end of the document is missing already. Raises ParseError when a single
    entry is too much.
    """
    if not short and _cheap(text):
        return text, ""
    end, entries, left = 0, 0, _BUDGET
    for found in _STEP.finditer(text):
        if found[0].startswith("<!"):
            continue
        left -= _COSTS[found[0][0]]
        if left < 0:
            break
        if found[1]:
            end, entries = found.end(), entries + 1
            if entries == ENTRIES:
                break
    else:
        if not short:
            return text, ""
    if end:
        return text[:end], f"the feed is long: its first {entries:,} entries were read"
    if left < 0:
        raise ParseError("this feed is too complex: it has too many tags and no whole entry")
    return text, f"the feed is long: its first {BYTES // 10**6} MB were read"


def _cheap(text: str) -> bool:
    cost = sum(text.count(sign) * price for sign, price in _COSTS.items())
    return cost <= _BUDGET and text.count("</") <= ENTRIES
