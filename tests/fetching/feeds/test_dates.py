"""Dates as the web writes them."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.fetching.feeds.dates import parse_date

MOMENTS = st.datetimes(datetime(1980, 1, 1), datetime(2100, 1, 1)).map(
    lambda moment: moment.replace(tzinfo=UTC, microsecond=0)
)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Thu, 1 Feb 2024 10:20:30 +0200", "2024-02-01 08:20:30"),
        ("1 Feb 24 10:20 EST", "2024-02-01 15:20:00"),
        ("Thu, 1 Feb 2024 10:20:30 GMT+3", "2024-02-01 07:20:30"),
        ("Thu, 1 Feb 2024 10:20:30 Z (UTC)", "2024-02-01 10:20:30"),
        ("2024-02-01T10:20:30.5-05:30", "2024-02-01 15:50:30"),
        ("2024-02-01 10:20", "2024-02-01 10:20:00"),
        ("20240201T102030Z", "2024-02-01 10:20:30"),
        ("20240201", "2024-02-01 00:00:00"),
        ("2024-02", "2024-02-01 00:00:00"),
        ("2024-032", "2024-02-01 00:00:00"),
        ("2024/2/1", "2024-02-01 00:00:00"),
        ("01.02.2024 10:20", "2024-02-01 10:20:00"),
        ("2/1/2024 12:05 AM", "2024-02-01 00:05:00"),
        ("2/1/2024 12:05 PM", "2024-02-01 12:05:00"),
        ("31/01/2024", "2024-01-31 00:00:00"),
        ("February 1st, 2024", "2024-02-01 00:00:00"),
        ("Thu Feb 1 10:20:30 PST 2024", "2024-02-01 18:20:30"),
        ("jeudi 1 février 2024 à 10h20", "2024-02-01 10:20:00"),
        ("mar., 02 juil. 2024 10:20:30 +0200", "2024-07-02 08:20:30"),
        ("Do, 01 Feb 2024 10:20:30 MEZ", "2024-02-01 09:20:30"),
        ("1 de febrero de 2024", "2024-02-01 00:00:00"),
        ("1 февраля 2024, 10:20", "2024-02-01 10:20:00"),
        ("2024年2月1日 下午3:04", "2024-02-01 15:04:00"),
        ("2024년 02월 01일 오전 10:20", "2024-02-01 10:20:00"),
        ("Thu, 01 Feb 2024 10.20.30 GMT", "2024-02-01 10:20:30"),
        ("木, 01 2月 2024 10:20:30 +0900", "2024-02-01 01:20:30"),
        ("週四, 01 二月 2024 10:20:30 +0800", "2024-02-01 02:20:30"),
        ("1 十二月 2024", "2024-12-01 00:00:00"),
        ("1 tháng 2 2024", "2024-02-01 00:00:00"),
        ("1 veljače 2024", "2024-02-01 00:00:00"),
        ("1 فبراير 2024", "2024-02-01 00:00:00"),
        ("1 شباط 2024", "2024-02-01 00:00:00"),
        ("1 בפברואר 2024", "2024-02-01 00:00:00"),
        ("Thu, 01 Feb 2024 10:20:30 Europe/Paris", "2024-02-01 09:20:30"),
        ("2024-07-01 10:20:30 (America/New_York)", "2024-07-01 14:20:30"),
        ("2024-02-01 10:20:30 Atlantis/Harbour", "2024-02-01 10:20:30"),
        ("2024-W05-4", "2024-02-01 00:00:00"),
        ("2024W054T10:20:30Z", "2024-02-01 10:20:30"),
        ("1706782830", "2024-02-01 10:20:30"),
        ("1706782830000", "2024-02-01 10:20:30"),
        ("Wed, 31 Jan 2024 24:00:00 GMT", "2024-02-01 00:00:00"),
        ("1 Feb 104 10:20:30 GMT", "2004-02-01 10:20:30"),
        ("2024-02-01T25:61:00Z", "2024-02-01 00:00:00"),
    ],
)
def test_what_feeds_write(text: str, wanted: str) -> None:
    found = parse_date(text)
    assert found is not None
    assert found.strftime("%Y-%m-%d %H:%M:%S") == wanted
    assert found.tzinfo is UTC


@pytest.mark.parametrize(
    "text",
    ["", "   ", "yesterday", "0000-00-00T00:00:00Z", "2024-02-30", "2024-13-01", "Feb", "12"],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert parse_date(text) is None


@given(MOMENTS, st.integers(-14 * 4, 14 * 4))
def test_a_moment_survives_every_common_form(moment: datetime, quarters: int) -> None:
    local = moment + timedelta(minutes=15 * quarters)
    sign = "-" if quarters < 0 else "+"
    zone = f"{sign}{abs(quarters) // 4:02}{abs(quarters) % 4 * 15:02}"
    assert parse_date(local.strftime(f"%a, %d %b %Y %H:%M:%S {zone}")) == moment
    assert parse_date(local.strftime(f"%Y-%m-%dT%H:%M:%S{zone[:3]}:{zone[3:]}")) == moment
    assert parse_date(moment.strftime("%a %b %e %H:%M:%S %Y")) == moment


@given(st.text(max_size=60))
def test_no_text_raises(text: str) -> None:
    found = parse_date(text)
    assert found is None or found.tzinfo is UTC
