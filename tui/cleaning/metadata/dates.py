"""Dates as pages write them, to aware times. A time without a zone counts as UTC."""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

_ISO = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})"
    r"(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[.,]\d+)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2}(?!\d))?)?",
    re.I,
)
_BASIC = re.compile(r"^(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?)?$")
_ASIAN = re.compile(r"(\d{4})\s*[年/.년]\s*(\d{1,2})\s*[月/.월]\s*(\d{1,2})")
_DOTTED = re.compile(r"(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
_CLOCK = re.compile(r"(?<!\d)(\d{1,2})[:.](\d{2})(?!\d)\s*([ap])?\.?m?\b", re.I)
# The first three letters (four for those that clash) of months in the languages that news uses.
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan ene gen янв led sty",
            "feb fév fev фев úno lut",
            "mar mär mrz мар bře maa",
            "apr avr abr апр dub kwi",
            "may mai mag maj mei май мая kvě",
            "jun juin giu июн čer cze kes",
            "jul juil lug июл hei lip",
            "aug aoû ago авг srp sie elo",
            "sep set сен zář wrz syy",
            "oct okt out ott окт říj paź lok",
            "nov нов lis",
            "dec déc dez dic дек pro gru jou",
        ),
        1,
    )
    for name in names.split()
}
_WORDED = re.compile(
    r"(?<!\d)(\d{1,2})(?:\.|st|nd|rd|th|er)?\s*(?:de\s+|of\s+)?([^\W\d_]{3,10})\.?,?\s*(?:de\s+|del\s+)?(\d{4})"
)
_MONTH_FIRST = re.compile(r"([^\W\d_]{3,10})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_OLDEST = 1700
_UNSET = date(1970, 1, 1)


def parse(value: object) -> datetime | None:
    """The time in `value`: ISO 8601, RFC 5322, epoch seconds, or a date in words; else None."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _epoch(float(value))
    if not isinstance(value, str) or not (text := value.strip()[:120]):
        return None
    for reader in (_iso, _rfc, _basic, _worded, _numbers):
        try:
            found = reader(text)
        except (ValueError, OverflowError, TypeError):
            continue
        # The first day of the epoch is a date that somebody forgot to fill in.
        if found and _OLDEST < found.year < 2200 and found.date() != _UNSET:
            return found
    return None


def _epoch(seconds: float) -> datetime | None:
    seconds = seconds / 1000 if seconds > 1e11 else seconds
    return datetime.fromtimestamp(seconds, UTC) if 1e8 < seconds < 1e10 else None


def _zone(text: str | None) -> timezone:
    if not text or text[0] not in "+-":
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:4]))
    return timezone(-offset if text[0] == "-" else offset)


def _iso(text: str) -> datetime | None:
    found = _ISO.search(text)
    if not found:
        return None
    year, month, day, hour, minute, second = (int(v or 0) for v in found.groups()[:6])
    hour = hour if hour < 24 else 0
    return datetime(year, month, day, hour, minute, second, tzinfo=_zone(found[7]))


def _rfc(text: str) -> datetime | None:
    found = parsedate_to_datetime(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _basic(text: str) -> datetime | None:
    if text.isdigit() and len(text) in (10, 13):
        return _epoch(float(text))
    found = _BASIC.match(text)
    if not found:
        return None
    return datetime(*(int(v or 0) for v in found.groups()), tzinfo=UTC)  # type: ignore[misc, arg-type]


def _worded(text: str) -> datetime | None:
    for pattern, day_group, month_group in ((_WORDED, 1, 2), (_MONTH_FIRST, 2, 1)):
        for found in pattern.finditer(text):
            if month := _month(found[month_group]):
                return _with_clock(int(found[3]), month, int(found[day_group]), text[found.end() :])
    return None


def _month(name: str) -> int:
    name = name.lower()
    return _MONTHS.get(name[:4]) or _MONTHS.get(name[:3], 0)


def _numbers(text: str) -> datetime | None:
    if found := _ASIAN.search(text):
        return _with_clock(int(found[1]), int(found[2]), int(found[3]), text[found.end() :])
    if found := _DOTTED.search(text):
        return _with_clock(int(found[3]), int(found[2]), int(found[1]), text[found.end() :])
    return None


def _with_clock(year: int, month: int, day: int, rest: str) -> datetime:
    hour = minute = 0
    if clock := _CLOCK.search(rest[:30]):
        hour, minute = int(clock[1]), int(clock[2])
        if clock[3]:
            hour = hour % 12 + (12 if clock[3].lower() == "p" else 0)
        if hour > 23 or minute > 59:
            hour = minute = 0
    return datetime(year, month, day, hour, minute, tzinfo=UTC)
