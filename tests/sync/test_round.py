"""Rounds over real servers into the real library."""

import asyncio
import contextlib
import io
import os
import signal
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.clock import Clock
from tests.loopback import Reply, Seen, free_port, serve
from tests.sync.rooms import QUICK, Heard, fresh, library, rooms, rss
from tui.domain.editions import Edition
from tui.domain.errors import DiskFull, LibraryReadOnly, SyncRunning
from tui.domain.events import (
    ArticleFailed,
    ArticleReady,
    FeedDone,
    NetworkChanged,
    Progress,
    SyncFinished,
    SyncStarted,
    Trouble,
)
from tui.domain.feeds import Feed, FeedState, Page, ParsedFeed
from tui.domain.ports import Saved
from tui.library.store import SqliteLibrary
from tui.paths import Paths
from tui.settings import Settings
from tui.sync.lock import only_sync
from tui.sync.pictures import Pictures
from tui.sync.round import Wish
from tui.sync.runner import Runner


async def run(
    shelf: SqliteLibrary, paths: Paths, clock: Clock, wish: Wish | None = None, **more: object
) -> Heard:
    """One round with a pipeline of its own, as after a restart."""
    settings = more.get("settings", QUICK)
    assert isinstance(settings, Settings)
    heard = Heard()
    async with rooms(shelf, clock, settings) as pipeline:
        runner = Runner(
            pipeline, settings.sync, lock=paths.sync_lock, emit=heard.append, clock=clock
        )
        await runner.run(wish or Wish())
    return heard


def finished(heard: Heard) -> SyncFinished:
    (event,) = heard.of(SyncFinished)
    assert isinstance(event, SyncFinished)
    return event


async def test_entries_and_articles_arrive_and_are_told(clock: Clock) -> None:
    feed = rss(*fresh(clock, every=1, count=3), base="")

    def answer(seen: Seen) -> Reply:
        return Reply(feed if seen.path == "/feed" else b"A story of " + seen.path.encode())

    with serve(answer) as server, library(clock) as (shelf, paths):
        shelf.subscribe(server.base + "/feed")
        heard = await run(shelf, paths, clock)
        done = finished(heard)
        assert (done.feeds, done.new, done.articles, done.failed) == (1, 3, 3, 0)
        assert heard[0] == SyncStarted(1, 0)
        assert isinstance(heard[-1], SyncFinished)
        (row,) = heard.of(FeedDone)
        assert isinstance(row, FeedDone)
        assert (row.title, row.new, row.error) == ("News", 3, "")
        assert len(heard.of(ArticleReady)) == 3
        last = heard.of(Progress)[-1]
        assert isinstance(last, Progress)
        assert (last.done, last.total) == (4, 4)
        headlines = shelf.window(Edition(), 0, 10).headlines
        assert all(headline.text_here for headline in headlines)
        again = await run(shelf, paths, clock)
    assert again[0] == SyncStarted(0, 1)
    assert sorted(server.paths()) == ["/e0", "/e1", "/e2", "/feed"]


async def test_an_unchanged_feed_costs_one_304(clock: Clock) -> None:
    def answer(seen: Seen) -> Reply:
        if seen.headers.get("if-none-match") == '"1"':
            return Reply(status=304)
        return Reply(rss(("e", None)), headers={"ETag": '"1"'})

    with serve(answer) as server, library(clock) as (shelf, paths):
        shelf.subscribe(server.base + "/feed")
        await run(shelf, paths, clock, Wish(articles=False))
        heard = await run(shelf, paths, clock, Wish(force=True, articles=False))
    assert finished(heard).unchanged == 1
    assert len(server.seen) == 2


async def test_a_page_that_two_feeds_list_is_fetched_once(clock: Clock) -> None:
    def answer(seen: Seen) -> Reply:
        if seen.path == "/story":
            return Reply(b"The story.", delay=0.1)
        name = "story?utm_source=b" if seen.path == "/b" else "story"
        return Reply(rss((name, clock())))

    with serve(answer) as server, library(clock) as (shelf, paths):
        for name in ("/a", "/b"):
            shelf.subscribe(server.base + name)
        done = finished(await run(shelf, paths, clock))
        headlines = shelf.window(Edition(), 0, 10).headlines
        assert [headline.text_here for headline in headlines] == [True, True]
        for headline in headlines:
            reading = shelf.reading(headline.id)
            assert reading is not None
            assert reading.article is not None
            assert reading.article.text == "The story."
        # A feed that lists it later finds it here, unless it is asked for anew.
        shelf.subscribe(server.base + "/c")
        await run(shelf, paths, clock)
        assert server.paths().count("/story") == 1
    assert done.articles == 2


async def test_a_damaged_document_is_read_and_told(clock: Clock) -> None:
    damaged = rss(("e", clock())).replace(b"</channel></rss>", b"")
    with serve(lambda seen: Reply(damaged)) as server, library(clock) as (shelf, paths):
        feed = shelf.subscribe(server.base + "/feed")
        heard = await run(shelf, paths, clock, Wish(articles=False))
        known = shelf.feed(feed.id)
    (done,) = heard.of(FeedDone)
    assert isinstance(done, FeedDone)
    assert (done.new, done.error) == (1, "")
    assert "damaged" in done.warning
    assert known is not None
    assert (known.state, known.error) == (FeedState.OK, done.warning)


async def test_a_feed_that_fails_costs_nothing_but_itself(clock: Clock) -> None:
    def answer(seen: Seen) -> Reply:
        return Reply(b"", 500) if seen.path == "/bad" else Reply(rss(("e", None)))

    with serve(answer) as server, library(clock) as (shelf, paths):
        bad = shelf.subscribe(server.base + "/bad")
        shelf.subscribe(server.base + "/also-good")
        good = shelf.subscribe(server.base + "/good")
        heard = await run(shelf, paths, clock, Wish(articles=False))
        states = {feed.id: feed for feed in shelf.feeds()}
        assert states[good.id].state is FeedState.OK
        assert states[bad.id].state is FeedState.FAILING
        assert "500" in states[bad.id].error
        assert states[bad.id].error_since == clock()
    assert finished(heard).failed == 1
    assert finished(heard).feeds == 3


CUT = rss(("e", None), ("f", None))[:-60]


@pytest.mark.parametrize(
    ("first", "kept"),
    [
        (Reply(b"\0\0\0", headers={"ETag": '"1"'}), ""),
        (Reply(b"", 500, {"ETag": '"1"'}), ""),
        # Without a length nobody knows whether that was all.
        (Reply(CUT, headers={"ETag": '"1"'}, framed=False), ""),
        (Reply(rss(("e", None)), headers={"ETag": '"1"'}, framed=False), '"1"'),
        (Reply(CUT, headers={"ETag": '"1"'}), '"1"'),
    ],
)
async def test_validators_are_kept_only_with_a_whole_document_that_was_read(
    clock: Clock, first: Reply, kept: str
) -> None:
    with serve(lambda _: first) as server, library(clock) as (shelf, paths):
        feed = shelf.subscribe(server.base + "/feed")
        for _ in range(2):
            await run(shelf, paths, clock, Wish(force=True, articles=False))
        after = shelf.feed(feed.id)
    assert after is not None
    assert after.validators.etag == kept
    assert server.seen[1].headers.get("if-none-match", "") == kept


async def test_a_quota_of_articles_a_feed_and_the_rest_in_later_rounds(clock: Clock) -> None:
    feed = rss(*fresh(clock, every=1, count=7))
    settings = replace(QUICK, sync=replace(QUICK.sync, articles=3))
    with (
        serve(lambda seen: Reply(feed if seen.path == "/feed" else b"text")) as server,
        library(clock) as (shelf, paths),
    ):
        shelf.subscribe(server.base + "/feed")
        counts = []
        for _ in range(4):
            heard = await run(shelf, paths, clock, settings=settings)
            counts.append(finished(heard).articles)
    assert counts == [3, 3, 1, 0]
    assert server.paths()[1:4] == ["/e0", "/e1", "/e2"], "the newest first"


async def test_what_failed_is_tried_again_later_and_says_why(clock: Clock) -> None:
    status = 500

    def answer(seen: Seen) -> Reply:
        return Reply(rss(("e", clock()))) if seen.path == "/feed" else Reply(b"text", status)

    with serve(answer) as server, library(clock) as (shelf, paths):
        shelf.subscribe(server.base + "/feed")
        heard = await run(shelf, paths, clock)
        (failed,) = heard.of(ArticleFailed)
        assert isinstance(failed, ArticleFailed)
        assert failed.reason == "500"
        reading = shelf.reading(failed.entry)
        assert reading is not None
        assert "500" in reading.why
        status = 200
        clock.pass_(days=1)
        again = await run(shelf, paths, clock)
    assert len(again.of(ArticleReady)) == 1


async def test_what_was_wanted_offline_comes_with_the_next_round(clock: Clock) -> None:
    settings = replace(QUICK, sync=replace(QUICK.sync, articles=1))
    feed = rss(*fresh(clock, every=1, count=3))
    with (
        serve(lambda seen: Reply(feed if seen.path == "/feed" else b"text")) as server,
        library(clock) as (shelf, paths),
    ):
        shelf.subscribe(server.base + "/feed")
        await run(shelf, paths, clock, settings=settings)
        oldest = shelf.window(Edition(), 2, 1).headlines[0].id
        shelf.want(oldest)
        heard = await run(shelf, paths, clock, settings=settings)
    (ready,) = heard.of(ArticleReady)
    assert isinstance(ready, ArticleReady)
    assert ready.entry == oldest


@pytest.mark.parametrize("images", [True, False])
async def test_pictures_come_with_the_articles_if_wished(clock: Clock, images: bool) -> None:
    file = io.BytesIO()
    Image.new("RGB", (30, 20), "red").save(file, "PNG")

    def answer(seen: Seen) -> Reply:
        if seen.path.endswith(".png"):
            return Reply(file.getvalue())
        return Reply(rss(("e", clock()))) if seen.path == "/feed" else Reply(b"text <img>")

    sync = replace(QUICK.sync, images=images)
    with serve(answer) as server, library(clock) as (shelf, paths):
        shelf.subscribe(server.base + "/feed")
        async with rooms(shelf, clock) as pipeline:
            pictures = Pictures(pipeline.fetcher, shelf, shelf)
            runner = Runner(
                pipeline,
                sync,
                lock=paths.sync_lock,
                emit=Heard().append,
                pictures=pictures,
                clock=clock,
            )
            await runner.run(Wish())
            await pictures.close()
        assert (shelf.image(server.base + "/e/a.png") is not None) is images


async def test_a_move_is_adopted_but_never_onto_another_subscription(clock: Clock) -> None:
    def answer(seen: Seen) -> Reply:
        if seen.path in ("/old", "/twin"):
            return Reply(b"", 301, {"Location": "/new" if seen.path == "/old" else "/taken"})
        return Reply(rss(("e", None)))

    with serve(answer) as server, library(clock) as (shelf, paths):
        for path in ("/old", "/twin", "/taken"):
            shelf.subscribe(server.base + path)
        for _ in range(2):
            await run(shelf, paths, clock, Wish(force=True, articles=False))
        addresses = sorted(feed.url.removeprefix(server.base) for feed in shelf.feeds())
    assert addresses == ["/new", "/taken", "/twin"]


async def test_a_move_of_a_feed_with_options_is_said(clock: Clock) -> None:
    def answer(seen: Seen) -> Reply:
        if seen.path == "/old":
            return Reply(b"", 308, {"Location": "/new"})
        return Reply(rss(("e", None)))

    with serve(answer) as server:
        options = {server.base + "/old": {"articles": "0"}}
        settings = replace(QUICK, feeds=options)
        with library(clock, settings) as (shelf, paths):
            shelf.subscribe(server.base + "/old")
            heard = Heard()
            for _ in range(2):
                heard += await run(shelf, paths, clock, Wish(force=True), settings=settings)
    (trouble,) = heard.of(Trouble)
    assert isinstance(trouble, Trouble)
    assert "moved to" in trouble.what
    assert "/e" not in server.paths(), "its quota was 0"


async def test_one_dead_host_is_its_own_fault(clock: Clock) -> None:
    with library(clock) as (shelf, paths):
        feed = shelf.subscribe(f"http://127.0.0.1:{free_port()}/feed")
        heard = await run(shelf, paths, clock)
        after = shelf.feed(feed.id)
    assert after is not None
    assert (after.state, after.errors) == (FeedState.FAILING, 1)
    assert heard.of(NetworkChanged) == []


async def test_with_the_network_cut_no_feed_is_blamed(clock: Clock) -> None:
    with library(clock) as (shelf, paths):
        for _ in range(5):
            shelf.subscribe(f"http://127.0.0.1:{free_port()}/feed")
        heard = await run(shelf, paths, clock)
        assert {feed.state for feed in shelf.feeds()} == {FeedState.NEW}
    (changed,) = heard.of(NetworkChanged)
    assert isinstance(changed, NetworkChanged)
    assert changed.offline
    assert finished(heard).failed == 0


async def test_one_host_that_answers_makes_the_others_failures_their_own(clock: Clock) -> None:
    # It answers last: what failed before is held back until then.
    with (
        serve(lambda _: Reply(b"", 404, delay=0.5)) as server,
        library(clock) as (shelf, paths),
    ):
        for _ in range(5):
            shelf.subscribe(f"http://127.0.0.1:{free_port()}/feed")
        shelf.subscribe(server.base + "/feed")
        heard = await run(shelf, paths, clock)
        assert {feed.state for feed in shelf.feeds()} == {FeedState.FAILING}
    assert heard.of(NetworkChanged) == []
    assert finished(heard).failed == 6


async def test_cancelling_keeps_what_is_done(clock: Clock) -> None:
    def answer(seen: Seen) -> Reply:
        return Reply(rss(("e", None)), delay=30 if seen.path == "/slow" else 0)

    heard = Heard()
    with (
        serve(answer) as quick,
        serve(answer) as slow,
        library(clock) as (shelf, paths),
    ):
        shelf.subscribe(quick.base + "/quick")
        shelf.subscribe(slow.base + "/slow")
        async with rooms(shelf, clock) as pipeline:

            def emit(event: object) -> None:
                heard.append(event)  # type: ignore[arg-type]
                if isinstance(event, FeedDone):
                    runner.cancel()

            runner = Runner(pipeline, QUICK.sync, lock=paths.sync_lock, emit=emit, clock=clock)
            done = await runner.run(Wish(articles=False))
            assert not runner.running
        assert (done.cancelled, done.feeds) == (True, 1)
        states = {feed.url: feed.state for feed in shelf.feeds()}
        assert states == {quick.base + "/quick": FeedState.OK, slow.base + "/slow": FeedState.NEW}
        with only_sync(paths.sync_lock):
            """The lock is free again."""


class FullDisk:
    """A library on a disk that is full after the first feed."""

    def __init__(self, shelf: SqliteLibrary) -> None:
        self.shelf, self.left = shelf, 1

    def __getattr__(self, name: str) -> Any:
        return getattr(self.shelf, name)

    def save_feed(self, feed: Feed, parsed: ParsedFeed, page: Page) -> Saved:
        if not self.left:
            raise DiskFull("no space left on the disk")
        self.left -= 1
        return self.shelf.save_feed(feed, parsed, page)


async def test_a_full_disk_ends_the_round_and_blames_no_feed(clock: Clock) -> None:
    with serve(lambda _: Reply(rss(("e", None)))) as server, library(clock) as (shelf, paths):
        for number in range(20):
            shelf.subscribe(f"{server.base}/{number}")
        async with rooms(shelf, clock) as pipeline:
            runner = Runner(
                replace(pipeline, store=FullDisk(shelf)),
                QUICK.sync,
                lock=paths.sync_lock,
                emit=Heard().append,
                clock=clock,
            )
            with pytest.raises(DiskFull):
                await runner.run(Wish())
        states = sorted(feed.state for feed in shelf.feeds())
    assert states == [*[FeedState.NEW] * 19, FeedState.OK]
    assert len(server.seen) < 10, "what had not begun was left"


async def test_a_task_that_is_cancelled_takes_its_round_with_it(clock: Clock) -> None:
    with (
        serve(lambda _: Reply(rss(("e", None)), delay=30)) as server,
        library(clock) as (shelf, paths),
    ):
        shelf.subscribe(server.base)
        task = asyncio.ensure_future(run(shelf, paths, clock))
        while not server.seen:
            await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        with only_sync(paths.sync_lock):
            """The lock is free again."""


def test_the_lock_needs_no_space_and_says_where_it_can_not_be(tmp_path: Path) -> None:
    with only_sync(Path("/dev/full")):
        """Held, though nothing can be written."""
    (tmp_path / "file").write_text("")
    with pytest.raises(LibraryReadOnly, match="no sync"), only_sync(tmp_path / "file" / "lock"):
        """Never here."""


async def test_a_feed_that_is_removed_in_mid_round_ends_nothing(clock: Clock) -> None:
    with library(clock) as (shelf, paths):

        def answer(seen: Seen) -> Reply:
            if seen.path == "/leaving":
                shelf.unsubscribe(leaving.id)
            return Reply(rss(("e", None)))

        with serve(answer) as server:
            leaving = shelf.subscribe(server.base + "/leaving")
            shelf.subscribe(server.base + "/staying")
            heard = await run(shelf, paths, clock)
        assert [feed.state for feed in shelf.feeds()] == [FeedState.OK]
        assert shelf.window(Edition(), 0, 9).total == 1
    assert not finished(heard).cancelled


async def test_feeds_of_a_host_that_wants_rest_are_put_off_without_blame(clock: Clock) -> None:
    with (
        serve(lambda _: Reply(b"", 429, {"Retry-After": "1800"})) as server,
        library(clock) as (shelf, paths),
    ):
        for number in range(4):
            shelf.subscribe(f"{server.base}/{number}")
        heard = await run(shelf, paths, clock)
        states = sorted(feed.state for feed in shelf.feeds())
        waits = [feed.next_try for feed in shelf.feeds()]
        assert states == [FeedState.FAILING, *[FeedState.NEW] * 3]
    assert len(server.seen) == 1
    assert min(wait for wait in waits if wait) == clock() + timedelta(minutes=30)
    last = heard.of(Progress)[-1]
    assert isinstance(last, Progress)
    assert (last.done, last.total) == (4, 4)


async def test_a_second_sync_is_refused_with_the_pid_of_the_first(clock: Clock) -> None:
    with (
        library(clock) as (shelf, paths),
        only_sync(paths.sync_lock),
        pytest.raises(SyncRunning) as caught,
    ):
        await run(shelf, paths, clock)
    assert caught.value.pid == os.getpid()


async def test_sixteen_hosts_at_once_and_one_connection_each(clock: Clock, tmp_path: Path) -> None:
    running, most = 0, 0

    def answer(_: Seen) -> Reply:
        nonlocal running, most
        running += 1
        most = max(most, running)
        reply = Reply(rss(("e", None)), delay=0.05)
        running -= 1
        return reply

    with contextlib.ExitStack() as stack, library(clock) as (shelf, paths):
        servers = [stack.enter_context(serve(answer)) for _ in range(20)]
        for server in servers:
            for n in range(3):
                shelf.subscribe(f"{server.base}/{n}")
        heard = await run(shelf, paths, clock, Wish(articles=False))
    assert finished(heard).feeds == 60
    assert [server.most_open for server in servers] == [1] * 20
    assert {len({seen.connection for seen in server.seen}) for server in servers} == {1}


async def test_the_lock_ends_with_its_holder(clock: Clock) -> None:
    with library(clock) as (_, paths):
        code = (
            "import sys, time; from pathlib import Path; from tui.sync.lock import only_sync\n"
            "with only_sync(Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"
        )
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", code, str(paths.sync_lock), stdout=asyncio.subprocess.PIPE
        )
        assert process.stdout is not None
        await process.stdout.readline()
        with pytest.raises(SyncRunning) as caught, only_sync(paths.sync_lock):
            """Never here."""
        assert caught.value.pid == process.pid
        process.send_signal(signal.SIGKILL)
        await process.communicate()
        with only_sync(paths.sync_lock):
            """Free at once."""
