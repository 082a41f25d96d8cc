"""newsboat's `cache.db`: what it has fetched, what was read, and the user's flags.

The file is opened read-only from a private copy: newsboat may be running, and we neither wait for
it nor leave a journal beside its file. Flags are single letters; an entry that has any is starred,
and each becomes a label of that letter.
"""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from tui.domain.errors import SourceError
from tui.domain.feeds import Enclosure, ParsedEntry
from tui.domain.text import clean_line
from tui.domain.urls import safe_url, strip_tracking
from tui.library.exchange.newsboat.addresses import feed_address
from tui.library.exchange.transfer import Incoming, Subscription, Transfer

_FEEDS = "SELECT rssurl, url, title FROM rss_feed ORDER BY rssurl"
_COLUMNS = "guid title author url feedurl pubDate content unread enclosure_url enclosure_type"
_OPTIONAL = "flags deleted"
_LATEST = 253402300799  # 9999-12-31


def looks_like(data: bytes) -> bool:
    """True for any SQLite file."""
    return data.startswith(b"SQLite format 3\0")


def read(file: Path) -> Transfer:
    """Feeds and entries of a `cache.db`. Raises SourceError."""
    with _open(file) as database:
        subscriptions = tuple(_subscriptions(database))
    return Transfer("newsboat cache", subscriptions, entries=CacheEntries(file))


class CacheEntries:
    """The entries of a `cache.db`, read from the file at each walk."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def __iter__(self) -> Iterator[Incoming]:
        with _open(self.file) as database:
            here = {row["name"] for row in database.execute("PRAGMA table_info(rss_item)")}
            columns = [*_COLUMNS.split(), *(c for c in _OPTIONAL.split() if c in here)]
            rows = database.execute(
                f"SELECT {', '.join(columns)} FROM rss_item ORDER BY feedurl, id"
            )
            for row in rows:
                yield _incoming({name: row[name] for name in columns})


@contextmanager
def _open(file: Path) -> Iterator[sqlite3.Connection]:
    with tempfile.TemporaryDirectory(prefix="broadsheet-import-") as folder:
        copy = Path(folder) / "cache.db"
        try:
            _copy(file, copy)
            with closing(sqlite3.connect(copy)) as database:
                database.row_factory = sqlite3.Row
                database.execute("PRAGMA trusted_schema = OFF")  # the file may be anyone's
                database.text_factory = lambda data: data.decode("utf-8", errors="replace")
                yield database
        except (OSError, sqlite3.Error) as error:
            raise SourceError(f"{file} can't be read as newsboat's cache: {error}") from error


def _copy(file: Path, to: Path) -> None:
    """SQLite's own backup: whole also while another process writes."""
    source = f"file:{quote(str(file.absolute()))}?mode=ro"
    with closing(sqlite3.connect(source, uri=True)) as old, closing(sqlite3.connect(to)) as new:
        old.backup(new)


def _subscriptions(database: sqlite3.Connection) -> Iterator[Subscription]:
    for row in database.execute(_FEEDS):
        if url := feed_address(row["rssurl"]):
            title = clean_line(row["title"], 300)
            yield Subscription(url, site_url=safe_url(row["url"]), own_title=title)


def _incoming(row: dict[str, object]) -> Incoming:
    text = {name: str(value) if value is not None else "" for name, value in row.items()}
    link = strip_tracking(safe_url(text["url"]))
    file = safe_url(text["enclosure_url"])
    flags = tuple(sorted({f for f in text.get("flags", "") if f.isalpha() and f.isascii()}))
    entry = ParsedEntry(
        id=text["guid"] or link or text["title"],
        title=clean_line(text["title"]),
        link=link,
        published=_time(row["pubDate"]),
        author=clean_line(text["author"]),
        content=text["content"],
        enclosures=(Enclosure(file, clean_line(text["enclosure_type"])),) if file else (),
    )
    return Incoming(
        feed_address(text["feedurl"]),
        entry,
        read=not row["unread"],
        starred=bool(flags),
        hidden=bool(row.get("deleted")),
        labels=flags,
    )


def _time(seconds: object) -> datetime | None:
    if not isinstance(seconds, int) or not 0 < seconds <= _LATEST:
        return None
    return datetime.fromtimestamp(seconds, UTC)
