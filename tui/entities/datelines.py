"""Datelines: "LISBON — ", "BRUSSELS (Reuters) - ", "ROME, Nov 25 — " at the beginning of a paragraph.

The press writes there where the reporter is, in capitals: a place, whatever a model thinks of capitals.
"""

import re

_DATELINE = re.compile(
    r"^(?P<place>[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.’' -]{2,40}?)(?:, [^\n—–-]{1,30}?)?(?: ?\([^)\n]{2,30}\))? ?"
    r"(?:[—–]|--|- )",
    re.MULTILINE,
)


def datelines(text: str) -> dict[int, int]:
    """Start and end of the place of each dateline in `text`."""
    return {match.start("place"): match.end("place") for match in _DATELINE.finditer(text)}
