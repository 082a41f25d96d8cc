"""When a feed is tried next: pure, so every rule is checked by itself and all by their bounds."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.domain.errors import Gone, ParseError, Refused, TooMany
from tui.domain.feeds import READ_LATER, Feed, FeedState, ParsedEntry, ParsedFeed, Validators
from tui.settings import Duration, SyncSettings
from tui.sync.schedule import DAY, Failed, Fetched, NotModified, Waiting, after, freshness, is_due

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
SETTINGS = SyncSettings(interval=Duration(3600), floor=Duration(600))
FEED = Feed(1, "https://example.org/feed")
HTTP = "%a, %d %b %Y %H:%M:%S GMT"


def parsed(*hours_ago: float, ttl: int = 0, skip_hours: tuple[int, ...] = ()) -> ParsedFeed:
    entries = tuple(
        ParsedEntry(str(n), published=NOW - timedelta(hours=h)) for n, h in enumerate(hours_ago)
    )
    return ParsedFeed(FEED.url, entries=entries, ttl=ttl, skip_hours=skip_hours)


def fetched(document: ParsedFeed | None = None, permanent: str = "", **headers: str) -> Fetched:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Fetched(named, document or parsed(), Validators('"x"'), permanent)


def wait(feed: Feed) -> float:
    """Seconds until the next try."""
    assert feed.next_try is not None
    return (feed.next_try - NOW).total_seconds()


def test_a_feed_without_rhythm_is_tried_at_the_usual_interval() -> None:
    feed = after(FEED, fetched(), NOW, SETTINGS)
    assert (wait(feed), feed.state, feed.last_ok) == (3600, FeedState.OK, NOW)
    assert feed.validators == Validators('"x"')
    assert wait(after(FEED, fetched(parsed(1, 1, 1, 1, 1)), NOW, SETTINGS)) == 3600


def test_the_rhythm_is_half_the_usual_gap() -> None:
    assert wait(after(FEED, fetched(parsed(0, 4, 8, 12, 16)), NOW, SETTINGS)) == 2 * 3600
    # One long pause or one burst among many does not count.
    assert wait(after(FEED, fetched(parsed(0, 4, 8, 12, 100, 104)), NOW, SETTINGS)) == 2 * 3600


def test_a_feed_that_fell_silent_is_asked_less_often() -> None:
    assert wait(after(FEED, fetched(parsed(20, 21, 22, 23, 24)), NOW, SETTINGS)) == 10 * 3600


def test_dates_in_the_future_make_no_rhythm() -> None:
    assert wait(after(FEED, fetched(parsed(-1, -2, -3, -4, -5)), NOW, SETTINGS)) == 3600


def test_a_damaged_document_is_well_with_a_word_about_it() -> None:
    feed = after(FEED, fetched(replace(parsed(), warning="damaged")), NOW, SETTINGS)
    assert (feed.state, feed.error, feed.error_since, feed.errors) == (
        FeedState.OK,
        "damaged",
        NOW,
        0,
    )
    # It is as it was until another document comes.
    later = NOW + timedelta(hours=2)
    same = after(feed, NotModified({}), later, SETTINGS)
    assert (same.error, same.error_since) == ("damaged", NOW)
    again = after(feed, fetched(replace(parsed(), warning="damaged")), later, SETTINGS)
    assert again.error_since == NOW
    cured = after(same, fetched(), later, SETTINGS)
    assert (cured.error, cured.error_since) == ("", None)
    # A failure that is over leaves no word.
    failed = after(feed, Failed(ParseError("no feed")), NOW, SETTINGS)
    assert after(failed, NotModified({}), later, SETTINGS).error == ""


def test_never_under_the_floor_never_over_a_day() -> None:
    assert wait(after(FEED, fetched(parsed(0, 0.01, 0.02, 0.03)), NOW, SETTINGS)) == 600
    assert wait(after(FEED, fetched(parsed(0, 900, 1800, 2700)), NOW, SETTINGS)) == DAY


def test_unchanged_makes_it_a_fifth_longer_up_to_a_day() -> None:
    feed = replace(FEED, interval=1000)
    assert after(feed, NotModified({}), NOW, SETTINGS).interval == 1200
    for _ in range(60):
        feed = after(feed, NotModified({}), NOW, SETTINGS)
    assert (feed.interval, wait(feed)) == (DAY, DAY)


def test_the_users_own_interval_stands_but_not_under_the_floor() -> None:
    feed = replace(FEED, options={"interval": "6h"})
    assert wait(after(feed, fetched(parsed(0, 1, 2, 3, 4)), NOW, SETTINGS)) == 6 * 3600
    assert wait(after(feed, NotModified({}), NOW, SETTINGS)) == 6 * 3600
    hasty = replace(FEED, options={"interval": "1s"})
    assert wait(after(hasty, fetched(), NOW, SETTINGS)) == 600
    unclear = replace(FEED, options={"interval": "often"})
    assert wait(after(unclear, fetched(), NOW, SETTINGS)) == 3600


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"cache-control": "max-age=7200"}, 7200),
        ({"cache-control": 'public, Max-Age="7200"'}, 7200),
        ({"cache-control": "max-age=7200", "age": "1200"}, 6000),
        ({"cache-control": "s-maxage=7200"}, 0),
        ({"cache-control": "max-age=7200, no-cache"}, 0),
        ({"cache-control": "no-store", "expires": (NOW + timedelta(hours=2)).strftime(HTTP)}, 0),
        ({"cache-control": "max-age=-5"}, 0),
        ({"cache-control": "max-age=many"}, 0),
        ({"expires": (NOW + timedelta(hours=2)).strftime(HTTP)}, 7200),
        ({"expires": "0"}, 0),
        ({"expires": "Thu, 01 Jan 1970 00:00:00 GMT"}, 0),
        # The server's clock is an hour slow: what it means is two hours.
        (
            {
                "expires": (NOW + timedelta(hours=1)).strftime(HTTP),
                "date": (NOW - timedelta(hours=1)).strftime(HTTP),
            },
            7200,
        ),
    ],
)
def test_how_long_a_document_is_fresh(headers: dict[str, str], seconds: int) -> None:
    assert freshness(headers, NOW) == seconds


def test_the_server_can_lengthen_but_not_shorten_and_no_more_than_a_day() -> None:
    usual = fetched(cache_control="max-age=60")
    assert wait(after(FEED, usual, NOW, SETTINGS)) == 3600
    assert wait(after(FEED, fetched(cache_control="max-age=7200"), NOW, SETTINGS)) == 7200
    assert wait(after(FEED, fetched(cache_control="max-age=9999999"), NOW, SETTINGS)) == DAY
    assert wait(after(FEED, fetched(parsed(ttl=10_800)), NOW, SETTINGS)) == 10_800
    assert wait(after(FEED, NotModified({"cache-control": "max-age=9000"}), NOW, SETTINGS)) == 9000


def test_what_the_document_asked_for_holds_for_rounds_that_end_in_304() -> None:
    feed = after(FEED, fetched(parsed(ttl=10_800, skip_hours=(12, 13))), NOW, SETTINGS)
    # 12:30 is in an hour of sleep; the next waking one begins at 14:00.
    assert wait(feed) == 4.5 * 3600
    assert wait(after(feed, NotModified({}), NOW, SETTINGS)) == 4.5 * 3600


def test_a_feed_that_always_sleeps_is_tried_once_a_day() -> None:
    sleepy = fetched(parsed(skip_hours=tuple(range(24))))
    assert wait(after(FEED, sleepy, NOW, SETTINGS)) == DAY


def test_failures_double_the_time_and_are_dated_from_the_first() -> None:
    error = ParseError("This is no feed.")
    feed, waits = FEED, []
    for _ in range(8):
        feed = after(feed, Failed(error), NOW, SETTINGS)
        waits.append(wait(feed))
    assert waits == [3600, 7200, 14400, 28800, 57600, DAY, DAY, DAY]
    assert (feed.state, feed.error, feed.errors) == (FeedState.FAILING, "This is no feed.", 8)
    later = after(feed, Failed(error), NOW + timedelta(days=1), SETTINGS)
    assert later.error_since == NOW
    well = after(later, fetched(), NOW, SETTINGS)
    assert (well.state, well.error, well.error_since, well.errors) == (FeedState.OK, "", None, 0)


@pytest.mark.parametrize(("asked", "seconds"), [(60, 3600), (9000, 9000), (10**9, DAY)])
def test_retry_after_lengthens_the_wait(asked: float, seconds: float) -> None:
    for error in (
        TooMany("too often", status=429, retry_after=asked),
        Refused("overloaded", status=503, retry_after=asked),
    ):
        assert wait(after(FEED, Failed(error), NOW, SETTINGS)) == seconds


def test_waiting_for_a_host_is_no_failure() -> None:
    feed = replace(FEED, state=FeedState.OK, errors=0, last_try=NOW - timedelta(hours=1))
    waiting = after(feed, Waiting(1800), NOW, SETTINGS)
    assert waiting == replace(feed, next_try=NOW + timedelta(seconds=1800))


def test_410_stops_the_polling() -> None:
    feed = after(FEED, Failed(Gone("gone", status=410)), NOW, SETTINGS)
    assert (feed.state, feed.next_try) == (FeedState.GONE, None)
    assert not is_due(feed, NOW + timedelta(days=900))
    assert after(feed, fetched(), NOW, SETTINGS).state is FeedState.OK


NEW_HOME = "https://example.org/new"


def test_a_move_counts_when_it_was_seen_twice_with_a_feed_behind_it() -> None:
    once = after(FEED, fetched(permanent=NEW_HOME), NOW, SETTINGS)
    assert (once.url, once.moved_to) == (FEED.url, NEW_HOME)
    twice = after(once, fetched(permanent=NEW_HOME), NOW, SETTINGS)
    assert (twice.url, twice.moved_to) == (NEW_HOME, "")
    by_304 = after(once, NotModified({}, NEW_HOME), NOW, SETTINGS)
    assert by_304.url == NEW_HOME


def test_a_move_that_changed_its_mind_or_led_to_no_feed_does_not_count() -> None:
    once = after(FEED, fetched(permanent=NEW_HOME), NOW, SETTINGS)
    assert after(once, fetched(), NOW, SETTINGS).moved_to == ""
    other = after(once, fetched(permanent="https://elsewhere.example/"), NOW, SETTINGS)
    assert (other.url, other.moved_to) == (FEED.url, "https://elsewhere.example/")
    portal = after(once, Failed(ParseError("This is a web page.")), NOW, SETTINGS)
    assert portal.url == FEED.url


def test_what_is_due() -> None:
    assert is_due(FEED, NOW)
    assert is_due(replace(FEED, next_try=NOW), NOW)
    assert not is_due(replace(FEED, next_try=NOW + timedelta(seconds=1)), NOW)
    assert not is_due(replace(FEED, next_try=NOW + timedelta(days=1)), NOW)
    assert is_due(replace(FEED, next_try=NOW + timedelta(days=30)), NOW), "the clock was set back"
    assert not is_due(replace(FEED, state=FeedState.PAUSED), NOW)
    assert not is_due(Feed(1, READ_LATER), NOW), "nothing to fetch there"


def test_a_paused_feed_that_is_fetched_by_hand_stays_paused() -> None:
    paused = replace(FEED, state=FeedState.PAUSED)
    assert after(paused, fetched(), NOW, SETTINGS).state is FeedState.PAUSED
    assert after(paused, Failed(ParseError("x")), NOW, SETTINGS).state is FeedState.PAUSED


text = st.text(max_size=30)
outcomes = st.one_of(
    st.builds(NotModified, st.dictionaries(st.sampled_from(["cache-control", "expires"]), text)),
    st.builds(
        lambda hours, ttl, skip, value: fetched(
            parsed(*hours, ttl=ttl, skip_hours=skip), cache_control=value, expires=value
        ),
        st.lists(st.floats(-1000, 100_000), max_size=12),
        st.integers(0, 10**9),
        st.lists(st.integers(0, 23), max_size=24).map(tuple),
        text | st.integers().map("max-age={}".format),
    ),
    st.builds(lambda s: Failed(Refused("x", status=503, retry_after=s)), st.floats(0, 1e12)),
)


@given(st.lists(outcomes, min_size=1, max_size=8), st.sampled_from(["", "1s", "3d", "x"]))
def test_whatever_happens_the_next_try_is_between_floor_and_a_day(
    happened: list[Fetched | NotModified | Failed], wish: str
) -> None:
    feed = replace(FEED, options={"interval": wish} if wish else {})
    for outcome in happened:
        feed = after(feed, outcome, NOW, SETTINGS)
        assert SETTINGS.floor <= wait(feed) <= DAY
        assert not is_due(feed, NOW)
