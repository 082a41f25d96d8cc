"""What takes how much, and what is wrong: for `broadsheet doctor`."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from tui.domain.records import dataclass
from tui.library.cache import Cache
from tui.library.database import Connection, Database
from tui.library.space import Space
from tui.paths import Paths

_GROUPS = {
    "search": "search index",
    "bodies": "texts for the search",
    "mentions": "names",
    "entit": "names",
    "kept": "kept articles",
    "contents": "texts of the feeds",
    "journal": "undo",
}


@dataclass(frozen=True, slots=True)
class Share:
    """`count` things of one kind, or None where counting makes no sense, and their bytes on disk."""

    what: str
    bytes: int
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """`library` and `cache` list what takes space there, the largest first."""

    library: tuple[Share, ...]
    cache: tuple[Share, ...]
    counts: dict[str, int]
    cache_limit: int
    backups: tuple[str, ...]
    ballast: bool
    problems: tuple[str, ...]


def make(
    database: Database,
    cache: Cache,
    space: Space,
    paths: Paths,
    *,
    limit: int,
    problems: Iterable[str],
) -> Report:
    """Measure. Takes some tenths of a second in a large library."""
    sizes = cache.sizes()
    return Report(
        library=database.read(_library),
        cache=_largest(Share(tag, size, count) for tag, (count, size) in sizes.items()),
        counts=database.read(_counts),
        cache_limit=limit,
        backups=tuple(file.name for file in sorted(paths.backups.glob("library-*.db"))),
        ballast=_exists(space.ballast),
        problems=tuple(problems),
    )


def _exists(file: Path) -> bool:
    try:
        return file.stat().st_size > 0
    except OSError:
        return False


def _library(c: Connection) -> tuple[Share, ...]:
    try:
        rows = c.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name").fetchall()
    except sqlite3.OperationalError:
        # Not every SQLite is built with it: the sum alone, then.
        pages = c.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        return (Share("library", int(pages.fetchone()[0])),)
    sizes: dict[str, int] = {}
    for name, size in rows:
        plain = name.removeprefix("sqlite_autoindex_")
        group = next((g for start, g in _GROUPS.items() if plain.startswith(start)), "entries")
        sizes[group] = sizes.get(group, 0) + size
    return _largest(Share(group, size) for group, size in sizes.items())


def _largest(shares: Iterable[Share]) -> tuple[Share, ...]:
    return tuple(sorted(shares, key=lambda share: -share.bytes))


def _counts(c: Connection) -> dict[str, int]:
    queries = {
        "feeds": "SELECT count(*) FROM feeds WHERE removed IS NULL",
        "entries": "SELECT count(*) FROM entries",
        "unread": "SELECT sum(unread) FROM counts",
        "texts": "SELECT count(*) FROM entries WHERE text_here = 1",
        "kept": "SELECT count(*) FROM kept",
        "entities": "SELECT count(*) FROM entities",
        "mentions": "SELECT count(*) FROM mentions",
    }
    return {name: int(c.execute(query).fetchone()[0] or 0) for name, query in queries.items()}
