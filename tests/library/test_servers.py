"""Entries linked to those of a server, in a real library."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from tui import paths
from tui.domain.feeds import Page, ParsedEntry, ParsedFeed
from tui.domain.servers import RemoteEntry
from tui.library.store import SqliteLibrary, open_library
from tui.settings import Settings

URL = "https://example.org/feed.xml"


@pytest.fixture
def shelf() -> Iterator[SqliteLibrary]:
    shelf = open_library(paths.find(), Settings())
    feed = shelf.subscribe(URL)
    entries = tuple(
        ParsedEntry(f"id{n}", f"Entry {n}", f"https://example.org/{n}", datetime.now(UTC))
        for n in range(3)
    )
    shelf.save_feed(feed, ParsedFeed(URL, "Feed", entries=entries), Page(URL, b""))
    yield shelf
    shelf.close()


def remote(*numbers: int) -> list[RemoteEntry]:
    return [RemoteEntry(f"r{n}", f"https://www.example.org/{n}/?utm_source=s") for n in numbers]


def test_entries_are_linked_by_their_address(shelf: SqliteLibrary) -> None:
    assert shelf.servers.link(remote(0, 2, 9)) == 2
    assert {linked.remote for linked in shelf.servers.linked()} == {"r0", "r2"}
    assert shelf.servers.known_remote() == {"r0", "r2", "r9"}


def test_an_entry_that_comes_later_is_linked_then(shelf: SqliteLibrary) -> None:
    shelf.servers.link(remote(9))
    feed = shelf.feeds()[0]
    entry = ParsedEntry("id9", "Entry 9", "https://example.org/9", datetime.now(UTC))
    shelf.save_feed(feed, ParsedFeed(URL, "Feed", entries=(entry,)), Page(URL, b""))
    assert shelf.servers.link(()) == 1


def test_what_is_agreed_is_ours_and_the_base_and_no_step_of_undo(shelf: SqliteLibrary) -> None:
    shelf.servers.link(remote(0, 1))
    ours = {linked.remote: linked.entry for linked in shelf.servers.linked()}
    shelf.servers.agree([(ours["r0"], True, True)])
    states = {linked.remote: linked for linked in shelf.servers.linked()}
    assert (states["r0"].read, states["r0"].base_read) == (True, True)
    assert (states["r0"].starred, states["r0"].base_starred) == (True, True)
    assert shelf.counts()[0].unread == 2
    # The last step is the subscription: its entries go and come with it, but for the starred one.
    assert shelf.undo() == f"subscribed to {URL}"
    assert (shelf.counts()[0].total, shelf.counts()[0].starred) == (1, 1)
    assert shelf.redo() is not None
    assert (shelf.counts()[0].unread, shelf.counts()[0].total) == (2, 3)


def test_what_the_reader_did_is_pending_until_agreed(shelf: SqliteLibrary) -> None:
    shelf.servers.link(remote(1))
    entry = shelf.servers.linked()[0].entry
    shelf.mark([entry], read=True)
    linked = shelf.servers.linked()[0]
    assert (linked.read, linked.base_read) == (True, False)
