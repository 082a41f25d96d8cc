"""The plan for shared subscriptions: what appeared appears, what vanished vanishes, nothing is lost."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.clock import Clock
from tests.sync.rooms import library
from tui.domain.errors import Refused, Unreachable
from tui.domain.feeds import Feed
from tui.domain.servers import RemoteEntry, RemoteFeed, RemoteStates, Shared
from tui.sync.subscriptions import plan, share

A, B = "https://a.example/feed", "https://b.example/feed"


def ours(number: int, url: str = A, folder: str = "") -> Feed:
    return Feed(number, url, folder=folder)


def theirs(number: int, url: str = A, folder: str = "") -> RemoteFeed:
    return RemoteFeed(url, "", folder, f"feed/{number}")


class Server:
    """A server in memory that keeps the rules of the protocol; `refuses` are what it can't fetch."""

    name = "me at http://server.example"

    def __init__(self, *feeds: RemoteFeed, refuses: str = "-", down: bool = False) -> None:
        self.held = {feed.id: feed for feed in feeds}
        self.refuses, self.down = refuses, down

    async def feeds(self) -> Sequence[RemoteFeed]:
        return list(self.held.values())

    async def subscribe(self, url: str, title: str, folder: str) -> str:
        if self.down:
            raise Unreachable("no server there now", reason="refused")
        if self.refuses in url:
            raise Refused("it answered 500", status=500)
        number = f"feed/{len(self.held) + 100}"
        # As Miniflux, it keeps the address at the end of the redirects.
        self.held[number] = RemoteFeed(url.replace("moved", "new"), title, folder, number)
        return number

    async def unsubscribe(self, feed: str) -> None:
        del self.held[feed]

    async def move(self, feed: str, folder: str) -> None:
        self.held[feed] = replace(self.held[feed], folder=folder)

    async def states(self) -> RemoteStates:
        raise NotImplementedError

    async def entries(self, ids: Iterable[str]) -> Sequence[RemoteEntry]:
        raise NotImplementedError

    async def mark(
        self, ids: Sequence[str], *, read: bool | None = None, starred: bool | None = None
    ) -> None:
        raise NotImplementedError


def test_at_first_both_get_what_the_other_has() -> None:
    wanted = plan([ours(1)], [theirs(7, B)], {})
    assert (wanted.subscribe_there, wanted.subscribe_here) == ([ours(1)], [theirs(7, B)])
    assert not wanted.unsubscribe_here
    assert not wanted.unsubscribe_there


def test_the_same_feed_is_known_by_its_address_and_later_by_its_number() -> None:
    wanted = plan([ours(1, "http://www.a.example/feed")], [theirs(7)], {})
    assert wanted.agreed == {1: Shared("feed/7")}
    moved = plan([ours(1, "https://elsewhere.example/f")], [theirs(7)], wanted.agreed)
    assert moved.agreed == wanted.agreed
    assert not moved.subscribe_here
    assert not moved.unsubscribe_here


def test_what_one_side_gave_up_the_other_gives_up() -> None:
    base = {1: Shared("feed/7"), 2: Shared("feed/8")}
    wanted = plan([ours(1)], [theirs(8, B)], base)
    assert (wanted.unsubscribe_here, wanted.unsubscribe_there) == ([ours(1)], ["feed/8"])
    assert not wanted.agreed


@pytest.mark.parametrize(
    ("here", "there", "base", "wanted"),
    [
        ("World", "World", "World", "World"),
        ("News", "World", "World", "News"),
        ("World", "News", "World", "News"),
        ("Mine", "Theirs", "World", "Mine"),
        ("", "Theirs", None, "Theirs"),
        ("Mine", "All", None, "Mine"),
    ],
)
def test_a_feed_is_where_it_was_moved_last(
    here: str, there: str, base: str | None, wanted: str
) -> None:
    known = {1: Shared("feed/7", base)} if base is not None else {}
    found = plan([ours(1, folder=here)], [theirs(7, folder=there)], known)
    assert found.agreed == {1: Shared("feed/7", wanted)}
    assert found.move_here == ([] if here == wanted else [(ours(1, folder=here), wanted)])
    assert found.move_there == ([] if there == wanted else [("feed/7", wanted)])


def test_a_server_that_lost_its_list_takes_nothing_from_us() -> None:
    feeds = [ours(number, f"https://{number}.example/") for number in range(1, 6)]
    base = {feed.id: Shared(f"feed/{feed.id}") for feed in feeds}
    wanted = plan(feeds, [], base)
    assert (wanted.unsubscribe_here, wanted.lost, wanted.agreed) == ([], 5, base)
    some = plan(feeds, [theirs(n, f"https://{n}.example/") for n in (1, 2, 3)], base)
    assert [feed.id for feed in some.unsubscribe_here] == [4, 5]


def test_commands_files_and_sections_stay_here() -> None:
    private = [ours(1, "exec:x"), ours(2, "file:///x"), ours(3, A + "#section")]
    assert not plan([*private, ours(4, "read-later:")], [], {}).subscribe_there


numbers = st.sets(st.integers(1, 6))


@given(numbers, numbers, numbers)
def test_nothing_is_both_taken_and_given(here: set[int], there: set[int], known: set[int]) -> None:
    def url(number: int) -> str:
        return f"https://{number}.example/feed"

    base = {n: Shared(f"feed/{n}") for n in known}
    wanted = plan([ours(n, url(n)) for n in here], [theirs(n, url(n)) for n in there], base)
    kept = here - {feed.id for feed in wanted.unsubscribe_here}
    kept |= {int(feed.id.removeprefix("feed/")) for feed in wanted.subscribe_here}
    left = there - {int(feed.removeprefix("feed/")) for feed in wanted.unsubscribe_there}
    left |= {feed.id for feed in wanted.subscribe_there}
    # Afterwards both sides have the same, but for what a server lost.
    assert kept == left or wanted.lost
    assert {feed.id for feed in wanted.subscribe_there}.isdisjoint(known)


def test_the_library_remembers_what_was_agreed() -> None:
    server = Server(theirs(1, A, "World"), refuses="b.example")
    with library(Clock()) as (shelf, _):

        def now() -> Sequence[str]:
            return asyncio.run(share(server, shelf.servers, shelf))

        moved = shelf.subscribe("https://moved.example/feed", folder="Old")
        refused = shelf.subscribe(B)
        (line,) = now()
        assert "is not on the server: it answered 500" in line
        assert {feed.url: feed.folder for feed in shelf.feeds()} == {
            "https://moved.example/feed": "Old",
            B: "",
            A: "World",
        }
        assert {feed.url for feed in server.held.values()} == {A, "https://new.example/feed"}
        # Nothing changed: nothing is done, and what was refused is not asked again.
        before = dict(server.held)
        assert now() == []
        assert (server.held, len(shelf.feeds())) == (before, 3)
        shelf.unsubscribe(moved.id)
        del server.held["feed/1"]
        assert now() == []
        assert [feed.id for feed in shelf.feeds()] == [refused.id]
        assert server.held == {}


def test_a_server_that_goes_down_changes_nothing_that_was_agreed() -> None:
    server = Server(down=True)
    with library(Clock()) as (shelf, _):
        shelf.subscribe(A)
        with pytest.raises(Unreachable):
            asyncio.run(share(server, shelf.servers, shelf))
        assert shelf.servers.subscriptions(server.name) == {}
        server.down = False
        assert asyncio.run(share(server, shelf.servers, shelf)) == []
        assert [feed.url for feed in server.held.values()] == [A]
