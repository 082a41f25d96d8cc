"""The user's corrections of names: one JSON object a line, for a back-up or another machine.

    {"action": "rename", "key": "j smith", "value": "Jane Smith", "made": "2026-11-25T08:00:00+00:00"}

`entry` is an article of the library that wrote the line, and means nothing elsewhere: what was
corrected in one article only (a lone surname) is written out, but has no effect where it is read.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Protocol

from tui.domain.errors import SourceError
from tui.domain.naming import Kind
from tui.domain.ports import Correction
from tui.domain.text import clean_line
from tui.library.exchange.transfer import Transfer

_ACTIONS = frozenset({"hide", "rename", "merge", "split", "kind"})
_LONGEST = 300  # characters of a name


class Book(Protocol):
    """A library that tells its corrections."""

    def export_corrections(self) -> Iterator[str]:
        """One JSON object a line, oldest first."""
        ...


def write(library: Book) -> Iterator[bytes]:
    """The lines, each ending in a newline."""
    for line in library.export_corrections():
        yield line.encode() + b"\n"


def looks_like(data: bytes) -> bool:
    """True for what `write` makes."""
    return data.lstrip().startswith(b'{"action":')


def read(file: Path) -> Transfer:
    """What `export --format corrections` wrote. Raises SourceError."""
    made: list[Correction] = []
    for number, line in enumerate(file.read_bytes().splitlines(), 1):
        try:
            made.append(_correction(json.loads(line)))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise SourceError(
                f"{file.name}:{number}: not a correction; nothing was imported"
            ) from error
    return Transfer("corrections", corrections=tuple(made))


def _correction(value: dict[str, str]) -> Correction:
    action, key = value["action"], clean_line(value["key"], _LONGEST)
    text = clean_line(value.get("value", ""), _LONGEST)
    if action not in _ACTIONS or not key or not (text or action == "hide"):
        raise ValueError(f"no correction: {action!r}")
    if action == "kind":
        text = Kind(text).value
    made = value.get("made")
    return Correction(action, key, text, datetime.fromisoformat(made) if made else None)


def new_ones(library: Book, made: Iterable[Correction]) -> list[Correction]:
    """Those about what was not corrected here yet; what is here already wins."""
    known = map(json.loads, library.export_corrections())
    here = {_about(value["action"], value["key"], value["value"]) for value in known}
    return [new for new in made if _about(new.action, new.key, new.value) not in here]


def _about(action: str, key: str, value: str) -> tuple[str, ...]:
    """An entity has one name and one kind; several spellings can be taken out of it."""
    return (action, key, value) if action == "split" else (action, key)
