"""A clock that only moves when a test says so."""

from datetime import UTC, datetime, timedelta


class Clock:
    """Now, as the test wants it; it begins on a Monday at midnight UTC."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **time: float) -> None:
        """Let `timedelta(**time)` pass."""
        self.now += timedelta(**time)
