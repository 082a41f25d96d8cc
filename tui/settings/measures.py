"""Times and sizes as people write them: "30min", "8h", "40MB"."""

import re
from typing import Any

_SECONDS = {"s": 1, "min": 60, "m": 60, "h": 3600, "d": 86400, "w": 7 * 86400}
_BYTES = {"B": 1, "kB": 10**3, "KB": 10**3, "MB": 10**6, "GB": 10**9}
_TIME, _SIZE = "a time as 30min, 8h or 7d", "a size as 40MB"

# What is measured stays far below what clocks, files and SQLite can count.
MOST = 10**15


class Duration(int):
    """Seconds; written "30min", "8h", "7d" or a number of seconds."""


class Size(int):
    """Bytes; written "40MB" or a number of bytes."""


def parse_duration(text: str) -> int:
    """Seconds in "30min", "8h"; a bare number is seconds. Raises ValueError."""
    return duration(_number(text))


def parse_size(text: str) -> int:
    """Bytes in "40MB"; a bare number is bytes. Raises ValueError."""
    return size(_number(text))


def _number(text: str) -> int | str:
    return int(text) if re.fullmatch(r"[0-9]{1,15}", text) else text


def duration(value: Any) -> Duration:
    """A time from a settings file: a number of seconds, or a text. Raises ValueError."""
    return Duration(_measure(value, _SECONDS, _TIME))


def size(value: Any) -> Size:
    """A size from a settings file: a number of bytes, or a text. Raises ValueError."""
    return Size(_measure(value, _BYTES, _SIZE))


def _measure(value: Any, units: dict[str, int], expected: str) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST:
        return value
    match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([a-zA-Z]+)\s*", str(value))
    if not match or match[2] not in units:
        raise ValueError(f"expected {expected}")
    amount = float(match[1]) * units[match[2]]
    if amount > MOST:
        raise ValueError(f"expected {expected}, and less of it")
    return int(amount)
