"""Events cross a pipe as lines of JSON."""

import pytest

from tui.domain import events


@pytest.mark.parametrize(
    "event",
    [
        events.SyncStarted(3, 1),
        events.FeedDone(1, "Näher\nzeile", 2, error="404"),
        events.ArticleReady(4, "full"),
        events.ArticleFailed(5, "timeout", "no answer"),
        events.Progress("sync", 1, 2),
        events.SyncFinished(3, 2, 1),
        events.Trouble("what", "do"),
    ],
)
def test_events_come_back_equal_on_one_line(event: events.Event) -> None:
    line = events.to_json(event)
    assert "\n" not in line
    assert events.from_json(line) == event


@pytest.mark.parametrize("line", ["", "nonsense", "[]", "{}", '{"event": "later_version"}'])
def test_what_is_no_event_is_none(line: str) -> None:
    assert events.from_json(line) is None
