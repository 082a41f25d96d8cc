"""From names to file names: the one choke point for files that are named after text from outside."""

import re
from collections.abc import Container

from tui.domain.text import clean_line

LONGEST = 120  # bytes in UTF-8; file systems take 255, and an ending and a number must fit as well
# What some file system or shell treats as its own; Windows is the strictest.
_FORBIDDEN = re.compile(r'[/\\:*?"<>|]+')
_ENDS = " .-_~"
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)", re.IGNORECASE)


def safe_name(text: str, fallback: str = "untitled", *, longest: int = LONGEST) -> str:
    """`text` as the name of a file or folder, on any system: never empty, never a path.

    At most `longest` bytes in UTF-8 (at least 16), cut between characters. `fallback` is used
    where nothing is left, and must be safe itself.
    """
    name = _FORBIDDEN.sub("-", clean_line(text[: 4 * longest]))
    name = _cut(name.strip(_ENDS), longest).rstrip(_ENDS)
    if not name:
        return fallback
    return _cut(f"_{name}", longest).rstrip(_ENDS) if _RESERVED.match(name) else name


def unique_name(name: str, taken: Container[str]) -> str:
    """`name`, or with the first number that is free: "name 2".

    `taken` holds names as `fold_name` makes them: some file systems take "A" and "a" for one.
    """
    number, candidate = 1, name
    while fold_name(candidate) in taken:
        number += 1
        candidate = f"{name} {number}"
    return candidate


def fold_name(name: str) -> str:
    """What two names have in common that one file system or another takes for the same."""
    return name.casefold()


def _cut(text: str, longest: int) -> str:
    return text.encode()[:longest].decode(errors="ignore")
