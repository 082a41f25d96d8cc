"""Exit statuses: what an error means to a script. The list for people is `parser.EXIT_STATUS`."""

from collections.abc import Iterable

from tui.domain import errors

FAILED, USAGE, LIBRARY, SYNCING, OFFLINE = 1, 2, 3, 4, 5


class UsageError(errors.BroadsheetError):
    """The command line is wrong in a way that its grammar can't tell."""


def status_of(error: errors.BroadsheetError) -> int:
    """The exit status for `error`."""
    match error:
        case errors.SyncRunning():
            return SYNCING
        case errors.Offline() | errors.FetchError(reason="offline"):
            return OFFLINE
        case errors.BadRule() | UsageError():
            return USAGE
        case errors.LibraryError():
            return LIBRARY
        case _:
            return FAILED


def worst(statuses: Iterable[int]) -> int:
    """One status for several sources: a failure that can be mended counts before being offline."""
    found = set(statuses) - {0}
    return min(found, default=0)
