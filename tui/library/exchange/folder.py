"""An edition as a folder of Markdown files: FEED/DATE TITLE.md."""

from collections.abc import Iterator
from pathlib import Path

from tui.domain.editions import Edition, Reading
from tui.domain.errors import BroadsheetError
from tui.domain.markdown import article_to_markdown
from tui.domain.names import fold_name, safe_name, unique_name
from tui.domain.ports import Library
from tui.library.exchange.take_out import readings
from tui.library.exchange.whole import replacing


def write(folder: Path, library: Library, edition: Edition) -> int:
    """Write a file for each entry of `edition` whose article is here; returns how many.

    Names are the same at each export, and files of the last one are replaced: a folder that is
    written again holds each story once. Raises BroadsheetError.
    """
    taken: dict[Path, set[str]] = {}
    count = 0
    for reading in readings(library, edition):
        if reading.article is None:
            continue
        place = folder / safe_name(reading.feed.title or reading.feed.url, "feed")
        name = unique_name(_name(reading), taken.setdefault(place, set()))
        taken[place].add(fold_name(name))
        try:
            place.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise BroadsheetError(f"{place} can't be made: {error.strerror or error}") from error
        with replacing(place / f"{name}.md") as file:
            file.write(_text(reading).encode())
        count += 1
    return count


def _name(reading: Reading) -> str:
    day = reading.entry.published or reading.entry.first_seen
    title = safe_name(reading.entry.title)
    return f"{day.date().isoformat()} {title}" if day else title


def _text(reading: Reading) -> str:
    """The article, and below it what the user wrote."""
    assert reading.article is not None
    return "\n".join([article_to_markdown(reading.article), *_own(reading)])


def _own(reading: Reading) -> Iterator[str]:
    entry = reading.entry
    if entry.labels:
        yield "Tags: " + ", ".join(entry.labels) + "\n"
    if entry.note:
        yield "Note: " + entry.note + "\n"
