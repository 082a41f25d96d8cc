"""Any file that can be imported: its kind is found by looking at it, never by its name alone."""

import zipfile
from pathlib import Path

from tui.domain.errors import SourceError
from tui.library.exchange import archive, bounded, corrections, jsonl, later, opml
from tui.library.exchange.newsboat import cache, urls
from tui.library.exchange.transfer import Transfer

KNOWN = (
    "OPML, newsboat's urls and cache.db, Pocket, Instapaper and Omnivore exports, "
    "archives of `pack --to`, and JSON Lines and corrections of `export`"
)
_LONGEST = 50_000_000  # bytes of a file that is read at once
_HEAD = 20_000


def read(file: Path) -> Transfer:
    """What `file` brings. Raises SourceError with one line that says what is wrong with it."""
    try:
        with file.open("rb") as data:
            head = data.read(_HEAD)
        size = file.stat().st_size
    except OSError as error:
        raise SourceError(f"{file} can't be read: {error.strerror or error}") from error
    if not head.strip():
        raise SourceError(f"{file} is empty; nothing was imported")
    if cache.looks_like(head):
        return cache.read(file)
    if zipfile.is_zipfile(file):
        return _zipped(file)
    if jsonl.looks_like(head):
        return jsonl.read(file)
    if size > _LONGEST:
        raise SourceError(f"{file} is larger than any list of feeds; nothing was imported")
    if corrections.looks_like(head):
        return corrections.read(file)
    return _listed(file.read_bytes(), file.name)


def _zipped(file: Path) -> Transfer:
    with bounded.opened(file) as zipped:
        if archive.is_archive(zipped):
            return archive.read(file)
        if any(name.startswith("metadata_") for name in zipped.namelist()):
            return later.read_omnivore_zip(zipped, file.name)
    raise _unknown(file.name)


def _listed(data: bytes, what: str) -> Transfer:
    if later.is_pocket_html(data):
        return later.read_pocket_html(data, what)
    if later.is_omnivore(data):
        return later.read_omnivore(data, what)
    if later.is_csv(data):
        return later.read_csv(data, what)
    if urls.looks_like(data):
        return urls.read(data, what)
    if b"<opml" in data.replace(b"\0", b"").lower():
        return opml.read(data, what)
    raise _unknown(what)


def _unknown(what: str) -> SourceError:
    return SourceError(f"{what} is of no kind that can be imported; known are {KNOWN}")
