"""Times in the library are whole seconds since 1970 in UTC; 0 or NULL is "never"."""

from datetime import UTC, datetime

_EARLIEST = -62_135_596_800  # the year 1
_LATEST = 253_402_300_799  # the year 9999


def seconds(moment: datetime | None) -> int | None:
    """`moment` as it is stored."""
    return None if moment is None else int(moment.timestamp())


def moment(stored: int | None) -> datetime | None:
    """The stored time as an aware datetime, or None."""
    if stored is None or not _EARLIEST <= stored <= _LATEST:
        return None
    return datetime.fromtimestamp(stored, UTC)


def certain(stored: int) -> datetime:
    """As `moment`, where a time must be."""
    return datetime.fromtimestamp(min(max(stored, _EARLIEST), _LATEST), UTC)
