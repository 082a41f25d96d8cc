"""The engine over real servers and the real library: commands in, events out."""

import asyncio
import contextlib
import io
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace

import pytest
from PIL import Image

from tests.clock import Clock
from tests.loopback import Answer, Reply, Seen, free_port, serve
from tests.sync.rooms import QUICK, fresh, library, rooms, rss
from tui.domain.editions import Edition
from tui.domain.errors import FetchError
from tui.domain.events import (
    ArticleFailed,
    ArticleReady,
    Event,
    FeedDone,
    NetworkChanged,
    Progress,
    SyncFinished,
    Trouble,
)
from tui.domain.feeds import Feed
from tui.fetching.http.client import HttpFetcher
from tui.library.store import SqliteLibrary
from tui.paths import find
from tui.settings import Duration
from tui.sync.engine import Office
from tui.sync.engine import serve as serve_engine
from tui.sync.lock import only_sync


@dataclass
class Engine:
    """An engine that runs, from its reader's side."""

    shelf: SqliteLibrary
    commands: "asyncio.Queue[str | None]" = field(default_factory=asyncio.Queue)
    heard: "asyncio.Queue[Event]" = field(default_factory=asyncio.Queue)
    warmed: int = 0

    def send(self, do: str, **fields: object) -> None:
        self.commands.put_nowait(json.dumps({"do": do, **fields}))

    async def next(self, *kinds: type) -> Event:
        """The next event of one of `kinds`; others are passed over."""
        async with asyncio.timeout(20):
            while not isinstance(event := await self.heard.get(), kinds):
                pass
        return event

    async def lines(self) -> AsyncIterator[str]:
        while (line := await self.commands.get()) is not None:
            yield line

    async def warm(self) -> None:
        self.warmed += 1


@contextlib.asynccontextmanager
async def engine(clock: Clock, *, offline: bool = False, floor: int = 600) -> AsyncIterator[Engine]:
    """An engine on the library of the test's home, until the block ends."""
    with library(clock) as (shelf, paths):
        async with rooms(shelf, clock) as pipeline:
            ours = Engine(shelf)
            settings = replace(QUICK, sync=replace(QUICK.sync, floor=Duration(floor)))
            assert isinstance(pipeline.fetcher, HttpFetcher)
            pipeline.fetcher.offline = offline

            async def subscribe(url: str, folder: str) -> Feed:
                if "fault" in url:
                    raise ZeroDivisionError
                if "none" in url:
                    raise FetchError("There is no feed there.")
                return shelf.subscribe(url, folder=folder)

            office = Office(
                pipeline, shelf, pipeline.fetcher, settings, paths, subscribe, ours.warm
            )
            work = asyncio.ensure_future(serve_engine(office, ours.lines(), ours.heard.put_nowait))
            try:
                yield ours
            finally:
                ours.commands.put_nowait(None)
                await work


def site(clock: Clock, *, count: int = 3, delay: float = 0.0, body: bytes = b"A story.") -> Answer:
    feed = rss(*fresh(clock, every=1, count=count))

    def answer(seen: Seen) -> Reply:
        if seen.path.startswith("/feed"):
            return Reply(feed)
        return Reply(body, delay=delay)

    return answer


async def synced(ours: Engine, url: str) -> list[int]:
    """Subscribe and sync; ids of the entries, the newest first."""
    ours.shelf.subscribe(url)
    ours.send("sync")
    await ours.next(SyncFinished)
    return [headline.id for headline in ours.shelf.window(Edition(), 0, 100).headlines]


async def test_a_sync_is_told_from_its_start_to_its_end(clock: Clock) -> None:
    with serve(site(clock)) as server:
        async with engine(clock) as ours:
            assert len(await synced(ours, server.base + "/feed")) == 3
            assert ours.warmed == 1
            ours.send("sync", force=True)
            ours.send("sync", feeds=[1])
            assert isinstance(await ours.next(SyncFinished), SyncFinished)
            assert isinstance(await ours.next(SyncFinished), SyncFinished)
            assert ours.warmed == 1


async def test_a_story_can_be_read_before_its_names_are_known(clock: Clock) -> None:
    with serve(site(clock)) as server:
        async with engine(clock) as ours:
            entry, *_ = await synced(ours, server.base + "/feed")
            ours.send("fetch", entry=entry)
            assert await ours.next(ArticleReady) == ArticleReady(entry, "full", named=False)
            assert await ours.next(ArticleReady) == ArticleReady(entry, "full", named=True)


async def test_who_waits_goes_before_the_round(clock: Clock) -> None:
    with serve(site(clock, count=12, delay=0.05)) as server:
        async with engine(clock) as ours:
            ours.shelf.subscribe(server.base + "/feed")
            ours.send("sync")
            await ours.next(FeedDone)
            last = ours.shelf.window(Edition(), 11, 1).headlines[0].id
            ours.send("fetch", entry=last)
            await ours.next(SyncFinished)
    place = server.paths().index("/e11")
    assert place < len(server.seen) / 2, server.paths()


async def test_offline_nothing_is_sent_and_what_was_wanted_comes_later(clock: Clock) -> None:
    with serve(site(clock)) as server:
        with library(clock) as (shelf, _):
            shelf.subscribe(server.base + "/feed")
        async with engine(clock, offline=True) as ours:
            ours.send("sync")
            trouble = await ours.next(Trouble)
            assert isinstance(trouble, Trouble)
            assert "offline" in trouble.what
            assert server.seen == []
            ours.send("offline", on=False)
            assert await ours.next(NetworkChanged) == NetworkChanged(False)
            ours.send("sync")
            await ours.next(SyncFinished)
            ours.send("offline", on=True)
            assert (await ours.next(NetworkChanged)) == NetworkChanged(True, "By your wish.")
            oldest = ours.shelf.window(Edition(), 2, 1).headlines[0].id
            ours.send("fetch", entry=oldest)
            failed = await ours.next(ArticleFailed)
            assert isinstance(failed, ArticleFailed)
            assert failed.reason == "offline"
            assert [entry.id for entry in ours.shelf.to_fetch(5)] == [oldest]


async def test_a_feeds_own_text_is_enough_offline(clock: Clock) -> None:
    text = "A long story. " * 100
    feed = rss(("e", clock())).replace(
        b"</item>", f"<description>{text}</description></item>".encode()
    )
    with serve(lambda s: Reply(feed) if s.path == "/feed" else Reply(b"", 500)) as server:
        async with engine(clock) as ours:
            entry, *_ = await synced(ours, server.base + "/feed")
            ours.send("offline", on=True)
            await ours.next(NetworkChanged)
            ours.send("fetch", entry=entry)
            await ours.next(ArticleReady)
            await ours.next(ArticleReady)
            await asyncio.sleep(0)
            assert [wanted.id for wanted in ours.shelf.to_fetch(5)] == [entry], "its page, later"


async def test_what_becomes_due_while_the_reader_is_open_is_fetched(clock: Clock) -> None:
    with serve(site(clock)) as server:
        async with engine(clock, floor=1) as ours:
            await synced(ours, server.base + "/feed")
            # Another process subscribes to a second one.
            late = ours.shelf.subscribe(server.base + "/feed?2")
            done = await ours.next(FeedDone)
            while isinstance(done, FeedDone) and done.feed != late.id:
                done = await ours.next(FeedDone)
            await ours.next(SyncFinished)


async def test_a_network_that_goes_and_comes_back_is_told(clock: Clock) -> None:
    ports = [free_port() for _ in range(3)]
    async with engine(clock) as ours:
        for port in ports:
            ours.shelf.subscribe(f"http://127.0.0.1:{port}/feed")
        ours.send("sync")
        gone = await ours.next(NetworkChanged)
        assert isinstance(gone, NetworkChanged)
        assert gone.offline
        await ours.next(SyncFinished)
        with contextlib.ExitStack() as stack:
            for port in ports:
                stack.enter_context(serve(site(clock, count=1), port=port))
            ours.send("sync")
            assert await ours.next(NetworkChanged) == NetworkChanged(False)


async def test_pictures_are_fetched_shrunk_and_kept(clock: Clock) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (3000, 2000), "red").save(picture, "PNG")

    def answer(seen: Seen) -> Reply:
        if seen.path.endswith(".png"):
            return Reply(picture.getvalue()) if "a.png" in seen.path else Reply(b"no picture")
        return site(clock, count=1, body=b"A story <img>")(seen)

    with serve(answer) as server:
        async with engine(clock) as ours:
            entry, *_ = await synced(ours, server.base + "/feed")
            ours.send("images", entry=entry)
            progress = await ours.next(Progress)
            while isinstance(progress, Progress) and progress.work != "images":
                progress = await ours.next(Progress)
            kept = ours.shelf.image(server.base + "/e0/a.png")
            assert kept is not None
            with Image.open(io.BytesIO(kept)) as small:
                assert (small.format, small.size) == ("JPEG", (1200, 800))
            assert ours.shelf.image(server.base + "/e0/b.png") is None


async def test_subscribing_fetches_at_once(clock: Clock) -> None:
    with serve(site(clock)) as server:
        async with engine(clock) as ours:
            ours.send("add", url=server.base + "/feed", folder="World")
            done = await ours.next(FeedDone)
            assert isinstance(done, FeedDone)
            assert done.new == 3
            assert ours.shelf.feeds()[0].folder == "World"
            ours.send("add", url="http://none/")
            assert await ours.next(Trouble) == Trouble("There is no feed there.")


async def test_a_pack_is_made_on_request(clock: Clock) -> None:
    with serve(site(clock)) as server:
        async with engine(clock) as ours:
            await synced(ours, server.base + "/feed")
            ours.send("pack", wishes={"minutes": "10", "images": "no"})
            progress = await ours.next(Progress)
            while isinstance(progress, Progress) and "ready" not in progress.detail:
                progress = await ours.next(Progress)
            assert progress == Progress("pack", 3, 3, "3 of 3 ready")
            ours.send("pack", wishes={"for": "ages"})
            trouble = await ours.next(Trouble)
            assert isinstance(trouble, Trouble)
            assert "not clear" in trouble.what


async def test_a_fault_of_ours_is_said_and_logged_and_survived(
    clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    async with engine(clock) as ours:
        ours.send("add", url="http://fault/")
        assert await ours.next(Trouble) == Trouble(
            "A fault inside: ZeroDivisionError.", "The log has more."
        )
        ours.send("sync")
        await ours.next(SyncFinished)
    assert "Traceback" in capsys.readouterr().err


async def test_another_process_that_syncs_is_said(clock: Clock) -> None:
    async with engine(clock) as ours:
        with only_sync(find().sync_lock):
            ours.send("sync")
            trouble = await ours.next(Trouble)
    assert isinstance(trouble, Trouble)
    assert "is syncing" in trouble.what


async def test_cancelling_ends_the_round(clock: Clock) -> None:
    with serve(site(clock, count=20, delay=0.1)) as server:
        async with engine(clock) as ours:
            ours.shelf.subscribe(server.base + "/feed")
            ours.send("sync")
            await ours.next(FeedDone)
            ours.send("cancel")
            finished = await ours.next(SyncFinished)
    assert isinstance(finished, SyncFinished)
    assert finished.cancelled
    assert len(server.seen) < 20


async def test_rubbish_is_said_and_survived(clock: Clock) -> None:
    async with engine(clock) as ours:
        for line in ("rubbish", "[]", '{"do": "dance"}', '{"do": "fetch"}', "{}", "null"):
            ours.commands.put_nowait(line)
            assert isinstance(await ours.next(Trouble), Trouble)
        ours.send("fetch", entry=99)
        assert await ours.next(ArticleFailed) == ArticleFailed(
            99, "gone", "This entry is no longer in the library."
        )
