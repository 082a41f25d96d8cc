"""What went wrong, the newest first, each with what to do."""

from tui.ui.actions import LOG
from tui.ui.ages import date
from tui.ui.news import LogRow
from tui.ui.render.lines import Run
from tui.ui.render.listing import Row, note
from tui.ui.screens.base import ListScreen


class LogScreen(ListScreen):
    """Enter goes to the entry that a line is about."""

    def __init__(self) -> None:
        super().__init__(LOG, "Log")

    def rows(self) -> list[Row]:
        """Two lines for each: what, and what to do."""
        rows: list[Row] = []
        for entry in reversed(self.reader.news.log):
            rows.append(self._row(entry))
            if entry.advice:
                rows.append(note(f"         {entry.advice}"))
        return rows or [note(" Nothing went wrong in this session.")]

    def _row(self, entry: LogRow) -> Row:
        when = date(entry.when, self.reader.now())
        often = f"  {entry.times} times" if entry.times > 1 else ""
        left = (Run(f" {entry.what}"), Run(often, "faint"))
        return Row(left, (Run(f"{when} ", "faint"),), entry, f"{entry.what} {entry.advice}")

    def chosen(self) -> None:
        """Open what it is about."""
        value = self.listing.value
        if isinstance(value, LogRow) and value.entry:
            self.reader.pop_screen()
            self.reader.desk.open(value.entry)
