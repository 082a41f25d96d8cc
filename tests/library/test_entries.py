"""What feeds list becomes entries; state stays with them whatever the feed does."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.library.conftest import NOW, Clock, Open, article, deliver, entries, titles
from tui.domain.editions import Edition
from tui.domain.feeds import FeedState, Page, ParsedFeed, Validators
from tui.library.store import SqliteLibrary
from tui.settings import Settings


def test_entries_and_validators_come_together(shelf: SqliteLibrary) -> None:
    feed = shelf.subscribe("https://a.example/feed", folder="World")
    page = Page(feed.url, b"", headers={"etag": '"x"', "last-modified": "Wed"})
    saved = shelf.save_feed(
        feed, ParsedFeed(feed.url, "Alpha", entries=entries("one", "two")), page
    )
    assert len(saved.new) == 2
    stored = shelf.feeds()[0]
    assert (stored.title, stored.folder) == ("Alpha", "World")
    assert stored.validators == Validators('"x"', "Wed")
    assert titles(shelf, "") == ["one", "two"]


def test_half_a_document_leaves_nothing(
    shelf: SqliteLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed = shelf.subscribe("https://a.example/feed")

    def stop(*_: object) -> None:
        raise RuntimeError("stop")

    monkeypatch.setattr("tui.library.stories.join", stop)
    with pytest.raises(RuntimeError):
        deliver(shelf, feed, entries("one"))
    assert shelf.counts()[0].total == 0
    assert shelf.feeds()[0].validators == Validators()


def test_the_same_document_again_changes_nothing(shelf: SqliteLibrary) -> None:
    feed = shelf.subscribe("https://a.example/feed")
    parsed = ParsedFeed(feed.url, entries=entries("one", "two"))
    page = Page(feed.url, b"")
    shelf.save_feed(feed, parsed, page)
    again = shelf.save_feed(feed, parsed, page)
    assert again.new == again.changed == ()


def test_a_changed_entry_keeps_its_state_and_place(shelf: SqliteLibrary) -> None:
    feed = shelf.subscribe("https://a.example/feed")
    listed = entries("one", "two")
    first, _ = deliver(shelf, feed, listed)
    shelf.mark([first], read=True, starred=True)
    changed = (replace(listed[0], title="one, corrected", published=NOW), listed[1])
    saved = shelf.save_feed(feed, ParsedFeed(feed.url, entries=changed), Page(feed.url, b""))
    assert saved.changed == (first,)
    entry = shelf.entry(first)
    assert entry is not None
    assert (entry.title, entry.read, entry.starred) == ("one, corrected", True, True)
    assert titles(shelf, "corrected") == ["one, corrected"]
    assert titles(shelf, "") == ["one, corrected", "two"]


def test_state_carries_over_when_a_feed_changes_its_ids(shelf: SqliteLibrary) -> None:
    feed = shelf.subscribe("https://a.example/feed")
    listed = entries("one", "two", "three")
    ids = deliver(shelf, feed, listed)
    shelf.mark(ids[:2], read=True)
    shelf.label(ids[0], ["later"])
    renewed = tuple(replace(e, id=f"urn:{e.id}") for e in listed)
    saved = shelf.save_feed(feed, ParsedFeed(feed.url, entries=renewed), Page(feed.url, b""))
    assert saved.new == ()
    assert titles(shelf, "is:unread") == ["three"]
    assert titles(shelf, "tag:later") == ["one"]
    # The new ids are the entries' own from now on.
    assert set(shelf.entry_ids(feed.id, [e.id for e in renewed]).values()) == set(ids)


def test_a_date_in_the_future_is_now(shelf: SqliteLibrary) -> None:
    feed = shelf.subscribe("https://a.example/feed")
    listed = (
        replace(entries("future")[0], published=NOW + timedelta(days=400)),
        *entries("a", "b", start=1),
    )
    deliver(shelf, feed, listed)
    assert shelf.headlines(Edition(), 1)[0].published == NOW


def test_the_same_article_in_two_feeds_is_one_story(shelf: SqliteLibrary) -> None:
    one = shelf.subscribe("https://a.example/feed")
    two = shelf.subscribe("https://b.example/feed")
    (mine,) = deliver(shelf, one, entries("Budget passes"))
    link = "http://www.a.example/0/?utm_source=b"
    other = replace(entries("Budget passes, at last", host="b.example")[0], link=link)
    (theirs,) = deliver(shelf, two, (other,))
    rows = shelf.headlines(Edition(), 0)
    assert {h.story for h in rows} == {min(mine, theirs)}
    assert {h.story_size for h in rows} == {2}
    shelf.mark([mine], read=True)
    assert shelf.counts()[0].unread == 0
    assert shelf.undo() == "marked 2 read"
    assert shelf.counts()[0].unread == 2


def test_a_copy_of_what_was_read_is_not_new(shelf: SqliteLibrary) -> None:
    one = shelf.subscribe("https://a.example/feed")
    two = shelf.subscribe("https://b.example/feed")
    shelf.mark(deliver(shelf, one, entries("Budget passes")), read=True)
    copy = replace(entries("Budget", host="b.example")[0], link="https://a.example/0")
    saved = shelf.save_feed(two, ParsedFeed(two.url, entries=(copy,)), Page(two.url, b""))
    assert saved.new == ()
    assert shelf.counts()[0].unread == 0


def test_near_titles_make_a_story_only_when_they_are_long_and_close(shelf: SqliteLibrary) -> None:
    one, two = (shelf.subscribe(f"https://{h}.example/feed") for h in "ab")
    long = "Parliament votes for the new border treaty"
    deliver(shelf, one, entries(long, "Live updates"))
    old = replace(entries(long, host="b.example", start=9)[0], published=NOW - timedelta(days=9))
    deliver(shelf, two, (*entries(long.upper(), "Live updates", host="b.example"), old))
    sizes = sorted((h.title.casefold(), h.story_size) for h in shelf.headlines(Edition(), 0))
    assert sizes == [
        ("live updates", 1),
        ("live updates", 1),
        (long.casefold(), 1),
        (long.casefold(), 2),
        (long.casefold(), 2),
    ]


def test_the_newest_entries_want_their_articles(open_shelf: Open) -> None:
    feeds = {"https://b.example/feed": {"articles": "1"}}
    shelf = open_shelf(replace(Settings(), feeds=feeds))
    deliver(shelf, shelf.subscribe("https://a.example/feed"), entries("one", "two"))
    deliver(
        shelf,
        shelf.subscribe("https://b.example/feed"),
        entries("three", "four", host="b.example", start=5),
    )
    assert [e.title for e in shelf.to_fetch(10)] == ["one", "two", "three"]


def test_what_was_asked_for_comes_first_and_failures_wait(
    shelf: SqliteLibrary, clock: Clock
) -> None:
    feed = shelf.subscribe("https://a.example/feed")
    one, two, three = deliver(shelf, feed, entries("one", "two", "three"))
    shelf.want(three)
    assert [e.id for e in shelf.to_fetch(2)] == [three, one]
    shelf.save_failure(three, "timeout", "a.example did not answer in 20 s")
    assert [e.id for e in shelf.to_fetch(9)] == [one, two]
    reading = shelf.reading(three)
    assert reading is not None
    assert reading.why == "a.example did not answer in 20 s"
    clock.forward(hours=1)
    assert [e.id for e in shelf.to_fetch(9)] == [three, one, two]
    for _ in range(5):
        shelf.save_failure(three, "timeout", "again")
        clock.forward(days=3)
    assert [e.id for e in shelf.to_fetch(9)] == [one, two]
    shelf.save_failure(one, "404", "the page is gone")
    shelf.save_failure(one, "404", "the page is gone")
    clock.forward(days=3)
    assert [e.id for e in shelf.to_fetch(9)] == [two]


def test_a_read_entry_wants_no_article(shelf: SqliteLibrary) -> None:
    ids = deliver(shelf, shelf.subscribe("https://a.example/feed"), entries("one", "two"))
    shelf.mark(ids[:1], read=True)
    shelf.save_article(ids[1], article("text"), None)
    assert shelf.to_fetch(9) == []


def test_a_sync_does_not_take_back_what_the_user_changed(shelf: SqliteLibrary) -> None:
    feed = shelf.subscribe("https://a.example/feed")
    shelf.edit_feed(feed.id, paused=True, title="Mine")
    shelf.save_schedule(replace(feed, state=FeedState.FAILING, error="timeout", errors=3))
    stored = shelf.feed(feed.id)
    assert stored is not None
    assert (stored.state, stored.title, stored.errors) == (FeedState.PAUSED, "Mine", 3)
    shelf.edit_feed(feed.id, paused=False)
    resumed = shelf.feed(feed.id)
    assert resumed is not None
    assert resumed.state is FeedState.FAILING


def test_a_feed_that_was_removed_meanwhile_saves_nothing(shelf: SqliteLibrary) -> None:
    feed = shelf.subscribe("https://a.example/feed")
    shelf.unsubscribe(feed.id)
    assert deliver(shelf, feed, entries("one")) == ()


def test_what_politeness_remembers(shelf: SqliteLibrary) -> None:
    assert shelf.host("a.example") == {}
    shelf.save_host("a.example", {"until": 5, "robots": ["x"]})
    assert shelf.host("a.example") == {"until": 5, "robots": ["x"]}
