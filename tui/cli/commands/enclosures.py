"""`broadsheet enclosures`: the audio and video that entries enclose, listed or brought to a folder."""

import asyncio
import json
import mimetypes
import re
import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from tui.cli import compose, headlines
from tui.cli.complaints import complain
from tui.cli.statuses import status_of, worst
from tui.domain.editions import Edition, Headline
from tui.domain.errors import BroadsheetError, Offline, SourceError
from tui.domain.feeds import Enclosure
from tui.domain.names import fold_name, safe_name, unique_name
from tui.domain.records import dataclass
from tui.domain.text import clean_line
from tui.domain.urls import safe_url

if TYPE_CHECKING:
    from tui.fetching.http.download import Downloads
    from tui.library.store import SqliteLibrary

_ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}$")


@dataclass(frozen=True, slots=True)
class Found:
    """One file, and the entry that encloses it."""

    entry: Headline
    file: Enclosure


def run(args: Namespace) -> int:
    """List, or with --to download; a file that fails costs itself only, and exit status 1."""
    if args.to is not None and args.offline:
        raise Offline("--offline and --to exclude each other: nothing was fetched")
    at = compose.home(quiet=args.json)
    with compose.library(at) as shelf:
        headlines.warn(shelf.problems, args.query)
        found = list(islice(_found(shelf, args.query), args.limit or None))
    if args.to is not None:
        return asyncio.run(_download(at, list(_missing(found, Path(args.to).expanduser()))))
    for one in found:
        print(json.dumps(as_value(one), ensure_ascii=False) if args.json else _line(one))
    return 0


def _found(shelf: "SqliteLibrary", query: str) -> Iterator[Found]:
    for headline in shelf.headlines(Edition(query), 0):
        entry = shelf.entry(headline.id)
        for file in entry.enclosures if entry else ():
            if safe_url(file.url):
                yield Found(headline, file)


def as_value(found: Found) -> dict[str, object]:
    """One line of --json."""
    return {
        **headlines.to_value(found.entry, snippets=False),
        "enclosure": found.file.url,
        "type": found.file.type or None,
        "length": found.file.length or None,
    }


def _line(found: Found) -> str:
    size = f"{found.file.length / 1e6:.1f} MB" if found.file.length else ""
    title = clean_line(found.entry.title, 50)
    return f"{found.entry.published:%Y-%m-%d}  {size:>9}  {title}  {clean_line(found.file.url)}"


def _missing(found: Sequence[Found], folder: Path) -> Iterator[tuple[Found, Path]]:
    """What is not in `folder` yet, and where it belongs."""
    for one, target in _targets(found, folder):
        if target.exists():
            print(f"{target} is here already")
        else:
            yield one, target


async def _download(at: compose.Home, wanted: Sequence[tuple[Found, Path]]) -> int:
    """Bring each file to its place; says what is there now."""
    downloads = compose.downloads(at)
    statuses = set()
    try:
        for one, target in wanted:
            try:
                await _save(downloads, one.file.url, target)
            except BroadsheetError as error:
                complain(f"{one.file.url}: {error}")
                statuses.add(status_of(error))
    finally:
        await downloads.close()
    return worst(statuses)


async def _save(downloads: "Downloads", url: str, target: Path) -> None:
    def tell(done: int, total: int) -> None:
        if sys.stderr.isatty():
            share = f"{100 * done // total} %" if total else f"{done / 1e6:.1f} MB"
            print(f"\r{share:>9}  {target.name[:60]}\x1b[K\r", end="", file=sys.stderr, flush=True)

    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        size = await downloads.save(url, target, tell)
    except OSError as error:
        raise SourceError(f"can't write {target}: {error.strerror or error}") from error
    print(f"{target}  {size / 1e6:.1f} MB")


def _targets(found: Sequence[Found], folder: Path) -> Iterator[tuple[Found, Path]]:
    """A file of its own for each: FOLDER/FEED/DATE TITLE.mp3, the same at every run."""
    taken: set[str] = set()
    for one in found:
        feed = safe_name(one.entry.feed_title, "feed")
        day = f"{one.entry.published:%Y-%m-%d}"
        stem = safe_name(f"{day} {one.entry.title}", day, longest=100)
        name = unique_name(f"{feed}/{stem}{_ending(one.file)}", taken)
        taken.add(fold_name(name))
        yield one, folder / name


def _ending(file: Enclosure) -> str:
    path = PurePosixPath(unquote(urlsplit(file.url).path))
    if ending := _ENDING.search(path.suffix):
        return ending[0].lower()
    return mimetypes.guess_extension(file.type.partition(";")[0].strip()) or ""
