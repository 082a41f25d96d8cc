"""Times and sizes as people write them."""

import pytest

from tui.settings import parse_duration, parse_size


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("30", 30),
        ("30min", 1800),
        ("8h", 28800),
        ("1.5h", 5400),
        ("7d", 604800),
        (" 2 w ", 1209600),
    ],
)
def test_durations(text: str, seconds: int) -> None:
    assert parse_duration(text) == seconds


def test_sizes() -> None:
    assert parse_size("40MB") == 40_000_000
    with pytest.raises(ValueError, match="40MB"):
        parse_size("big")


@pytest.mark.parametrize("text", ["", "soon", "-3", "9" * 5000, "9" * 30 + "d", "３０", "1e3h"])
def test_what_is_no_time_is_told_as_one_line(text: str) -> None:
    with pytest.raises(ValueError, match=r"^expected a time as 30min, 8h or 7d"):
        parse_duration(text)
