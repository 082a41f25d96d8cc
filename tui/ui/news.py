"""What is going on behind the screens, from `domain.events`: progress, what is new, the log.

A model without a screen: `take` an event, then ask for `working`, `notice` and `log`.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import field, replace
from datetime import datetime

from tui.domain import events as e
from tui.domain.editions import Headline
from tui.domain.records import dataclass
from tui.domain.rules import told

_MOST_LOG = 500


@dataclass(frozen=True, slots=True)
class LogRow:
    """One thing that went wrong (or was worth a line), and what to do about it."""

    when: datetime
    what: str
    advice: str = ""
    feed: int = 0
    entry: int = 0
    times: int = 1


@dataclass(slots=True)
class News:
    """The state of long work. `working` is "" when nothing runs."""

    working: str = ""
    notice: str = ""
    new: int = 0
    offline: bool = False
    offline_why: str = ""
    log: deque[LogRow] = field(default_factory=lambda: deque(maxlen=_MOST_LOG))
    _feeds: int = 0
    _done: int = 0

    def note(self, when: datetime, what: str, advice: str = "", *, feed: int = 0) -> None:
        """Put a line into the log."""
        self._add(LogRow(when, what, advice, feed))

    def _add(self, row: LogRow) -> None:
        """The same again is told once, with how often."""
        if self.log and (self.log[-1].what, self.log[-1].advice) == (row.what, row.advice):
            row = replace(row, times=self.log.pop().times + 1)
        self.log.append(row)

    def found(self, notices: Sequence[tuple[str, Headline]], when: datetime) -> str:
        """Put what rules tell of into the log, newest first on top; returns one line of it."""
        for rule, headline in reversed(notices):
            what = f"“{rule}”: {headline.title or headline.url}"
            self.log.append(LogRow(when, what, "", headline.feed, headline.id))
        return told(notices)

    def take(self, event: e.Event, when: datetime) -> None:
        """Take in what happened."""
        match event:
            case e.SyncStarted(feeds=feeds):
                self._feeds, self._done, self.new = feeds, 0, 0
                self.working = f"Fetching {_many(feeds, 'feed')}" if feeds else ""
            case e.FeedDone():
                self._feed_done(event, when)
            case e.ArticleFailed(entry=entry, error=error, reason=reason):
                self._add(LogRow(when, error or reason, "x tries another reading", 0, entry))
            case e.Progress():
                self._progress(event)
            case e.SyncFinished():
                self._finished(event)
            case e.Trouble(what=what, advice=advice):
                self.note(when, what, advice)
                self.notice = f"{what}  {advice}".strip()
            case e.NetworkChanged(offline=offline, why=why):
                self.offline, self.offline_why = offline, why
                self.notice = (f"Offline: {why}" if why else "Offline") if offline else "Online"
            case _:
                pass

    def _feed_done(self, event: e.FeedDone, when: datetime) -> None:
        self._done += 1
        self.new += event.new
        if event.error:
            self.note(when, f"{event.title}: {event.error}", "F shows feeds", feed=event.feed)
        elif event.warning:
            self.note(when, f"{event.title}: {event.warning}", "it was read", feed=event.feed)
        if self._feeds:
            self.working = f"Fetching feeds {self._done}/{self._feeds}{self._new()}"

    def _progress(self, event: e.Progress) -> None:
        if event.total and event.done >= event.total:
            self.working = ""
            return
        detail = f" {event.detail}" if event.detail else ""
        count = f" {event.done}/{event.total}" if event.total else ""
        self.working = f"{event.work.capitalize()}{count}{detail}{self._new()}"

    def _finished(self, event: e.SyncFinished) -> None:
        self.working = ""
        parts = [_many(event.new, "new entry", "new entries")]
        if event.articles:
            parts.append(_many(event.articles, "article"))
        if event.failed:
            parts.append(f"{_many(event.failed, 'feed')} failed (L tells why)")
        word = "Stopped" if event.cancelled else "Synced"
        done = event.feeds or event.new or event.articles
        self.notice = f"{word}: {', '.join(parts)}" if done else "Nothing due"

    def _new(self) -> str:
        return f" · {self.new} new" if self.new else ""


def _many(count: int, one: str, more: str = "") -> str:
    return f"{count} {one if count == 1 else more or one + 's'}"
