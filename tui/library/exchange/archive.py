"""A single-file archive: part of a library, for another machine's Broadsheet.

A zip file of text, of which nothing is ever executed or unpacked by its name:

    manifest.json   {"format": "broadsheet-archive", "version": 1, "made": ..., "entries": N}
    feeds.jsonl     {"url", "title", "siteUrl", "folder"} a line
    entries.jsonl   an entry a line (see `records`)
    images.jsonl    {"url", "file"} a line
    images/N.png    the pictures, as they are shown
"""

import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from tui.domain import codec
from tui.domain.editions import Edition
from tui.domain.errors import SourceError
from tui.domain.feeds import READ_LATER, Feed
from tui.domain.ports import Library
from tui.domain.text import clean_line
from tui.domain.urls import safe_url
from tui.library.exchange import bounded, pictures, records
from tui.library.exchange.take_out import picture_addresses, readings
from tui.library.exchange.transfer import Incoming, Subscription, Transfer
from tui.library.exchange.whole import replacing

T = TypeVar("T")

FORMAT = "broadsheet-archive"
VERSION = 1
_SMALL = 1_000_000  # bytes of the manifest, and of one line of a small table
_LINE = 20_000_000  # bytes of one entry
_TABLE = 2_000_000_000  # bytes of all entries
_PICTURE = 10_000_000  # bytes of one picture


@dataclass(frozen=True, slots=True)
class Written:
    """What an archive holds."""

    entries: int
    images: int


def write(file: Path, library: Library, edition: Edition, made: datetime) -> Written:
    """Write the entries of `edition`, their feeds, articles, names and pictures to `file`.

    A file of that name is replaced only when the new one is whole. Raises BroadsheetError.
    """
    with replacing(file) as new, zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as archive:
        feeds: dict[int, Feed] = {}
        addresses: dict[str, None] = {}
        entries = 0
        with archive.open("entries.jsonl", "w", force_zip64=True) as table:
            for reading in readings(library, edition):
                table.write(codec.dump(records.to_value(reading)) + b"\n")
                feeds[reading.feed.id] = reading.feed
                entries += 1
                if reading.article:
                    addresses |= dict.fromkeys(picture_addresses(reading.article))
        archive.writestr("feeds.jsonl", _table(_feed_value(feed) for feed in feeds.values()))
        images = _write_images(archive, library, addresses)
        manifest = {"format": FORMAT, "version": VERSION, "made": made.isoformat()}
        archive.writestr("manifest.json", json.dumps({**manifest, "entries": entries}))
    return Written(entries, images)


def _table(values: Iterator[dict[str, Any]]) -> bytes:
    return b"".join(codec.dump(value) + b"\n" for value in values)


def _feed_value(feed: Feed) -> dict[str, Any]:
    return {
        "url": feed.url,
        "title": feed.title,
        "siteUrl": feed.site_url,
        "folder": feed.folder,
    }


def _write_images(archive: zipfile.ZipFile, library: Library, addresses: dict[str, None]) -> int:
    names: list[dict[str, Any]] = []
    for url in addresses:
        data = library.image(url)
        if data and (kind := pictures.kind(data)):
            name = f"images/{len(names) + 1}.{kind.ending}"
            archive.writestr(zipfile.ZipInfo(name), data)  # stored: pictures don't shrink further
            names.append({"url": url, "file": name})
    archive.writestr("images.jsonl", _table(iter(names)))
    return len(names)


def is_archive(zipped: zipfile.ZipFile) -> bool:
    """True for an archive of ours, of any version."""
    return "manifest.json" in zipped.namelist()


def read(file: Path) -> Transfer:
    """What the archive in `file` holds. Raises SourceError, also later while it is walked."""
    with bounded.opened(file) as archive:
        _check_manifest(archive, file.name)
        rows = list(_values(archive, "feeds.jsonl", _SMALL, _subscription))
    problems = [f"left out, add it yourself if you trust it: {url}" for url, sub in rows if not sub]
    return Transfer(
        "archive",
        tuple(sub for _, sub in rows if sub),
        entries=_ArchiveEntries(file),
        images=_ArchiveImages(file),
        problems=tuple(problems),
    )


def _check_manifest(archive: zipfile.ZipFile, what: str) -> None:
    manifest = _parsed(bounded.member(archive, "manifest.json", _SMALL), dict, "manifest.json")
    if manifest.get("format") != FORMAT:
        raise SourceError(f"{what} is no archive of Broadsheet; nothing was imported")
    version = manifest.get("version")
    if not isinstance(version, int) or version > VERSION:
        raise SourceError(f"{what} was made by a later Broadsheet; update this one to open it")


def _parsed(data: bytes, make: Callable[[Any], T], what: str) -> T:
    try:
        return make(codec.load(data))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise SourceError(f"{what} in the archive is damaged; nothing was imported") from error


def _values(
    archive: zipfile.ZipFile, name: str, longest: int, make: Callable[[Any], T]
) -> Iterator[T]:
    for line in bounded.lines(archive, name, longest, _TABLE):
        yield _parsed(line, make, name)


def _subscription(value: dict[str, Any]) -> tuple[str, Subscription | None]:
    """The address for a message, and the feed, if it is one that may come from elsewhere."""
    url = str(value["url"])
    if not may_come_from_elsewhere(url):
        return clean_line(url, 100), None
    title, folder = clean_line(str(value["title"]), 300), clean_line(str(value["folder"]), 300)
    return url, Subscription(url, title, safe_url(str(value["siteUrl"])), folder)


def may_come_from_elsewhere(url: str) -> bool:
    """False for commands and files: a file from someone must not make us run or read anything."""
    return url == READ_LATER or bool(safe_url(url))


@dataclass(frozen=True, slots=True)
class _ArchiveEntries:
    """The entries of an archive, read from it at each walk."""

    file: Path

    def __iter__(self) -> Iterator[Incoming]:
        with bounded.opened(self.file) as archive:
            for entry in _values(archive, "entries.jsonl", _LINE, records.from_value):
                if may_come_from_elsewhere(entry.feed_url):
                    yield entry


@dataclass(frozen=True, slots=True)
class _ArchiveImages:
    """The pictures of an archive, read from it at each walk."""

    file: Path

    def __iter__(self) -> Iterator[tuple[str, bytes]]:
        with bounded.opened(self.file) as archive:
            for url, name in _values(archive, "images.jsonl", _SMALL, _image):
                data = bounded.member(archive, name, _PICTURE)
                if url and pictures.kind(data):
                    yield url, data


def _image(value: dict[str, Any]) -> tuple[str, str]:
    return safe_url(str(value["url"])), str(value["file"])
