"""What happens meanwhile: events of syncs, changes by other processes, a line that becomes slow."""

import contextlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.domain.editions import Headline
from tui.domain.errors import SettingsError
from tui.domain.events import ArticleFailed, ArticleReady, Event, Progress, SyncFinished
from tui.ui.driver.line import meter
from tui.ui.programs import Ended, program, run_beside
from tui.ui.states import FETCHING

if TYPE_CHECKING:
    from tui.ui.app import Reader

_NO_LINKS = ("linux", "dumb", "vt100", "vt220")


class Watch:
    """Eyes and ears of one reader."""

    def __init__(self, reader: "Reader") -> None:
        self._reader = reader
        self._changes = reader.library.changes()
        self._steps_down: tuple[str, ...] = ()

    def look_around(self) -> None:
        """Every few seconds: did the library change."""
        self.look_for_changes()

    def look_at_line(self) -> None:
        """Say so when the line became slow, or quick again."""
        steps = meter().steps_down
        if steps != self._steps_down:
            self._steps_down = steps
            self._reader.say(
                f"Slow line: {', '.join(steps)}" if steps else "The line is quick again"
            )

    @property
    def tells_links(self) -> bool:
        """True if links tell the terminal where they lead: not on a line that crawls."""
        return len(self._steps_down) < 2 and self._reader.environment.get("TERM") not in _NO_LINKS

    def look_for_changes(self) -> bool:
        """Ask whether another process, or a sync, changed the library; if so show it, and tell
        what rules found unless a round still runs."""
        changes = self._reader.library.changes()
        if changes == self._changes:
            return False
        self._changes = changes
        # After the list was renewed: "3 new above" says less than a notice.
        self._reader.desk.renew(then=None if self._reader.news.working else self.look_for_notices)
        return True

    def look_for_notices(self) -> None:
        """Ask what "notify" rules found, and say it."""
        self._reader.work(self._reader.library.notices, self._tell)

    def _tell(self, notices: Sequence[tuple[str, Headline]]) -> None:
        if not notices:
            return
        self.seen()
        line = self._reader.news.found(notices, self._reader.now())
        if command := self._reader.settings.commands.notify:
            values = {"t": line, "n": str(len(notices))}
            run_beside(program(command, values, last="t"), "", self._notified)
        if not self._reader.message_is_error:
            self._reader.say(line)

    def _notified(self, ended: Ended) -> None:
        if not ended.well:
            with contextlib.suppress(RuntimeError):  # the reader has left
                self._reader.call_from_thread(self._reader.fail, SettingsError(ended.said))

    def seen(self) -> None:
        """What changed until now is on screen already."""
        self._changes = self._reader.library.changes()

    async def listen(self) -> None:
        """Hear events, and of the line, for as long as the session lasts."""
        meter().judged = lambda: self._reader.call_later(self.look_at_line)
        try:
            async for event in self._reader.sync.events():
                self.hear(event)
        finally:
            meter().judged = None

    def _heard_of(self, event: ArticleReady | ArticleFailed) -> None:
        """What the reader waits for is here, or will not come."""
        reading = self._reader.desk.article.reading
        if reading is None or reading.entry.id != event.entry:
            return
        if self._reader.message == FETCHING:
            self._reader.forget_message()
        if isinstance(event, ArticleFailed) and reading.article is None:
            self._reader.say(event.error or event.reason, error=True)
        self._reader.desk.refresh_reading(event.entry)

    def hear(self, event: Event) -> None:
        """One event of a sync."""
        self._reader.news.take(event, self._reader.now())
        if isinstance(event, (ArticleReady, ArticleFailed)):
            self._heard_of(event)
        if isinstance(event, Progress) and event.work == "images" and event.done >= event.total:
            self._reader.pictures.arrived()
        if isinstance(event, SyncFinished) and not self.look_for_changes():
            self.look_for_notices()
        if self._reader.news.notice:
            self._reader.message, self._reader.news.notice = self._reader.news.notice, ""
        self._reader.show_status()
