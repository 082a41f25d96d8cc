"""How often a feed wants to be asked: `ttl`, the syndication module, `skipHours`."""

import re
from collections.abc import Mapping
from typing import Any

_PERIODS = {
    "hourly": 3600,
    "daily": 86400,
    "weekly": 7 * 86400,
    "monthly": 30 * 86400,
    "yearly": 365 * 86400,
}
_SKIP_HOURS = re.compile(r"<skipHours\b[^>]*>(.{0,4000}?)</skipHours>", re.DOTALL | re.IGNORECASE)
_HOUR = re.compile(r"<hour\b[^>]*>\s*(\d{1,2})\s*</hour>", re.IGNORECASE)
_LONGEST = 7 * 86400


def least_seconds(feed: Mapping[str, Any]) -> int:
    """The least time between two tries, in seconds; 0 when the feed doesn't say."""
    ttl = _number(feed.get("ttl")) * 60
    period = _PERIODS.get(str(feed.get("sy_updateperiod", "")).strip().lower(), 0)
    often = max(1, _number(feed.get("sy_updatefrequency")))
    return min(max(ttl, period // often), _LONGEST)


def _number(value: object) -> int:
    match = re.match(r"\s*(\d{1,6})", str(value or ""))
    return int(match[1]) if match else 0


def skipped_hours(xml: str) -> tuple[int, ...]:
    """Hours of the day (0 to 23, UTC) at which the RSS feed `xml` asks not to be read."""
    found = _SKIP_HOURS.search(xml[:100_000])
    if not found:
        return ()
    hours = {int(hour) % 24 for hour in _HOUR.findall(found[1]) if int(hour) <= 24}
    # All day long would be never.
    return tuple(sorted(hours)) if len(hours) < 24 else ()
