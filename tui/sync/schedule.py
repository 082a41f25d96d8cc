"""When a feed is tried next. Pure: (feed, outcome, now, settings) -> feed.

rhythm      half the usual gap between its entries, never under `sync.floor`
unchanged   a fifth longer each time, until something new comes
server      Cache-Control, Expires, ttl, sy: and skipHours lengthen, never shorten, 24 h at most
failure     doubled each time, 24 h at most; Retry-After where it is longer
moved       301 and 308 count when their target was a feed twice (a captive portal is not)
gone        410: never again; the entries stay
damaged     a document that was read all the same: well, with a word about it
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from itertools import pairwise
from statistics import median

from tui.domain.errors import BroadsheetError, FetchError, Gone
from tui.domain.feeds import Feed, FeedState, ParsedFeed, Validators
from tui.settings import SyncSettings, parse_duration

DAY = 24 * 3600
# Gaps between this many of the newest entries make the rhythm, at least three of them.
_GAPS = 10
_LEAST_GAPS = 3
_GROWTH = 1.2
_DOUBLINGS = 10


@dataclass(frozen=True, slots=True)
class Fetched:
    """A document came and was read."""

    headers: Mapping[str, str]
    parsed: ParsedFeed
    validators: Validators
    permanent: str = ""


@dataclass(frozen=True, slots=True)
class NotModified:
    """304."""

    headers: Mapping[str, str]
    permanent: str = ""


@dataclass(frozen=True, slots=True)
class Failed:
    """No document, or none that could be read."""

    error: BroadsheetError


@dataclass(frozen=True, slots=True)
class Waiting:
    """Not tried: its host wants to rest for `seconds` more."""

    seconds: float


Outcome = Fetched | NotModified | Failed | Waiting


def is_due(feed: Feed, now: datetime) -> bool:
    """True if `feed` should be tried at `now`."""
    if feed.state in (FeedState.GONE, FeedState.PAUSED) or not has_source(feed):
        return False
    # No wait is longer than a day: a later next try means that the clock was set back.
    return feed.next_try is None or not now < feed.next_try <= now + timedelta(days=1, minutes=1)


def has_source(feed: Feed) -> bool:
    """False for a feed that only holds what was put into it ("read-later:")."""
    return feed.url.startswith(("http://", "https://", "file:", "exec:"))


def after(feed: Feed, outcome: Outcome, now: datetime, settings: SyncSettings) -> Feed:
    """`feed` with its state, interval and next try after `outcome` at `now` (aware, UTC)."""
    match outcome:
        case Waiting(seconds=seconds):
            return replace(feed, next_try=now + timedelta(seconds=min(seconds, DAY)))
        case Failed(error=error):
            return _failed(feed, error, now, settings)
        case Fetched(parsed=parsed):
            feed = replace(
                feed,
                validators=outcome.validators,
                interval=_rhythm(feed, parsed, now, settings),
                ttl=parsed.ttl,
                skip_hours=parsed.skip_hours,
            )
            remark = parsed.warning
        case NotModified():
            feed = replace(feed, interval=_longer(feed, settings))
            remark = feed.error if not feed.errors else ""
    return _well(_moved(feed, outcome.permanent), outcome.headers, remark, now)


def _well(feed: Feed, headers: Mapping[str, str], remark: str, now: datetime) -> Feed:
    since = feed.error_since if feed.error == remark else now
    wait = min(max(feed.interval, feed.ttl, freshness(headers, now)), DAY)
    return replace(
        feed,
        state=FeedState.PAUSED if feed.state is FeedState.PAUSED else FeedState.OK,
        error=remark,
        error_since=since if remark else None,
        errors=0,
        last_try=now,
        last_ok=now,
        next_try=_awake(now + timedelta(seconds=wait), feed.skip_hours, now),
    )


def _failed(feed: Feed, error: BroadsheetError, now: datetime, settings: SyncSettings) -> Feed:
    gone = isinstance(error, Gone)
    errors = feed.errors + 1
    wait = max(feed.interval, settings.floor) * 2 ** min(errors - 1, _DOUBLINGS)
    asked = error.retry_after if isinstance(error, FetchError) else None
    seconds = min(max(wait, asked or 0), DAY)
    state = FeedState.GONE if gone else FeedState.FAILING
    return replace(
        feed,
        state=FeedState.PAUSED if feed.state is FeedState.PAUSED else state,
        error=str(error),
        error_since=feed.error_since or now,
        errors=errors,
        last_try=now,
        next_try=None if gone else now + timedelta(seconds=seconds),
    )


def _moved(feed: Feed, permanent: str) -> Feed:
    if not permanent or permanent == feed.url:
        return replace(feed, moved_to="")
    if permanent == feed.moved_to:
        return replace(feed, url=permanent, moved_to="")
    return replace(feed, moved_to=permanent)


def _rhythm(feed: Feed, parsed: ParsedFeed, now: datetime, settings: SyncSettings) -> int:
    """Seconds between tries from the dates of the newest entries."""
    if (wish := _wish(feed, settings)) is not None:
        return wish
    dates = _dates((e.published or e.updated for e in parsed.entries), now)
    gaps = [(late - early).total_seconds() for late, early in pairwise(dates)]
    # Entries with one date came together: no rhythm in that.
    gaps = [gap for gap in gaps if gap > 0][:_GAPS]
    if len(gaps) < _LEAST_GAPS:
        return _within(settings.interval, settings)
    silence = (now - dates[0]).total_seconds()
    return _within(max(median(gaps), silence) / 2, settings)


def _dates(dates: Iterable[datetime | None], now: datetime) -> list[datetime]:
    """The dates that are in the past, the newest first."""
    return sorted((date for date in dates if date is not None and date <= now), reverse=True)


def _longer(feed: Feed, settings: SyncSettings) -> int:
    wish = _wish(feed, settings)
    return wish if wish is not None else _within(feed.interval * _GROWTH, settings)


def _wish(feed: Feed, settings: SyncSettings) -> int | None:
    """The user's own interval for this feed."""
    try:
        return _within(parse_duration(feed.options["interval"]), settings)
    except (KeyError, ValueError):
        return None


def _within(seconds: float, settings: SyncSettings) -> int:
    return int(max(min(seconds, DAY), settings.floor))


def freshness(headers: Mapping[str, str], now: datetime) -> int:
    """Seconds for which a document counts as fresh (RFC 9111, 4.2.1), 0 if nothing says so."""
    directives = dict(_directives(headers.get("cache-control", "")))
    if "no-cache" in directives or "no-store" in directives:
        return 0
    if "max-age" in directives:
        age = headers.get("age", "")
        spent = int(age[:9]) if age.isdecimal() and age.isascii() else 0
        return max(_digits(directives["max-age"]) - spent, 0)
    expires = _http_date(headers.get("expires", ""))
    if expires is None:
        return 0
    # The server's own clock tells how long it meant.
    sent = _http_date(headers.get("date", "")) or now
    return max(int((expires - sent).total_seconds()), 0)


def _directives(value: str) -> Iterable[tuple[str, str]]:
    for part in value.split(","):
        name, _, argument = part.strip().partition("=")
        yield name.lower(), argument.strip('" ')


def _digits(text: str) -> int:
    return int(text[:9]) if text.isascii() and text.isdecimal() else 0


def _http_date(text: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)


def _awake(moment: datetime, skip_hours: tuple[int, ...], now: datetime) -> datetime:
    """`moment`, or the end of the hours of the day (UTC) in which the feed sleeps."""
    latest = now + timedelta(seconds=DAY)
    while moment.hour in skip_hours and moment < latest:
        moment = moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return min(moment, latest)
