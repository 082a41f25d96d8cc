"""Times as a reader says them: ages in the list, dates in local time at the head of an article."""

from datetime import datetime

_STEPS = ((60, 60, "m"), (3600, 24, "h"), (86400, 7, "d"), (7 * 86400, 52, "w"))
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


def age(then: datetime, now: datetime) -> str:
    """How long ago `then` was, in at most three columns: "now", "5m", "3h", "6d", "12w", "2y"."""
    seconds = (now - then).total_seconds()
    if seconds < 60:
        return "now"
    for unit, count, letter in _STEPS:
        if seconds < unit * count:
            return f"{int(seconds // unit)}{letter}"
    return f"{min(99, int(seconds // (365.25 * 86400)) or 1)}y"


def date(then: datetime, now: datetime) -> str:
    """`then` in the zone of `now`: "today 14:05", "Tue 14:05" in the last week, else the date."""
    local = then.astimezone(now.tzinfo)
    clock = f"{local:%H:%M}"
    days = (now.date() - local.date()).days
    if days == 0:
        return f"today {clock}"
    if days == 1:
        return f"yesterday {clock}"
    if 1 < days < 7:
        return f"{_DAYS[local.weekday()]} {clock}"
    return f"{local.day} {_MONTHS[local.month - 1]} {local.year}, {clock}"


def day(then: datetime, now: datetime) -> str:
    """The heading of a day in a list: "Today", "Yesterday", "Tuesday 3 March", with another year."""
    local = then.astimezone(now.tzinfo)
    days = (now.date() - local.date()).days
    if days in (0, 1):
        return ("Today", "Yesterday")[days]
    year = f" {local.year}" if local.year != now.year else ""
    return f"{_DAYS[local.weekday()]} {local.day} {_MONTHS[local.month - 1]}{year}"


def local_now() -> datetime:
    """Now, in the user's zone."""
    return datetime.now().astimezone()
