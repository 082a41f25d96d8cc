"""What goes into a pack, in which order; and which feed a person means."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.domain.editions import Headline
from tui.domain.errors import SourceError
from tui.domain.feeds import Feed
from tui.sync.choosing import PackWishes, find_feed, in_turn, wishes_from

NOW = datetime(2026, 3, 2, tzinfo=UTC)


def row(number: int, feed: int = 1) -> Headline:
    return Headline(number, feed, f"feed {feed}", f"story {number}", NOW)


def order(*args: object, quota: int = 30) -> list[int]:
    queued, unread, followed = args
    return [h.id for h in in_turn(queued, unread, followed, quota)]  # type: ignore[arg-type]


def test_one_of_each_feed_in_turn_the_newest_first() -> None:
    busy = [row(n, 1) for n in (1, 2, 3, 4)]
    rare = [row(10, 2)]
    some = [row(20, 3), row(21, 3)]
    assert order([], [*busy, *rare, *some], set()) == [1, 10, 20, 2, 21, 3, 4]


def test_queued_first_then_followed_each_once() -> None:
    unread = [row(1, 1), row(2, 1), row(3, 2), row(4, 2)]
    assert order([row(2, 1), row(9, 5)], unread, {4, 2}) == [2, 9, 4, 1, 3]


def test_a_feed_gives_no_more_than_its_quota_but_what_is_followed() -> None:
    unread = [row(n) for n in range(10)]
    assert order([], unread, {9}, quota=3) == [9, 0, 1, 2]
    assert order([], unread, set(), quota=0) == []


rows = st.lists(st.builds(row, st.integers(0, 40), st.integers(1, 5)), max_size=40)


@given(rows, rows, st.sets(st.integers(0, 40)))
def test_everything_once_and_nothing_else(
    queued: list[Headline], unread: list[Headline], followed: set[int]
) -> None:
    chosen = order(queued, unread, followed, quota=99)
    assert len(chosen) == len(set(chosen))
    assert set(chosen) == {h.id for h in (*queued, *unread)}


def test_wishes_of_the_command_line() -> None:
    assert wishes_from({}) == PackWishes(minutes=120)
    words = {"for": "8h", "max": "40MB", "feed": "a\nb", "folder": "World", "query": "is:starred"}
    wishes = wishes_from({**words, "images": "no", "links": "yes"})
    assert wishes == PackWishes(480, 40_000_000, ("a", "b"), ("World",), "is:starred", False, True)
    assert wishes_from({"for": "8h", "minutes": "90"}).minutes == 90
    assert wishes_from({"for": "1s"}).minutes == 1


@pytest.mark.parametrize("words", [{"for": "long"}, {"max": "big"}, {"minutes": "x"}])
def test_wishes_that_are_not_clear(words: dict[str, str]) -> None:
    with pytest.raises(SourceError, match="not clear"):
        wishes_from(words)


FEEDS = [
    Feed(1, "https://a.example/feed", "World News", site_url="https://a.example/"),
    Feed(2, "https://b.example/feed", "World"),
    Feed(12, "https://c.example/feed", "Science"),
]


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("1", 1),
        ("12", 12),
        ("https://b.example/feed", 2),
        ("https://a.example/", 1),
        ("world", 2),
        ("science", 12),
        ("c.example", 12),
        ("news", 1),
    ],
)
def test_a_feed_by_number_address_title_or_part(name: str, number: int) -> None:
    assert find_feed(FEEDS, name).id == number


@pytest.mark.parametrize(
    ("name", "said"), [("3", "no feed"), ("orld", "can mean"), ("example/feed", "12 Science")]
)
def test_what_is_nothing_or_several_says_so(name: str, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        find_feed(FEEDS, name)
