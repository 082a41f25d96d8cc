"""Many entries at once: all read, all above or below read, several in a browser."""

from typing import TYPE_CHECKING

from tui.ui.actions import LIST, Call, action

if TYPE_CHECKING:
    from tui.ui.app import Reader


@action("mark-all-read", "Mark all of this edition read", LIST)
def mark_all_read(reader: "Reader", _call: Call) -> None:
    """The whole edition, also what is not on screen."""
    edition = reader.edition

    def done(count: int) -> None:
        reader.changed()
        reader.desk.show_edition(edition)
        reader.desk.list.empty_text = "All read. u takes that back, e shows other editions."
        _say(reader, count)

    reader.work(lambda: reader.library.mark(edition, read=True), done)


@action("mark-above", "Mark all above this row read", LIST)
def mark_above(reader: "Reader", _call: Call) -> None:
    """Not the row itself."""
    _sweep(reader, 0, reader.desk.list.cursor)


@action("mark-below", "Mark all below this row read", LIST)
def mark_below(reader: "Reader", _call: Call) -> None:
    """Not the row itself."""
    rows = reader.desk.list
    _sweep(reader, rows.cursor + 1, rows.rows.total)


def _sweep(reader: "Reader", start: int, end: int) -> None:
    library, asked = reader.library, reader.desk.list.rows.asked

    def task() -> int:
        headlines = library.window(asked, start, end - start).headlines
        stories = {headline.story for headline in headlines} - {0}
        fresh = {headline.id for headline in headlines if not headline.read}
        # Their copies in other feeds are read with them, wherever those stand.
        copies = {c.entry for c in library.copies(asked, stories) if c.of in fresh}
        return library.mark(fresh | copies, read=True)

    def done(count: int) -> None:
        reader.changed()
        reader.desk.renew()
        _say(reader, count)

    reader.work(task, done)


def _say(reader: "Reader", count: int) -> None:
    reader.say(f"{count:,} marked read. u takes that back" if count else "All was read already")
