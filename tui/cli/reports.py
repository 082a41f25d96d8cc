"""What long work says while it runs: a bar on a terminal, a line a step otherwise, JSON, or only
what failed.
"""

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from types import TracebackType
from typing import TYPE_CHECKING, Self

from tui.domain.events import (
    Event,
    FeedDone,
    NetworkChanged,
    Progress,
    Trouble,
    to_json,
)
from tui.domain.text import clean_line

if TYPE_CHECKING:
    from rich.progress import TaskID

Tell = Callable[[Event], None]


class Report(AbstractContextManager["Report"]):
    """Tells events. `failures` are the lines that the user should see at the end."""

    def __init__(self) -> None:
        self.offline = ""

    def tell(self, event: Event) -> None:
        """Something happened."""
        if isinstance(event, NetworkChanged) and event.offline:
            self.offline = event.why

    def close(self, summary: str) -> None:
        """All is done."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        return None


class JsonReport(Report):
    """One event a line on standard output."""

    def tell(self, event: Event) -> None:
        super().tell(event)
        print(to_json(event), flush=True)


class QuietReport(Report):
    """Only what failed, on standard error: what cron mails."""

    def tell(self, event: Event) -> None:
        super().tell(event)
        if line := failure(event):
            print(line, file=sys.stderr, flush=True)


class LineReport(Report):
    """One line a feed, for pipes and logs."""

    def tell(self, event: Event) -> None:
        super().tell(event)
        if line := failure(event):
            print(line, file=sys.stderr, flush=True)
        elif isinstance(event, FeedDone):
            print(_feed_line(event), flush=True)

    def close(self, summary: str) -> None:
        print(summary, flush=True)


class BarReport(Report):
    """A progress bar, with failures above it."""

    def __init__(self) -> None:
        super().__init__()
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
        from rich.progress import Progress as Bars

        self._console = Console(highlight=False, markup=False, emoji=False)
        self._bars = Bars(
            BarColumn(bar_width=30),
            MofNCompleteColumn(),
            TextColumn("{task.description}", markup=False),
            console=self._console,
            transient=True,
        )
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bars.stop()

    def tell(self, event: Event) -> None:
        super().tell(event)
        if line := failure(event):
            self._console.print(line, overflow="ellipsis", no_wrap=True)
        elif isinstance(event, Progress):
            if self._task is None:
                self._task = self._bars.add_task("", total=event.total)
            self._bars.update(
                self._task,
                completed=event.done,
                total=event.total,
                description=clean_line(event.detail, 60),
            )

    def close(self, summary: str) -> None:
        self._bars.stop()
        self._console.print(summary)


def choose(*, json: bool, quiet: bool = False) -> Report:
    """The report for these options and this standard output."""
    if json:
        return JsonReport()
    if quiet:
        return QuietReport()
    return BarReport() if sys.stdout.isatty() else LineReport()


def failure(event: Event) -> str:
    """One line about what went wrong, or ""."""
    match event:
        case FeedDone(title=title, error=error) if error:
            return clean_line(f"{title}: {error}", 300)
        case Trouble(what=what, advice=advice):
            return clean_line(f"{what} {advice}", 300)
        case NetworkChanged(offline=True, why=why):
            return why
        case _:
            return ""


def _feed_line(event: FeedDone) -> str:
    said = "unchanged" if event.unchanged else f"{event.new} new"
    remark = f"; {event.warning}" if event.warning else ""
    return clean_line(f"{clean_line(event.title, 120)}: {said}{remark}", 300)
