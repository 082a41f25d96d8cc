"""JSON Lines: an entry a line, for other programs and for `import` (see `records`)."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tui.domain import codec
from tui.domain.editions import Edition
from tui.domain.errors import SourceError
from tui.domain.ports import Library
from tui.domain.text import clean_line
from tui.library.exchange import records
from tui.library.exchange.archive import may_come_from_elsewhere
from tui.library.exchange.take_out import readings
from tui.library.exchange.transfer import Incoming, Subscription, Transfer

_LINE = 20_000_000  # bytes


def write(library: Library, edition: Edition) -> Iterator[bytes]:
    """The lines, each ending in a newline."""
    for reading in readings(library, edition):
        yield codec.dump(records.to_value(reading)) + b"\n"


def looks_like(data: bytes) -> bool:
    """True for what `write` makes."""
    return data.lstrip().startswith(b'{"feed":"')


def read(file: Path) -> Transfer:
    """What `export --format jsonl` wrote. Raises SourceError, also later while it is walked."""
    feeds: dict[str, Subscription] = {}
    for value in _values(file):
        url, title = str(value.get("feed", "")), clean_line(str(value.get("feedTitle", "")), 300)
        if may_come_from_elsewhere(url) and url not in feeds:
            feeds[url] = Subscription(url, title, "", clean_line(str(value.get("folder", "")), 300))
    return Transfer("JSON Lines", tuple(feeds.values()), entries=_Lines(file))


def _values(file: Path) -> Iterator[dict[str, object]]:
    number = 0
    try:
        with file.open("rb") as data:
            while line := data.readline(_LINE):
                number += 1
                value = codec.load(line)
                if not isinstance(value, dict):
                    raise ValueError("no object")
                yield value
    except (ValueError, RecursionError) as error:
        raise _damaged(file, number) from error
    except OSError as error:
        raise SourceError(f"{file} can't be read: {error.strerror or error}") from error


def _damaged(file: Path, number: int) -> SourceError:
    return SourceError(f"{file.name}:{number}: not an entry; nothing was imported")


@dataclass(frozen=True, slots=True)
class _Lines:
    """The entries of a file, read from it at each walk."""

    file: Path

    def __iter__(self) -> Iterator[Incoming]:
        for number, value in enumerate(_values(self.file), 1):
            try:
                entry = records.from_value(value)
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise _damaged(self.file, number) from error
            if may_come_from_elsewhere(entry.feed_url):
                yield entry
