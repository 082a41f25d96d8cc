"""Dates as feeds write them: RFC 822 and what is meant as such, ISO 8601 and W3CDTF, asctime, epoch
seconds, and dates in the words of two dozen languages.

A date without a zone is read as UTC. What can't be a date is None, never a guess.
"""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tui.fetching.feeds.months import DAY_PARTS, MONTHS
from tui.fetching.feeds.zones import HOURS_EAST

_LONGEST = 100
_EARLIEST, _LATEST = 1900, 2200

_EPOCH = re.compile(r"(\d{9,10})(?:\.\d+)?|(\d{12,13})")
_TIME = re.compile(
    r"(?<![\d.+-])(?P<hour>\d{1,2})(?:[:h시時点时]\s?(?P<minute>\d{1,2})(?:분|分)?"
    r"(?::?\s?(?P<second>\d{1,2})(?:초|秒|[.,]\d+)?)?)(?!\d)\s*(?P<half>[ap]\.?\s?m\b\.?)?",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?)?(?:\.\d+)?")
_OFFSET = re.compile(r"\s*(?:GMT|UTC?)?\s*([+\u2212-])\s?(\d{1,2}):?(\d{2})?(?!\d)")
_ZONE = re.compile(r"\s*\(?([A-Za-z]{1,5})\b\)?")
_PLACE = re.compile(r"\s*\(?([A-Z][A-Za-z]+(?:/[A-Z][A-Za-z_-]+){1,2})\)?")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})[-/.]\s?(\d{1,2})(?:[-/.]\s?(\d{1,2}))?(?!\d)")
_YEAR_FIRST_CJK = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]")
_ORDINAL = re.compile(r"(?<!\d)(\d{4})-(\d{3})(?!\d)")
_YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
_WEEK = re.compile(r"(?<!\d)(\d{4})-?W(\d{2})(?:-?([1-7]))?(?!\d)")
# Months that are numbers: 4月, 四月, tháng 4.
_NUMBERED_MONTH = re.compile(
    r"(?<!\d)(\d{1,2})\s?[月월]|(十?[一二三四五六七八九十])月|tháng (\d{1,2})"
)
_CHINESE = "一二三四五六七八九十"
# "2 Jan 2024 03.04.05": dots in a time, which would otherwise be a date of its own.
_DOTTED_TIME = re.compile(r"(?<=\d{4})(\D{1,3}\d{1,2})\.(\d{2})\.(\d{2})(?!\d)")
_YEAR = re.compile(r"\d{4}")
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d+")
_AFTER_NUMBER = re.compile(r"\d(?:st|nd|rd|th|er|\.|º)?[\s/-]*(?:de |of |d['’])?$")

_ENGLISH = "jan feb mar apr may jun jul aug sep oct nov dec".split()

Day = tuple[int, int, int]
Clock = tuple[int, int, int]


def parse_date(text: str) -> datetime | None:
    """The moment that `text` names, aware, in UTC and whole seconds; None where there is none."""
    text = " ".join(text[:_LONGEST].split())
    if not text:
        return None
    try:
        return _epoch(text) or _compact(text) or _general(text)
    except (ValueError, OverflowError):
        return None


def _epoch(text: str) -> datetime | None:
    match = _EPOCH.fullmatch(text)
    if not match:
        return None
    return datetime.fromtimestamp(int(match[1]) if match[1] else int(match[2]) // 1000, UTC)


def _compact(text: str) -> datetime | None:
    """ISO 8601's basic form: 20240102, 20240102T030405Z."""
    match = _COMPACT.match(text)
    if not match:
        return None
    rest = text[match.end() :]
    offset, rest = _zone(rest)
    if rest.strip():
        return None
    year, month, day = (int(part) for part in match.groups()[:3])
    clock = [int(part or 0) for part in match.groups()[3:]]
    return _moment((year, month, day), (clock[0], clock[1], clock[2]), offset)


def _general(text: str) -> datetime | None:
    text = _DOTTED_TIME.sub(r"\1:\2:\3", text)
    time = _TIME.search(text)
    clock, offset, place, remains = (0, 0, 0), 0.0, "", text
    if time:
        before, after = text[: time.start()], text[time.end() :]
        if found := _PLACE.match(after):
            place, after = found[1], after[found.end() :]
        else:
            offset, after = _zone(after)
        before = before.removesuffix("T").removesuffix("t")
        remains = f"{before} {after}"
        clock = _clock(time, remains)
    date = _date(remains)
    if not date:
        return None
    return _moment(date, clock, _hours_east(place, date, clock) if place else offset)


def _hours_east(place: str, date: Day, clock: Clock) -> float:
    """What a clock at `place` ("Europe/Paris") is ahead of UTC at that time; 0 if it has no zone."""
    try:
        ahead = datetime(*date, clock[0] % 24, *clock[1:2], tzinfo=ZoneInfo(place)).utcoffset()
    except (ZoneInfoNotFoundError, OSError):
        return 0.0
    return ahead.total_seconds() / 3600 if ahead else 0.0


def _clock(time: re.Match[str], around: str) -> Clock:
    hour, minute, second = (int(time[name] or 0) for name in ("hour", "minute", "second"))
    half = (time["half"] or "").lower()[:1]
    if not half:
        words = {word.lower() for word in _WORD.findall(around)}
        half = next((DAY_PARTS[word] for word in words if word in DAY_PARTS), "")
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 24 or minute > 59 or second > 60 or (hour == 24 and (minute or second)):
        return 0, 0, 0  # the day is known all the same
    return hour, minute, second


def _zone(text: str) -> tuple[float, str]:
    """Hours east of UTC at the beginning of `text`, and what follows."""
    if match := _OFFSET.match(text):
        hours = int(match[2]) + int(match[3] or 0) / 60
        if hours < 15:
            return hours if match[1] == "+" else -hours, text[match.end() :]
        return 0.0, text[match.end() :]
    if (match := _ZONE.match(text)) and match[1].lower() in HOURS_EAST:
        return HOURS_EAST[match[1].lower()], text[match.end() :]
    return 0.0, text


def _date(text: str) -> Day | None:
    if match := _YEAR_FIRST_CJK.search(text):
        return int(match[1]), int(match[2]), int(match[3])
    if match := _YEAR_FIRST.search(text):
        return int(match[1]), int(match[2]), int(match[3] or 1)
    if match := _WEEK.search(text):
        week = datetime.fromisocalendar(int(match[1]), int(match[2]), int(match[3] or 1))
        return week.year, week.month, week.day
    if match := _ORDINAL.search(text):
        day = datetime(int(match[1]), 1, 1, tzinfo=UTC) + timedelta(days=int(match[2]) - 1)
        return day.year, day.month, day.day
    if match := _YEAR_LAST.search(text):
        return _year_last(match)
    if _YEAR.fullmatch(text.strip()):
        return int(text), 1, 1
    return _in_words(_NUMBERED_MONTH.sub(_month_name, text))


def _month_name(month: re.Match[str]) -> str:
    digits, chinese, vietnamese = month.groups()
    if chinese:
        number = 10 * (len(chinese) - 1) + _CHINESE.index(chinese[-1]) + 1
    else:
        number = int(digits or vietnamese)
    return _ENGLISH[number - 1] if 1 <= number <= 12 else ""


def _year_last(match: re.Match[str]) -> Day:
    """With dots and hyphens the day is first; with slashes the month, unless it can't be one."""
    first, second, year = int(match[1]), int(match[3]), _full_year(match[4])
    if second > 12 or (match[2] == "/" and first <= 12):
        return year, first, second
    return year, second, first


def _in_words(text: str) -> Day | None:
    months = [(m.start(), found) for m in _WORD.finditer(text) if (found := _month(m[0].lower()))]
    # "mar., 02 janv.": a day of the week may look like a month, but it stands before the number.
    month = next((found for at, found in months if _AFTER_NUMBER.search(text[:at])), 0)
    month = month or (months[-1][1] if months else 0)
    numbers = _NUMBER.findall(text)
    if not month or len(numbers) < 2:
        return None
    day, year = numbers[0], numbers[1]
    if len(day) > 2 >= len(year):
        day, year = year, day
    return _full_year(year), month, int(day)


def _month(word: str) -> int:
    if found := MONTHS.get(word):
        return found
    # Long forms and inflections start with what the short form is.
    return MONTHS.get(word[:4], 0) or MONTHS.get(word[:3], 0) if len(word) > 3 else 0


def _full_year(digits: str) -> int:
    """RFC 2822, 4.3: two digits below 50 are of this century, three digits count from 1900."""
    year = int(digits)
    if len(digits) >= 4:
        return year
    return year + (2000 if len(digits) == 2 and year < 50 else 1900)


def _moment(date: Day, clock: Clock, offset: float) -> datetime | None:
    year, month, day = date
    if not _EARLIEST <= year <= _LATEST:
        return None
    hour, minute, second = clock
    start = datetime(year, month, day, tzinfo=UTC)
    return start + timedelta(hours=hour - offset, minutes=minute, seconds=second)
