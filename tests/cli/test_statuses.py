"""Exit statuses say what happened."""

import pytest

from tests.cli.run import broadsheet
from tui.cli.statuses import status_of, worst
from tui.domain import errors


@pytest.mark.parametrize("command", ["read", "feed", "add"])
def test_offline_and_not_in_the_cache_is_5(command: str) -> None:
    done = broadsheet("--offline", command, "http://127.0.0.1:1/x")
    assert done.returncode == 5
    assert "offline" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (errors.SyncRunning("x"), 4),
        (errors.Offline("x"), 5),
        (errors.Unreachable("x", reason="offline"), 5),
        (errors.Unreachable("x", reason="timeout"), 1),
        (errors.DiskFull("x"), 3),
        (errors.LibraryTooNew("x"), 3),
        (errors.SourceError("x"), 1),
    ],
)
def test_every_error_has_its_status(error: errors.BroadsheetError, status: int) -> None:
    assert status_of(error) == status


def test_a_failure_counts_before_being_offline() -> None:
    assert worst([0, 5, 1]) == 1
    assert worst([0, 5]) == 5
    assert worst([]) == 0
