"""Marking: read, starred, queued, hidden, labels, notes; one entry, a selection, an edition."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.domain.editions import Headline
from tui.ui.actions import ARTICLE, LIST, NAMES, Call, action
from tui.ui.screens.base import ListScreen
from tui.ui.widgets.prompt import Prompt

if TYPE_CHECKING:
    from tui.ui.app import Reader


def targets(reader: "Reader") -> list[int]:
    """The selected entries, or the one that we are at."""
    desk = reader.desk
    if reader.place == "list":
        if desk.list.selected:
            return sorted(desk.list.selected)
        return [desk.list.current.id] if desk.list.current else []
    return [desk.article.reading.entry.id] if desk.article.reading else []


def _headline(reader: "Reader", entry: int) -> Headline | None:
    row = reader.desk.list.rows.loaded(entry)
    return None if row is None else reader.desk.list.rows[row]


def _toggle(reader: "Reader", state: str, on: str, off: str) -> None:
    """Set `state` on all targets unless all have it already."""
    entries = targets(reader)
    if not entries:
        return
    headlines = [h for entry in entries if (h := _headline(reader, entry)) is not None]
    reading = reader.desk.article.reading
    if headlines:
        value = not all(getattr(headline, state) for headline in headlines)
    else:
        value = not (reading and getattr(reading.entry, state))
    reader.states.mark(entries, **{state: value})
    many = f" {len(entries)} entries" if len(entries) > 1 else ""
    reader.say((on if value else off) + many)
    if reading and reading.entry.id in entries:
        reader.work(lambda: None, lambda _none: reader.desk.refresh_reading(reading.entry.id))


@action("toggle-read", "Mark read or unread", LIST, ARTICLE, NAMES)
def toggle_read(reader: "Reader", _call: Call) -> None:
    """Read or unread."""
    _toggle(reader, "read", "Read", "Unread")


@action("star", "Star or unstar: keep it for good", LIST, ARTICLE, NAMES)
def star(reader: "Reader", _call: Call) -> None:
    """Starred entries are never evicted."""
    _toggle(reader, "starred", "Starred", "Not starred any more")


@action("queue", "Put into the reading queue, or out of it", LIST, ARTICLE, NAMES)
def queue(reader: "Reader", _call: Call) -> None:
    """Queued entries are fetched with the next sync and kept."""
    _toggle(reader, "queued", "Queued", "Out of the queue")


@action("hide", "Hide the entry from every list", LIST, ARTICLE)
def hide(reader: "Reader", _call: Call) -> None:
    """Hidden entries are found with is:hidden."""
    entries = targets(reader)
    reader.work(
        lambda: reader.library.mark(entries, hidden=True), lambda count: _rows_gone(reader, count)
    )
    reader.desk.list.selected.clear()


def _rows_gone(reader: "Reader", count: int) -> None:
    reader.changed()
    reader.desk.renew()
    reader.say(f"Hidden: {count}. u brings back")


@action("undo", "Take the last change back")
def undo(reader: "Reader", _call: Call) -> None:
    """From the library's journal: also after a restart."""
    reader.work(
        reader.library.undo, lambda said: _journal(reader, said, "Undone", "Nothing to undo")
    )


@action("redo", "Make the undone change again")
def redo(reader: "Reader", _call: Call) -> None:
    """The other way."""
    reader.work(
        reader.library.redo, lambda said: _journal(reader, said, "Again", "Nothing to redo")
    )


def _journal(reader: "Reader", said: str | None, word: str, nothing: str) -> None:
    if said is None:
        reader.say(nothing)
        return
    reader.changed()
    reader.desk.renew()
    if reading := reader.desk.article.reading:
        reader.desk.refresh_reading(reading.entry.id)
    if isinstance(reader.front, ListScreen):
        reader.front.fill()
    reader.say(f"{word}: {said}")


@action("select", "Select the entry", LIST)
def select(reader: "Reader", _call: Call) -> None:
    """Select or not, and one down."""
    pane = reader.desk.list
    if pane.current is None:
        return
    pane.selected ^= {pane.current.id}
    pane.refresh_row(pane.cursor)
    pane.move(1)


@action("select-above", "Select from the last selected to here", LIST)
def select_above(reader: "Reader", _call: Call) -> None:
    """From the selected row above down to the cursor."""
    pane = reader.desk.list
    row = pane.cursor
    while row >= 0 and (headline := pane.rows[row]) and headline.id not in pane.selected:
        row -= 1
    for number in range(max(row, 0), pane.cursor + 1):
        if headline := pane.rows[number]:
            pane.selected.add(headline.id)
    pane.redraw()


@action("select-none", "Select nothing", LIST)
def select_none(reader: "Reader", _call: Call) -> None:
    """Forget the selection."""
    reader.desk.list.selected.clear()
    reader.desk.list.redraw()


@action("label", "Change the labels", LIST, ARTICLE, argument="labels")
def label(reader: "Reader", call: Call) -> None:
    """Labels are words, found with tag:."""
    entries = targets(reader)
    if not entries:
        return

    def submit(words: str) -> None:
        labels = [word.strip("#,") for word in words.split() if word.strip("#,")]

        def write() -> None:
            for entry in entries:
                reader.library.label(entry, labels)

        reader.work(write, lambda _none: _changed(reader, entries, "Labelled"))

    if call.argument:
        submit(call.argument)
        return
    reader.ask(Prompt("labels: ", submit, text=" ".join(_labels(reader, entries[0]))))


def _labels(reader: "Reader", entry: int) -> Sequence[str]:
    reading = reader.desk.article.reading
    return reading.entry.labels if reading and reading.entry.id == entry else ()


@action("note", "Write a note", LIST, ARTICLE, argument="text")
def write_note(reader: "Reader", call: Call) -> None:
    """A line of your own, shown above the article and found with note:."""
    entries = targets(reader)[:1]
    if not entries:
        return
    reading = reader.desk.article.reading
    before = reading.entry.note if reading and reading.entry.id == entries[0] else ""

    def submit(text: str) -> None:
        reader.work(
            lambda: reader.library.note(entries[0], text),
            lambda _none: _changed(reader, entries, "Noted" if text else "Note removed"),
        )

    if call.argument:
        submit(call.argument)
    else:
        reader.ask(Prompt("note: ", submit, text=before))


def _changed(reader: "Reader", entries: list[int], said: str) -> None:
    reader.changed()
    reader.say(said)
    for entry in entries:
        reader.desk.refresh_reading(entry)
