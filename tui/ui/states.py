"""States of entries as they are read: at once on screen, then on disk."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.domain.blocks import Source
from tui.domain.editions import Reading

if TYPE_CHECKING:
    from tui.ui.app import Reader

FETCHING = "Fetching the article"


class States:
    """What becomes read, starred, queued or wanted in one reader."""

    def __init__(self, reader: "Reader") -> None:
        self._reader = reader
        self._ended = 0
        # Entries that are to be opened in a reading of their own, such as comments.
        self.asked: dict[int, Source] = {}

    def mark(self, entries: Sequence[int], **states: bool) -> None:
        """Set states of entries.

        What a row stands for is read with it; what is kept is on lists, also a followed link.
        """
        pane, library = self._reader.desk.list, self._reader.library
        if "read" in states:
            told = [copy.entry for entry in entries for copy in pane.rows.behind(entry)]
            entries = [*entries, *told]
        pane.rows.change(entries, **states)
        for entry in entries:
            pane.refresh_entry(entry)
        shown = False if states.get("starred") or states.get("queued") else None
        self._reader.work(
            lambda: library.mark(entries, hidden=shown, **states), lambda _n: self._marked()
        )

    def _marked(self) -> None:
        self._reader.changed()
        self._reader.desk.update_counts()

    def opened(self, reading: Reading) -> None:
        """An entry is on screen: it is read now, or wanted if its text is not here."""
        reader, entry = self._reader, reading.entry
        reader.history.visit(entry.id)
        if reader.pictures.asked and not reader.offline:
            reader.sync.images(entry.id)
        if reader.settings.screen.mark_read == "open" and not entry.read:
            self.mark((entry.id,), read=True)
        self.read_to_the_end()
        source = self.asked.pop(entry.id, None)
        if reading.article is None:
            reader.work(lambda: reader.library.want(entry.id))
        if not reader.offline and _is_missing(reading, source):
            reader.sync.fetch(entry.id, source)
            reader.say(FETCHING)

    def read_to_the_end(self) -> None:
        """With `mark_read = "end"`, an entry is read once its last line was on screen."""
        pane = self._reader.desk.article
        reading = pane.reading
        if self._reader.settings.screen.mark_read != "end" or reading is None:
            return
        if reading.article is None or not pane.at_end or reading.entry.read:
            return
        if reading.entry.id != self._ended:
            self._ended = reading.entry.id
            self.mark((reading.entry.id,), read=True)


def _is_missing(reading: Reading, source: Source | None) -> bool:
    """True if there is no article, or another reading of it is asked for."""
    return reading.article is None or source not in (None, reading.article.source)
