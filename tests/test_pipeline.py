"""The story, with real rooms: a loopback server, workers, a library."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.loopback import Loopback, Reply, Seen, serve
from tui.cli import compose
from tui.domain.blocks import Article, Source, Status
from tui.domain.editions import Reading

PROSE = (
    "The harbour master of Esbjerg walked to the end of the pier with a lantern in his hand, and "
    "counted the boats that had come home before the fog; he counted them twice, to be sure. "
)


def page(number: int, last: int) -> bytes:
    paragraphs = "".join(f"<p>Page {number}, part {n}. {PROSE}{PROSE}</p>" for n in range(4))
    following = (
        f'<div class="pagination"><a rel="next" href="/story?page={number + 1}">Next page</a></div>'
        if number < last
        else ""
    )
    talk = "".join(f"<li class=comment><p>Said {number}.{n}: {PROSE}</p></li>" for n in range(3))
    return (
        "<!doctype html><html lang=en><head><title>A story in parts</title></head><body>"
        f"<article><h1>A story in parts</h1>{paragraphs}</article>"
        f"<ol class=comments>{talk}</ol>{following}</body></html>"
    ).encode()


FEED = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Parts</title><item>
<title>A story in parts</title><link>/story?page=1</link><guid>1</guid></item></channel></rss>"""


def answer(seen: Seen) -> Reply:
    if seen.path.startswith("/feed"):
        return Reply(FEED, headers={"content-type": "application/rss+xml"})
    number = int(seen.path.rpartition("=")[2])
    if number == 4:
        return Reply(status=500)
    last = 3 if "story" in seen.path else 9
    return Reply(page(number, last), headers={"content-type": "text/html"})


@pytest.fixture
def server() -> Iterator[Loopback]:
    with serve(answer) as server:
        yield server


def read(url: str, source: Source | None = None) -> tuple[Article, Reading]:
    """Subscribe, update, read the one entry."""

    async def work() -> tuple[Article, Reading]:
        at = compose.home()
        with compose.library(at) as shelf:
            feed = shelf.subscribe(url)
            async with compose.rooms(at, shelf) as pipeline:
                update = await pipeline.update(feed)
                entry = shelf.entry(update.saved.new[0])
                assert entry is not None
                article = await pipeline.read(entry, source)
                reading = shelf.reading(entry.id)
                assert reading is not None
                return article, reading

    return asyncio.run(work())


@pytest.mark.model
def test_an_article_in_parts_is_fetched_and_joined(server: Loopback) -> None:
    article, reading = read(f"{server.base}/feed")
    for number in (1, 2, 3):
        assert f"Page {number}, part 0" in article.text
        assert f"Page {number}, part 3" in article.text
    assert article.status is Status.FULL
    assert reading.article is not None
    assert reading.article.text == article.text
    assert reading.recognition is not None
    assert any(entity.name == "Esbjerg" for entity in reading.recognition.entities)


@pytest.mark.model
def test_comments_go_over_pages_and_are_no_reading_for_another_feed(server: Loopback) -> None:
    talk, _ = read(f"{server.base}/feed", Source.TALK)
    assert talk.source is Source.TALK
    assert "Said 1.0" in talk.text and "Said 3.2" in talk.text
    assert "Page 1, part 0" not in talk.text
    article, _ = read(f"{server.base}/feed?again")
    assert article.source is Source.PAGE
    assert "Page 3, part 3" in article.text and "Said" not in article.text


def test_the_pipeline_loads_no_room_and_no_screen() -> None:
    code = (
        "import sys, tui.pipeline; "
        "print([m for m in sys.modules if m.startswith(('tui.ui', 'tui.fetching', 'tui.cleaning', "
        "'tui.entities', 'tui.library', 'textual', 'httpx', 'lxml', 'spacy'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
