"""Days with articles as a sparkline: one column a day, week or month."""

from collections.abc import Sequence
from datetime import date, timedelta

_BARS = " ▁▂▃▄▅▆▇█"
_UNITS = ((1, "day"), (7, "week"), (30, "month"), (365, "year"))


def sparkline(counts: Sequence[int]) -> str:
    """One character a number: the highest is full, anything above 0 shows."""
    most = max(counts, default=0)
    if most <= 0:
        return _BARS[0] * len(counts)
    last = len(_BARS) - 1
    return "".join(_BARS[0 if n <= 0 else max(1, round(n * last / most))] for n in counts)


def weekly(days: Sequence[tuple[str, int]], width: int) -> tuple[list[int], str]:
    """Counts in at most `width` columns of equal time, and what a column is.

    `days` are (ISO date, count), oldest first, days without articles left out.
    """
    first, last = date.fromisoformat(days[0][0]), date.fromisoformat(days[-1][0])
    span = (last - first).days + 1
    length, unit = next(((n, u) for n, u in _UNITS if -(-span // n) <= width), _UNITS[-1])
    counts = [0] * min(width, -(-span // length))
    for text, count in days:
        column = (date.fromisoformat(text) - first) // timedelta(days=length)
        counts[min(column, len(counts) - 1)] += count
    return counts, unit
