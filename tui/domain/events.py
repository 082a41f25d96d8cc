"""What a sync tells, as it happens. Each event has a JSON form (`to_json`, `from_json`): the reader
hears the same events from its own back office, from a cron sync's `--json`, and in tests.
"""

import json
from dataclasses import asdict
from typing import Any, ClassVar

from tui.domain.records import dataclass


@dataclass(frozen=True, slots=True)
class SyncStarted:
    """A round begins: `feeds` are due, `skipped` are not yet."""

    name: ClassVar[str] = "sync_started"
    feeds: int = 0
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class FeedDone:
    """One feed was tried. `error` is one line, or "" when it went well; `warning` what was wrong
    with its document, which was read all the same."""

    name: ClassVar[str] = "feed_done"
    feed: int = 0
    title: str = ""
    new: int = 0
    unchanged: bool = False
    error: str = ""
    milliseconds: int = 0
    warning: str = ""


@dataclass(frozen=True, slots=True)
class ArticleReady:
    """An entry has a readable article now, with its names if `named`."""

    name: ClassVar[str] = "article_ready"
    entry: int = 0
    status: str = ""
    named: bool = True


@dataclass(frozen=True, slots=True)
class ArticleFailed:
    """An entry's page gave nothing; `reason` is a short word, `error` one line."""

    name: ClassVar[str] = "article_failed"
    entry: int = 0
    reason: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """Long work: `done` of `total` steps of `work` ("sync", "pack", "images", ...)."""

    name: ClassVar[str] = "progress"
    work: str = ""
    done: int = 0
    total: int = 0
    detail: str = ""


@dataclass(frozen=True, slots=True)
class SyncFinished:
    """The round is over. `failed` counts feeds with an error."""

    name: ClassVar[str] = "sync_finished"
    feeds: int = 0
    new: int = 0
    failed: int = 0
    articles: int = 0
    unchanged: int = 0
    milliseconds: int = 0
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something to put into the log: what went wrong and what to do, each one line."""

    name: ClassVar[str] = "trouble"
    what: str = ""
    advice: str = ""


@dataclass(frozen=True, slots=True)
class NetworkChanged:
    """We went offline (by wish, or no host can be reached), or are back; `why` is one line."""

    name: ClassVar[str] = "network_changed"
    offline: bool = False
    why: str = ""


Event = (
    SyncStarted
    | FeedDone
    | ArticleReady
    | ArticleFailed
    | Progress
    | SyncFinished
    | Trouble
    | NetworkChanged
)
_BY_NAME: dict[str, type[Any]] = {
    kind.name: kind
    for kind in (
        SyncStarted,
        FeedDone,
        ArticleReady,
        ArticleFailed,
        Progress,
        SyncFinished,
        Trouble,
        NetworkChanged,
    )
}


def to_json(event: Event) -> str:
    """One line of JSON, with the event's name under "event"."""
    return json.dumps({"event": event.name, **asdict(event)}, ensure_ascii=False)


def from_json(line: str) -> Event | None:
    """The event in `line`, or None when it holds none that this version knows."""
    try:
        fields = json.loads(line)
        event: Event = _BY_NAME[fields.pop("event")](**fields)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return event
