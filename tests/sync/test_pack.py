"""Ready before the train: what is packed is here, readable, and stays."""

import io
from collections.abc import Callable

from PIL import Image

from tests.clock import Clock
from tests.loopback import Reply, Seen, serve
from tests.sync.rooms import QUICK, Heard, fresh, library, rooms, rss
from tui.domain.blocks import Article, Item, List, Paragraph, Quote, Span
from tui.domain.editions import Edition
from tui.domain.events import ArticleFailed, Progress
from tui.domain.feeds import READ_LATER
from tui.library.store import SqliteLibrary
from tui.paths import Paths
from tui.settings import SyncSettings
from tui.sync.choosing import PackWishes
from tui.sync.pack import Packed, Packer, links_of
from tui.sync.pictures import Pictures
from tui.sync.round import Wish
from tui.sync.runner import Runner

STORY = b"word " * 460  # two minutes
BAD: dict[str, Reply] = {
    "/e2": Reply(b"", 404),
    "/e5": Reply(b"Here begins a paywall."),
    "/e7": Reply(b""),
}


def picture() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (300, 200), "red").save(file, "PNG")
    return file.getvalue()


def site(
    clock: Clock, *, count: int = 10, bad: dict[str, Reply] | None = None
) -> Callable[[Seen], Reply]:
    feed = rss(*fresh(clock, every=1, count=count))

    def answer(seen: Seen) -> Reply:
        if seen.path == "/feed":
            return Reply(feed)
        if seen.path.endswith(".png"):
            return Reply(picture())
        return (BAD if bad is None else bad).get(seen.path, Reply(STORY))

    return answer


async def pack(
    shelf: SqliteLibrary,
    paths: Paths,
    clock: Clock,
    wishes: PackWishes,
    heard: Heard,
    stop_after: int = 0,
) -> Packed:
    """A round without articles, then a pack, with a pipeline of its own."""
    async with rooms(shelf, clock) as pipeline:
        runner = Runner(
            pipeline, QUICK.sync, lock=paths.sync_lock, emit=Heard().append, clock=clock
        )
        await runner.run(Wish(articles=False))
        pictures = Pictures(pipeline.fetcher, shelf, shelf)

        def emit(event: object) -> None:
            heard.append(event)  # type: ignore[arg-type]
            if stop_after and len(heard.of(Progress)) == stop_after:
                packer.cancel()

        packer = Packer(pipeline, shelf, pictures, emit, SyncSettings())
        try:
            return await packer.run(wishes)
        finally:
            await pictures.close()


async def test_what_is_not_ready_is_said_with_its_reason(clock: Clock) -> None:
    heard = Heard()
    with serve(site(clock)) as server, library(clock) as (shelf, paths):
        shelf.subscribe(server.base + "/feed")
        packed = await pack(shelf, paths, clock, PackWishes(images=False), heard)
        ready = [h for h in shelf.window(Edition(), 0, 20).headlines if h.id in packed.ready]
    assert packed.summary.startswith("7 of 10 ready, 3 not: ")
    reasons = {missing.title: missing.reason for missing in packed.missing}
    assert reasons == {"e2": "404", "e5": "paywall", "e7": "no text"}
    assert all(headline.text_here for headline in ready)
    assert packed.minutes == 14
    last = heard.of(Progress)[-1]
    assert isinstance(last, Progress)
    assert (last.done, last.total, last.detail) == (10, 10, packed.summary)
    assert len(heard.of(ArticleFailed)) == 2


async def test_a_second_pack_goes_on_where_the_first_was_broken_off(clock: Clock) -> None:
    with serve(site(clock, bad={})) as server, library(clock) as (shelf, paths):
        shelf.subscribe(server.base + "/feed")
        wishes = PackWishes(images=False)
        first = await pack(shelf, paths, clock, wishes, Heard(), stop_after=4)
        assert first.cancelled
        assert 4 <= len(first.ready) < 10
        before = len(server.seen)
        second = await pack(shelf, paths, clock, wishes, Heard())
    assert (second.summary, second.cancelled) == ("10 of 10 ready", False)
    assert len(server.seen) - before <= 10 - len(first.ready)


async def test_enough_to_read_is_enough(clock: Clock) -> None:
    with serve(site(clock, count=30, bad={})) as server, library(clock) as (shelf, paths):
        shelf.subscribe(server.base + "/feed")
        packed = await pack(shelf, paths, clock, PackWishes(minutes=8, images=False), Heard())
        newest = [h.id for h in shelf.window(Edition(), 0, 30).headlines]
    assert 8 <= packed.minutes <= 12
    assert set(packed.ready) == set(newest[: len(packed.ready)])
    assert len(server.seen) == 1 + len(packed.ready)


async def test_no_more_bytes_than_wished(clock: Clock) -> None:
    with serve(site(clock, bad={})) as server, library(clock) as (shelf, paths):
        shelf.subscribe(server.base + "/feed")
        packed = await pack(shelf, paths, clock, PackWishes(most=10_000, images=False), Heard())
    assert 0 < packed.size <= 10_000
    assert 0 < len(packed.ready) < 10


async def test_pictures_come_along(clock: Clock) -> None:
    bad = {"/e0": Reply(STORY + b"<img>")}
    with serve(site(clock, count=2, bad=bad)) as server, library(clock) as (shelf, paths):
        shelf.subscribe(server.base + "/feed")
        packed = await pack(shelf, paths, clock, PackWishes(), Heard())
        assert shelf.image(server.base + "/e0/a.png") is not None
        assert shelf.image(server.base + "/e0/b.png") is not None
        plain = await pack(shelf, paths, clock, PackWishes(images=False), Heard())
    assert packed.size > plain.size


async def test_only_the_feeds_folders_and_entries_that_are_wished(clock: Clock) -> None:
    with (
        serve(site(clock, count=3, bad={})) as one,
        serve(site(clock, count=3, bad={})) as other,
        library(clock) as (shelf, paths),
    ):
        first = shelf.subscribe(one.base + "/feed", "One", "World")
        second = shelf.subscribe(other.base + "/feed", "Other")

        async def feeds(wishes: PackWishes) -> set[int]:
            packed = await pack(shelf, paths, clock, wishes, Heard())
            rows = shelf.window(Edition(), 0, 20).headlines
            return {row.feed for row in rows if row.id in packed.ready}

        assert await feeds(PackWishes(feeds=("Other",))) == {second.id}
        assert await feeds(PackWishes(folders=("world",))) == {first.id}
        packed = await pack(shelf, paths, clock, PackWishes(query="title:e1"), Heard())
    assert len(packed.ready) == 2


async def test_links_one_level_deep(clock: Clock) -> None:
    bad = {path: Reply(STORY + b"<a>") for path in ("/e0", "/e1")}
    with serve(site(clock, count=2, bad=bad)) as server, library(clock) as (shelf, paths):
        shelf.subscribe(server.base + "/feed")
        wishes = PackWishes(links=True, images=False)
        packed = await pack(shelf, paths, clock, wishes, Heard())
        later = {row.url for row in shelf.window(Edition('feed:"Read later"'), 0, 9).headlines}
        assert any(feed.url == READ_LATER for feed in shelf.feeds())
    assert len(packed.ready) == 3
    assert later == {f"{server.base}/linked"}
    assert server.paths().count("/linked") == 1


def test_links_are_safe_without_tracking_and_not_to_the_page_itself() -> None:
    spans = (
        Span("a", href="https://x.example/a?utm_source=feed"),
        Span("self", href="https://x.example/story#part"),
        Span("mail", href="mailto:a@x.example"),
        Span("script", href="javascript:alert(1)"),
        Span("text"),
        Span("again", href="https://x.example/a"),
    )
    article = Article("https://x.example/story", blocks=(Paragraph(spans),))
    assert links_of(article) == {"https://x.example/a": "a"}


def test_links_of_lists_and_quotes_count_too() -> None:
    items = List((Item((Span("one", href="https://x.example/1"),)),))
    quote = Quote(((Span("two", href="https://x.example/2"),),))
    article = Article("https://x.example/story", blocks=(items, quote))
    assert list(links_of(article).values()) == ["one", "two"]


async def test_long_articles_leave_room_for_fewer(clock: Clock) -> None:
    long = {f"/e{n}": Reply(STORY * 8) for n in range(30)}
    with serve(site(clock, count=30, bad=long)) as server, library(clock) as (shelf, paths):
        shelf.subscribe(server.base + "/feed")
        packed = await pack(shelf, paths, clock, PackWishes(minutes=60, images=False), Heard())
    one = packed.minutes / len(packed.ready)
    assert 60 <= packed.minutes <= 60 + 3 * one


def test_nothing_to_pack_says_so() -> None:
    assert Packed().summary == "nothing unread to pack"
