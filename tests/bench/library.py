"""The library at 10,000, 100,000 and 1,000,000 entries: speed, size, and what kills leave behind.

    python -m tests.bench.library [--sizes 10000 100000 1000000] [--kills 500] [--folder FOLDER]

The figures that are promised are those of 100,000 entries in 100 feeds with 20,000 full texts and 2
million mentions; the others show how it grows. Every measure of a query is the median of some runs,
each after a change of the library, so that nothing is remembered from the run before.
"""

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.bench import library_data as data
from tests.bench.table import Table
from tests.conftest import shared_folder
from tui.domain import codec
from tui.domain.editions import Edition, Order
from tui.domain.feeds import Page, ParsedEntry, ParsedFeed
from tui.library.store import SqliteLibrary, open_library
from tui.settings import Settings

PROMISED = 100_000
UNREAD = Edition("is:unread")
_RUNS = 9
_MARKED = 10_000
_KEPT = 4000


class Bench:
    """One library of one size, measured into a table."""

    def __init__(self, table: Table, library: SqliteLibrary, home: Path, entries: int) -> None:
        self.table, self.library, self.home, self.entries = table, library, home, entries
        self._change = 0

    def add(
        self, what: str, figure: float, must: float | None = None, aim: float | None = None
    ) -> None:
        """A row; bounds count for the size that is promised only."""
        if self.entries != PROMISED:
            must = aim = None
        self.table.add(f"{self.entries:>9,}  {what}", figure, must, aim, most=True, unit="ms")

    def time(self, work: Callable[[], object], runs: int = _RUNS) -> float:
        """Milliseconds of `work`, the median of some runs."""
        return statistics.median(self._once(work) for _ in range(runs))

    def _once(self, work: Callable[[], object]) -> float:
        self._change += 1
        self.library.save_host("bench.example", {"n": self._change})
        start = time.perf_counter()
        work()
        return 1000 * (time.perf_counter() - start)

    def lists(self) -> None:
        """Windows, counts, and the way through them."""
        shelf, middle = self.library, self.entries // 4
        self.add("open and first page of the list", _opening(self.home), 20, 5)
        self.add("unread counts of all feeds", self.time(shelf.counts), 10, 3)
        self.add("page in the middle", self.time(lambda: shelf.window(UNREAD, middle, 50)))
        self.add("row of an entry in the middle", self.time(lambda: shelf.find(UNREAD, middle)))
        self.add("next unread", self.time(lambda: shelf.next_unread(UNREAD, middle)))
        by_feed = Edition("feed:7 is:unread")
        self.add("first page of one feed", self.time(lambda: shelf.window(by_feed, 0, 50)))
        for order in (Order.FEED, Order.FOLDER, Order.STORY, Order.TITLE):
            edition = Edition("is:unread", order)
            for start, name in ((0, "first page"), (middle, "page in the middle")):
                took = self.time(partial(shelf.window, edition, start, 50), 5)
                self.add(f"{name} by {order}", took)
        asked = Edition("is:unread OR ids:3,4,5")
        self.add("first page, with rows just read", self.time(lambda: shelf.window(asked, 0, 50)))

    def search(self) -> None:
        """Rare, common and commonest words, newest and best first, with snippets."""
        for word, name in (
            (data.RARE, "rare word"),
            (data.COMMON, "common word"),
            (data.COMMONEST, "commonest word"),
            (f"{data.COMMON} {data.COMMONEST}", "two common words"),
            (f"{data.COMMON[:5]}*", "beginning of a word"),
        ):
            for order in (Order.NEWEST, Order.BEST):
                edition = Edition(word, order)
                total = self.library.window(edition, 0, 1).total
                took = self.time(partial(self.library.window, edition, 0, 50))
                self.add(f"search, {name} ({total:,} found), {order}", took, 150, 30)

    def marks(self) -> None:
        """Ten thousand at once, and back."""
        shelf = self.library
        ids = [h.id for h in shelf.window(UNREAD, 0, _MARKED).headlines]
        marked = [self._once(lambda: shelf.mark(ids, read=True)) for _ in range(1)]
        undone = [self._once(shelf.undo)]
        for _ in range(4):
            marked.append(self._once(lambda: shelf.mark(ids, read=True)))
            undone.append(self._once(shelf.undo))
        self.add(f"mark {len(ids):,} read", statistics.median(marked), 500, 150)
        self.add("undo", statistics.median(undone), 500, 150)

    def articles(self) -> None:
        """From the cache to text."""
        ids = iter(range(self.entries, 0, -1))

        def text() -> str:
            reading = self.library.reading(next(ids))
            assert reading is not None
            assert reading.article is not None
            return reading.article.text

        self.add("article from cache to text", self.time(text, 50), 10, 3)

    def names(self) -> None:
        """Pages of entities."""
        shelf = self.library
        key, other = "name1 family1", "name3 family3"
        for keys, name in (([key], "the commonest"), (["name1000 family0"], "a rare one")):
            total = shelf.entity_page(keys).total
            took = self.time(partial(shelf.entity_page, keys))
            self.add(f"entity page of {name} ({total:,} articles)", took, 50, 10)
        self.add("two entities together", self.time(lambda: shelf.entity_page([key, other])))
        self.add("stories about these", self.time(lambda: shelf.similar(self.entries)))
        self.add("entities by a beginning", self.time(lambda: shelf.entities("name12")))


def _opening(home: Path) -> float:
    """Milliseconds to open and show, each time in a process of its own, without its imports."""
    command = [sys.executable, "-m", "tests.bench.library", "--open", str(home)]
    times = []
    for _ in range(_RUNS):
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        times.append(float(done.stdout))
    return statistics.median(times)


def open_once(folder: Path) -> None:
    """Print how long it takes to open the library and read the first page."""
    paths = data.home(folder)
    start = time.perf_counter()
    library = open_library(paths, Settings())
    library.window(UNREAD, 0, 50)
    print(1000 * (time.perf_counter() - start))
    library.close()


def size(table: Table, folder: Path) -> None:
    """What a library grows by when it keeps articles, against their text."""
    library = open_library(data.home(folder), Settings())
    texts = list(_texts(_KEPT))
    feed = library.subscribe("https://kept.example/feed")
    listed = tuple(
        ParsedEntry(str(n), text[:60], f"https://kept.example/{n}", summary=text[:150])
        for n, text in enumerate(texts)
    )
    library.save_feed(feed, ParsedFeed(feed.url, entries=listed), Page(feed.url, b""))
    ids = library.entry_ids(feed.id, (entry.id for entry in listed))
    for n, text in enumerate(texts):
        value = data.article_value(text)
        library.save_article(ids[str(n)], codec.article_from_value(value["article"]), None)
    library.mark(ids.values(), starred=True)
    with library.database.transaction() as connection:
        connection.execute("INSERT INTO search(search) VALUES ('optimize')")
    library.close()
    library = open_library(data.home(folder), Settings())
    library.database.reader().execute("VACUUM")
    library.close()
    whole = data.home(folder).library.stat().st_size
    plain = sum(len(text.encode()) for text in texts)
    note = f"{_KEPT:,} kept, {plain // _KEPT:,} bytes of text each"
    what = "library size a kept article, percent of its text"
    table.add(what, 100 * whole / plain, 300, 120, most=True, unit="%", note=note)


def _texts(count: int) -> list[str]:
    """English of a news story's length: paragraphs of the benchmark documents, mixed; else made up."""
    pick, shared = random.Random(1), shared_folder()
    files = sorted(shared.glob("bench/entities/GUM_*.json")) if shared else []
    if not files:
        words = data.Vocabulary(pick)
        return [words.text(data.WORDS) for _ in range(count)]
    sentences = [
        sentence
        for file in files
        for sentence in json.loads(file.read_text())["text"].replace("\n", " ").split(". ")
    ]
    return [". ".join(pick.sample(sentences, 30)) for _ in range(count)]


def kills(table: Table, folder: Path, count: int) -> None:
    """What is lost or half-written after so many kills."""
    command = [sys.executable, "-m", "tests.library.killing", str(folder), str(count), "11"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    note = f"{found['acknowledged']:,} changes acknowledged"
    what = f"lost or half-written after {found['kills']} kills"
    table.add(what, len(found["lost"]) + len(found["half"]), 0, 0, most=True, note=note)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="*", default=[10_000, PROMISED, 1_000_000])
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--folder", type=Path, help="keep the libraries here, and use them again")
    parser.add_argument("--open", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.open:
        open_once(args.open)
        return
    table = Table("The library")
    with tempfile.TemporaryDirectory(prefix="broadsheet-bench-") as temporary:
        root = args.folder or Path(temporary)
        for entries in args.sizes:
            _measure(table, root / str(entries), entries)
        size(table, Path(temporary) / "size")
        kills(table, Path(temporary) / "kills", args.kills)
    table.finish()


def _measure(table: Table, home: Path, entries: int) -> None:
    if not data.home(home).library.exists():
        # A million entries have the texts and names of a hundred thousand: lists and counts are
        # what grows with entries; the search has their titles and summaries too.
        texts, names = min(entries // 5, 20_000), 20 if entries <= PROMISED else 2
        data.make(home, entries, texts, names).close()
    library = open_library(data.home(home), Settings())
    bench = Bench(table, library, home, entries)
    bench.lists()
    bench.search()
    bench.names()
    bench.articles()
    bench.marks()
    library.close()


if __name__ == "__main__":
    main()
