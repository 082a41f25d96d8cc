"""Imports into a real library: all at once or not at all, and never a step back."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.library.exchange.conftest import NOW, PICTURE, PNG, article, fill
from tests.library.exchange.test_later import POCKET_CSV
from tests.library.exchange.test_newsboat import make_cache
from tui.domain.editions import Edition
from tui.domain.errors import LibraryError, SourceError
from tui.domain.feeds import READ_LATER, FeedState, Page, ParsedEntry, ParsedFeed
from tui.library.exchange import opml
from tui.library.exchange.merging import merged
from tui.library.exchange.newsboat import cache
from tui.library.exchange.read import read
from tui.library.exchange.take_in import take_in
from tui.library.exchange.transfer import Incoming, Subscription, Transfer
from tui.library.exchange.trial import would_take
from tui.library.store import SqliteLibrary

FEED = "https://a.example/f"


def incoming(key: str, *, read: bool = False, starred: bool = False) -> Incoming:
    entry = ParsedEntry(key, f"Title {key}", f"https://a.example/{key}", NOW)
    return Incoming(FEED, entry, read=read, starred=starred)


def titles(library: SqliteLibrary, query: str) -> set[str]:
    return {row.title for row in library.window(Edition(query), 0, 1000).headlines}


def test_subscriptions_with_folders(library: SqliteLibrary) -> None:
    library.subscribe(FEED, "Mine", "Here")
    data = (
        b'<opml><body><outline text="World"><outline xmlUrl="https://b.example/f" text="B"/>'
        b'</outline><outline xmlUrl="https://a.example/f" text="A"/></body></opml>'
    )
    taken = take_in(library, opml.read(data))
    assert {(f.url, f.title, f.folder) for f in library.feeds()} == {
        (FEED, "Mine", "Here"),
        ("https://b.example/f", "B", "World"),
    }
    assert (taken.feeds, taken.feeds_known) == (1, 1)
    assert taken.problems == [f"already subscribed: {FEED}"]


def test_newsboat_cache_brings_state_and_flags(library: SqliteLibrary, tmp_path: Path) -> None:
    taken = take_in(library, cache.read(make_cache(tmp_path)))
    assert (taken.feeds, taken.entries) == (1, 3)
    assert titles(library, "is:read") == {"Read"}
    assert titles(library, "is:starred") == titles(library, "tag:s tag:x") == {"Flagged"}
    assert titles(library, "is:hidden") == {"Deleted"}
    again = take_in(library, cache.read(tmp_path / "cache.db"))
    assert (again.entries, again.entries_known) == (0, 3)


def test_an_imported_feed_is_due_and_keeps_state_at_its_first_sync(
    library: SqliteLibrary, tmp_path: Path
) -> None:
    take_in(library, cache.read(make_cache(tmp_path)))
    (feed,) = library.feeds()
    assert (feed.state, feed.next_try, feed.last_ok) == (FeedState.NEW, None, None)
    entries = (ParsedEntry("g1", "Read", "https://a.example/1"), ParsedEntry("g9", "New"))
    saved = library.save_feed(feed, ParsedFeed(FEED, entries=entries), Page(FEED, b""))
    assert len(saved.new) == 1
    assert titles(library, "is:unread") == {"Flagged", "New"}


def test_of_a_cache_only_what_urls_subscribes_to_is_taken(tmp_path: Path) -> None:
    cached = cache.read(make_cache(tmp_path))
    other = Transfer("newsboat urls", (Subscription("https://other.example/"),))
    assert list(merged([other, cached]).entries) == []
    same = Transfer("newsboat urls", (Subscription(FEED, "Mine", "", "news"),))
    both = merged([cached, same])
    assert len(list(both.entries)) == 3
    assert both.kind == "newsboat cache, newsboat urls"


def test_a_feed_of_two_lists_is_reported_once() -> None:
    one = Transfer("OPML", (Subscription(FEED, "A"), Subscription("https://b.example/")))
    two = Transfer("OPML", (Subscription(FEED, "B", "", "news"),), problems=("odd",))
    both = merged([one, two])
    assert both.subscriptions[0] == Subscription(FEED, "A", "", "news")
    assert both.problems == ("odd", f"in more than one file: {FEED}")


def test_title_and_folder_of_urls_win_over_the_cache(
    library: SqliteLibrary, tmp_path: Path
) -> None:
    cached = cache.read(make_cache(tmp_path))
    listed = Transfer("newsboat urls", (Subscription(FEED, "Mine", "", "news"),))
    taken = take_in(library, merged([cached, listed]))
    assert [(f.title, f.folder) for f in library.feeds()] == [("Mine", "news")]
    assert [f.site_url for f in library.feeds()] == ["https://a.example/"]
    assert taken.problems == []


def test_a_feed_without_a_title_in_urls_has_its_own(library: SqliteLibrary, tmp_path: Path) -> None:
    listed = Transfer("newsboat urls", (Subscription(FEED, "", "", "news"),))
    take_in(library, merged([listed, cache.read(make_cache(tmp_path))]))
    assert [(f.title, f.folder) for f in library.feeds()] == [("A", "news")]
    (feed,) = library.feeds()
    library.save_feed(feed, ParsedFeed(FEED, "A new name"), Page(FEED, b""))
    assert [f.title for f in library.feeds()] == ["A new name"]


def test_read_later_list_waits_for_the_next_sync(library: SqliteLibrary, tmp_path: Path) -> None:
    file = tmp_path / "part_000000.csv"
    file.write_text(POCKET_CSV)
    take_in(library, read(file))
    (feed,) = library.feeds()
    assert (feed.url, feed.title, feed.state) == (READ_LATER, "Read later", FeedState.PAUSED)
    assert titles(library, "is:queued") == {"One, two"}
    assert [entry.url for entry in library.to_fetch(10)] == ["https://a.example/1"]
    file.write_text(POCKET_CSV.replace("/2,", "/3,"))
    taken = take_in(library, read(file))
    assert (taken.feeds, taken.entries, taken.entries_known, taken.problems[1:]) == (0, 1, 1, [])


def test_state_only_grows(library: SqliteLibrary) -> None:
    fill(library, FEED)
    ids = library.entry_ids(library.feeds()[0].id, ["one", "two"])
    taken = take_in(
        library,
        Transfer(
            "archive",
            entries=[
                Incoming(FEED, ParsedEntry("one", "New title"), labels=("fog",), note="More."),
                Incoming(FEED, ParsedEntry("two", "Two"), read=True, labels=()),
            ],
        ),
    )
    assert (taken.entries, taken.entries_known) == (0, 2)
    one, two = library.entry(ids["one"]), library.entry(ids["two"])
    assert one is not None and two is not None
    assert (one.title, one.read, one.starred) == ("Lights & fog", True, True)
    assert (set(one.labels), one.note) == ({"fog", "law", "sea"}, "Read again.\nMore.")
    assert (two.read, two.queued) == (True, True)


def test_validators_and_schedule_of_a_known_feed_stay(library: SqliteLibrary) -> None:
    feed = fill(library, FEED)
    take_in(library, Transfer("archive", entries=[incoming("three")]))
    (after,) = library.feeds()
    assert after == feed
    assert after.validators.etag == '"x"'


def test_nothing_is_partly_imported(library: SqliteLibrary) -> None:
    def entries() -> Iterator[Incoming]:
        for number in range(1200):
            yield incoming(str(number), read=True)
        raise SourceError("the rest of the archive is damaged")

    transfer = Transfer("archive", (Subscription(FEED),), (("Mine", "is:unread"),), entries())
    with pytest.raises(SourceError, match="damaged"):
        take_in(library, transfer)
    assert library.feeds() == []
    assert titles(library, "") == set()
    assert library.saved_queries() == []
    assert library.undo() is None


def test_a_trial_counts_and_changes_nothing(library: SqliteLibrary) -> None:
    text = article("https://a.example/one")
    one = replace(incoming("one", starred=True), article=text)
    transfer = Transfer(
        "archive", (Subscription(FEED, "A"),), (("Mine", "is:unread"),), [one], [(PICTURE, PNG)]
    )
    trial = would_take(library, transfer)
    assert library.feeds() == []
    assert library.image(PICTURE) is None
    assert take_in(library, transfer) == trial
    assert (trial.feeds, trial.queries, trial.entries, trial.articles, trial.images) == (1,) * 5


def test_articles_names_and_pictures(library: SqliteLibrary) -> None:
    text = article("https://a.example/one")
    one = Incoming(FEED, ParsedEntry("one", "One"), article=text, queued=True)
    take_in(library, Transfer("archive", entries=[one], images=[(PICTURE, PNG)]))
    (row,) = library.window(Edition(""), 0, 10).headlines
    reading = library.reading(row.id)
    assert reading is not None
    assert reading.article == text
    assert library.image(PICTURE) == PNG
    assert library.to_fetch(10) == []


def test_an_article_that_is_here_stays(library: SqliteLibrary) -> None:
    fill(library, FEED)
    other = article("https://example.org/one", "Another cleaning")
    one = Incoming(FEED, ParsedEntry("one", "One"), article=other)
    assert take_in(library, Transfer("archive", entries=[one])).articles == 0
    (row,) = library.window(Edition("is:starred"), 0, 10).headlines
    reading = library.reading(row.id)
    assert reading is not None
    assert reading.article == article("https://example.org/one")


def test_many_entries_in_one_go(library: SqliteLibrary) -> None:
    heard: list[int] = []
    entries = [
        Incoming(f"https://{n % 3}.example/", ParsedEntry(str(n), str(n), published=NOW - timedelta(n)))
        for n in range(1100)
    ]  # fmt: skip
    taken = take_in(library, Transfer("archive", entries=entries), progress=heard.append)
    assert (taken.feeds, taken.entries, library.count("").total) == (3, 1100, 1100)
    assert heard == list(range(100, 1200, 100))


def test_an_import_is_one_step_and_comes_again(library: SqliteLibrary) -> None:
    library.subscribe(FEED)
    (kept,) = library.feeds()
    library.save_feed(kept, ParsedFeed(FEED, entries=(incoming("0").entry,)), Page(FEED, b""))
    entries = [replace(incoming(str(n), read=n % 2 == 0), labels=("x",)) for n in range(500)]
    other = [
        Incoming("https://b.example/", ParsedEntry(str(n), f"B {n}"), starred=n < 3, note="why")
        for n in range(300)
    ]
    transfer = Transfer("archive", (), (("Mine", "is:unread"),), [*entries, *other])
    assert take_in(library, transfer).entries == 799
    before = (titles(library, ""), titles(library, "is:unread"), titles(library, "tag:x"))
    assert len(library.history()) == 2
    assert library.undo() == "imported archive"
    assert titles(library, "") == titles(library, "is:unread") == {"Title 0"}
    assert titles(library, "tag:x OR note:why") == set()
    assert [feed.url for feed in library.feeds()] == [FEED]
    assert library.saved_queries() == []
    assert library.redo() == "imported archive"
    assert (titles(library, ""), titles(library, "is:unread"), titles(library, "tag:x")) == before
    assert library.undo() == "imported archive"
    again = take_in(library, transfer)
    assert (again.feeds, again.entries_known) == (1, 301)
    assert (titles(library, ""), titles(library, "is:unread"), titles(library, "tag:x")) == before
    assert library.undo() == "imported archive"
    assert library.undo() == f"subscribed to {FEED}"
    assert titles(library, "") == set()


def test_others_get_in_between(library: SqliteLibrary) -> None:
    """What a reader does while an import runs is a step of its own."""
    fill(library, FEED)
    marked: list[int] = []

    def key(done: int) -> None:
        entry = library.headlines(Edition("is:unread"), 1)[0].id
        thread = threading.Thread(target=lambda: library.mark([entry], hidden=True))
        thread.start()
        thread.join()
        marked.append(entry)

    entries = [Incoming("https://b.example/", ParsedEntry(str(n), f"B {n}")) for n in range(250)]
    take_in(library, Transfer("archive", entries=entries), progress=key)
    assert len(marked) == 3
    done = [library.undo() for _ in range(4)]
    assert done == ["hid 1", "imported archive", "hid 1", "hid 1"]


def test_an_import_that_is_undone_while_it_runs_ends(library: SqliteLibrary) -> None:
    def undo(_done: int) -> None:
        assert library.undo() == "imported archive"

    entries = [Incoming("https://b.example/", ParsedEntry(str(n), f"B {n}")) for n in range(250)]
    transfer = Transfer("archive", entries=entries)
    with pytest.raises(LibraryError, match="taken back while it ran"):
        take_in(library, transfer, progress=undo)
    assert titles(library, "") == set()
    assert library.feeds() == []
    again = take_in(library, transfer)
    assert again.entries + again.entries_known == 250
    assert len(titles(library, "")) == 250


def test_a_disk_that_fills_leaves_what_came_in_and_says_so(library: SqliteLibrary) -> None:
    entries = [incoming(str(n), read=True) for n in range(3000)]
    with library.database.transaction() as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
    with library.database.transaction() as connection:
        connection.execute(f"PRAGMA max_page_count = {pages + 20}")
    with pytest.raises(LibraryError, match="entries came in: import again for the rest, or undo"):
        take_in(library, Transfer("archive", entries=entries))
    came = library.count("").total
    assert 0 < came < 3000
    with library.database.transaction() as connection:
        connection.execute("PRAGMA max_page_count = 100000")
    assert take_in(library, Transfer("archive", entries=entries)).entries == 3000 - came
    assert library.count("").total == 3000
