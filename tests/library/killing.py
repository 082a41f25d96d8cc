"""Kills a sync and a reader at random points, again and again, and looks at what is left.

    python -m tests.library.killing FOLDER KILLS SEED

prints one JSON object: kills, acknowledged (changes that the killed had been told are kept), lost,
half (what is there in part only), each of the last two a list of lines. Run by a test with few kills
and by `make bench-library` with 500. A program of its own, because it forks: a fresh interpreter for
each victim would take ten times as long.
"""

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from tests.library.conftest import article, names
from tui import paths as places
from tui.domain.editions import Edition
from tui.domain.feeds import Page, ParsedEntry, ParsedFeed
from tui.domain.naming import Kind
from tui.library.store import SqliteLibrary, open_library
from tui.paths import Paths
from tui.settings import Settings

ENTRIES = 5  # of a document
_LONGEST_LIFE = 0.5  # seconds that a victim lives, at most
_URL = "https://a.example/feed"
Say = Callable[[str, str, object], None]


@dataclass
class Expected:
    """What was acknowledged. `open` are changes whose end nobody heard: both is right."""

    documents: set[int] = field(default_factory=set)
    state: dict[str, Any] = field(default_factory=dict)
    articles: set[int] = field(default_factory=set)
    open: set[str] = field(default_factory=set)
    acknowledged: int = 0
    lost: list[str] = field(default_factory=list)
    half: list[str] = field(default_factory=list)


def sync(shelf: SqliteLibrary, pick: random.Random, say: Say) -> None:
    """Documents and articles, for as long as it lives."""
    feed = shelf.subscribe(_URL)
    while True:
        number = pick.randrange(1 << 40)
        listed = tuple(
            ParsedEntry(f"{number}-{n}", f"Title {number} {n}", f"https://a.example/{number}/{n}",
                        summary="words of a summary")
            for n in range(ENTRIES)
        )  # fmt: skip
        page = Page(feed.url, b"", headers={"etag": str(number)})
        say("begin", f"document {number}", 0)
        saved = shelf.save_feed(feed, ParsedFeed(feed.url, entries=listed), page)
        say("done", f"document {number}", 0)
        for entry in saved.new[:2]:
            text = f"Angela Merkel and the words of article {entry}. " * pick.randrange(1, 200)
            say("begin", f"article {entry}", 0)
            shelf.save_article(entry, article(text), names(text, Angela_Merkel=Kind.PERSON))
            say("done", f"article {entry}", 0)


def read(shelf: SqliteLibrary, pick: random.Random, say: Say) -> None:
    """Changes of state, for as long as it lives."""
    top = 0
    while not top:
        top = shelf.window(Edition(), 0, 1).total
    while True:
        entry = pick.randrange(1, top + 1)
        match pick.choice(["read", "starred", "queued", "note"]):
            case "note":
                value: object = f"note {pick.random()}"
                change: Callable[[], object] = partial(shelf.note, entry, str(value))
                name = f"note {entry}"
            case flag:
                value = pick.random() < 0.5
                change = partial(shelf.mark, [entry], **{flag: bool(value)})
                name = f"{flag} {entry}"
        say("begin", name, value)
        change()
        say("done", name, value)


def _victim(
    paths: Paths, work: Callable[[SqliteLibrary, random.Random, Say], None], seed: int
) -> tuple[int, int]:
    """Start one; returns its pid and the pipe it speaks through."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return pid, reading
    try:
        os.close(reading)

        def say(what: str, name: str, value: object) -> None:
            os.write(writing, (json.dumps([what, name, value]) + "\n").encode())

        work(open_library(paths, Settings()), random.Random(seed), say)
    finally:
        os._exit(1)


def _listen(pipe: int, expected: Expected) -> None:
    with os.fdopen(pipe) as said:
        for line in said:
            if not line.endswith("\n"):
                break
            what, name, value = json.loads(line)
            sort, _, number = name.partition(" ")
            if what == "begin":
                expected.open.add(name)
                continue
            expected.open.discard(name)
            expected.acknowledged += 1
            if sort == "document":
                expected.documents.add(int(number))
            elif sort == "article":
                expected.articles.add(int(number))
            else:
                expected.state[name] = value


def _check(paths: Paths, expected: Expected) -> None:
    shelf = open_library(paths, Settings())
    try:
        if shelf.problems:
            expected.half.append(f"opened with {shelf.problems}")
        _check_documents(shelf, expected)
        _check_state(shelf, expected)
        for entry in sorted(expected.articles)[-20:]:
            reading = shelf.reading(entry)
            if reading is None or reading.article is None:
                expected.lost.append(f"article {entry}")
        _check_whole(shelf, expected)
    finally:
        shelf.close()
    expected.open.clear()


def _check_documents(shelf: SqliteLibrary, expected: Expected) -> None:
    c = shelf.database.reader()
    rows = c.execute(
        "SELECT substr(d.key, 1, instr(d.key, '-') - 1), count(*), max(d.id) FROM details d "
        "JOIN entries e ON e.id = d.id JOIN contents t ON t.id = d.id JOIN bodies b ON b.id = d.id "
        "GROUP BY 1 ORDER BY 3"
    ).fetchall()
    found = {int(row[0]): row[1] for row in rows}
    expected.half += [
        f"document {n}: {count} entries" for n, count in found.items() if count != ENTRIES
    ]
    expected.lost += [f"document {n}" for n in expected.documents - set(found)]
    expected.documents |= set(found)
    feed = shelf.feeds()[0] if shelf.feeds() else None
    if feed is not None and rows and feed.validators.etag != rows[-1][0]:
        expected.half.append(f"validators {feed.validators.etag} without their document")


def _check_state(shelf: SqliteLibrary, expected: Expected) -> None:
    c = shelf.database.reader()
    for name, value in expected.state.items():
        sort, _, number = name.partition(" ")
        table, column = ("notes", "text") if sort == "note" else ("entries", sort)
        row = c.execute(f"SELECT {column} FROM {table} WHERE id = ?", (int(number),)).fetchone()
        found = row[0] if row is not None else None
        if name in expected.open:
            expected.state[name] = found
        elif found != value:
            expected.lost.append(f"{name}: {found!r} where {value!r} was acknowledged")


def _check_whole(shelf: SqliteLibrary, expected: Expected) -> None:
    c = shelf.database.reader()
    checks = {
        "file": "SELECT quick_check <> 'ok' FROM pragma_quick_check",
        "details": "SELECT count(*) FROM entries WHERE id NOT IN (SELECT id FROM details)",
        "search": "SELECT (SELECT count(*) FROM search_docsize) <> (SELECT count(*) FROM entries)",
        "counts": "SELECT sum(unread) <> (SELECT count(*) FROM entries WHERE read = 0) FROM counts",
        "stars": "SELECT sum(starred) <> (SELECT count(*) FROM entries WHERE starred) FROM counts",
        "names": "SELECT sum(articles) <> (SELECT count(*) FROM mentions) FROM entities",
    }
    for name, query in checks.items():
        if c.execute(query).fetchone()[0]:
            expected.half.append(name)


def _warm(folder: Path) -> None:
    """Load all modules once, so that victims spend their short lives on the library."""
    shelf = open_library(places.find({"BROADSHEET_HOME": str(folder / "warm")}), Settings())
    shelf.subscribe(_URL)
    shelf.save_article(1, article("words"), None)
    shelf.close()


def run(folder: Path, kills: int, seed: int) -> dict[str, Any]:
    """Kill two victims at once until there were `kills`."""
    paths = places.find({"BROADSHEET_HOME": str(folder)})
    pick, expected = random.Random(seed), Expected()
    _warm(folder)
    open_library(paths, Settings()).close()
    done = 0
    while done < kills:
        victims = [_victim(paths, work, pick.randrange(1 << 30)) for work in (sync, read)]
        time.sleep(pick.random() * _LONGEST_LIFE)
        pick.shuffle(victims)
        for pid, _ in victims:
            os.kill(pid, signal.SIGKILL)
            done += 1
        for pid, pipe in victims:
            os.waitpid(pid, 0)
            _listen(pipe, expected)
        _check(paths, expected)
    return {
        "kills": done,
        "acknowledged": expected.acknowledged,
        "lost": expected.lost,
        "half": expected.half,
    }


if __name__ == "__main__":
    print(json.dumps(run(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))))
