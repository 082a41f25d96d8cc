"""What the screen's benchmarks read: libraries of ours and of newsboat, of the same sizes.

`BROADSHEET_BENCH` names a folder in which they are kept from one run to the next; without it they
are made anew (the largest takes some minutes).
"""

import compileall
import contextlib
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import tui
from tests.bench.library_data import Vocabulary, article_value, make
from tui.library.stored import article_key

LONG = 20_000  # words of the long article, the newest of each library
_TEXTS, _NAMES = 60, 2
_READ = 12  # articles that newsboat opens in one run of the benchmark, at most


@contextlib.contextmanager
def folder() -> Iterator[Path]:
    """Where libraries are made."""
    if kept := os.environ.get("BROADSHEET_BENCH"):
        Path(kept).mkdir(parents=True, exist_ok=True)
        yield Path(kept)
    else:
        with tempfile.TemporaryDirectory(prefix="broadsheet-bench-") as made:
            yield Path(made)


def compiled() -> None:
    """Have bytecode, as after any installation, also where the environment forbids to write it."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    compileall.compile_dir(Path(tui.__file__).parent, quiet=2)


def home(below: Path, entries: int) -> Path:
    """A home of ours with `entries` entries in 100 feeds."""
    place = below / f"home-{entries}"
    if not (place / "ready").exists():
        place.mkdir(parents=True, exist_ok=True)
        library = make(place, entries, min(_TEXTS, entries), _NAMES)
        newest = library.database.reader().execute(
            "SELECT id FROM entries WHERE read = 0 ORDER BY at DESC, id DESC LIMIT 1"
        )
        text = Vocabulary(random.Random(1)).text(LONG)
        library.cache.put_value(article_key(newest.fetchone()[0]), article_value(text), "article")
        library.close()
        # The same article is opened in every session.
        settings = place / "config" / "settings.toml"
        settings.parent.mkdir(exist_ok=True)
        settings.write_text('[screen]\nmark_read = "never"\n')
        (place / "ready").touch()
    return place


def newsboat(below: Path, shared: Path, entries: int, *, analysed: bool) -> list[str]:
    """The command that opens newsboat on `entries` items in 100 feeds, its cache as made or after
    ANALYZE."""
    place = below / f"newsboat-{entries}{'-analysed' if analysed else ''}"
    if not (place / "ready").exists():
        maker = shared / "tools" / "newsboat_cache.py"
        subprocess.run(
            [sys.executable, maker, "100", str(entries), place],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        _lengthen(place / "cache.db", analysed)
        (place / "ready").touch()
    files = [option for name, file in (("-u", "urls"), ("-c", "cache.db"), ("-C", "config"))
             for option in (name, str(place / file))]  # fmt: skip
    return ["newsboat", *files]


def _lengthen(cache: Path, analysed: bool) -> None:
    """Give the newest items of the first feed the long text; newsboat marks what it opens as read
    and begins at the first unread."""
    words = Vocabulary(random.Random(1)).text(LONG).split(". ")
    text = "".join(f"<p>{'. '.join(words[i : i + 4])}.</p>" for i in range(0, len(words), 4))
    with contextlib.closing(sqlite3.connect(cache)) as database:
        database.execute(
            "UPDATE rss_item SET content = ?, unread = 1 WHERE id IN (SELECT id FROM rss_item WHERE "
            "feedurl = (SELECT feedurl FROM rss_item ORDER BY id LIMIT 1) "
            "ORDER BY pubDate DESC LIMIT ?)",
            (text, _READ),
        )
        if analysed:
            database.execute("ANALYZE")
        database.commit()
