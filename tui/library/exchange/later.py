"""What read-it-later services give when one leaves them: a list of links, read and unread.

    Pocket      ril_export.html, or part_*.csv (title, url, time_added, tags, status)
    Instapaper  CSV (URL, Title, Selection, Folder, Timestamp, Tags)
    Omnivore    metadata_*.json, alone or in its zip

All become entries of one subscription, "Read later": unread ones queued, so that the next sync
fetches them; archived ones read; favourites starred.
"""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any

from tui.domain.errors import SourceError
from tui.domain.feeds import READ_LATER, ParsedEntry
from tui.domain.text import clean, clean_line
from tui.domain.urls import canonical_url, safe_url, strip_tracking
from tui.library.exchange.bounded import member
from tui.library.exchange.markup import decode
from tui.library.exchange.transfer import Incoming, Subscription, Transfer

TITLE = "Read later"
_LATEST = 253402300799  # 9999-12-31
_MOST_ROWS = 10  # that one line names
_LONGEST = 50_000_000  # bytes of all lists of an export


def is_pocket_html(data: bytes) -> bool:
    """True for Pocket's ril_export.html."""
    start = data[:2000].lower()
    return b"<title>pocket export" in start or (b"<html" in start and b"time_added=" in data)


def is_csv(data: bytes) -> bool:
    """True for the CSV of Pocket or Instapaper."""
    columns = _columns(data)
    return {"url", "title"} <= columns and bool(columns & {"time_added", "folder", "timestamp"})


def is_omnivore(data: bytes) -> bool:
    """True for Omnivore's metadata_*.json."""
    start = data[:4000].lstrip()
    return start.startswith(b"[") and b'"slug"' in start and b'"url"' in start


def read_pocket_html(data: bytes, what: str) -> Transfer:
    """Pocket's HTML export."""
    page = _PocketPage()
    page.feed(decode(data))
    return _transfer("Pocket", what, (_pocket(row) for row in page.rows))


def read_csv(data: bytes, what: str) -> Transfer:
    """Pocket's or Instapaper's CSV."""
    try:
        table = list(csv.DictReader(io.StringIO(decode(data), newline="")))
    except csv.Error as error:
        raise SourceError(f"{what} is no CSV: {error}; nothing was imported") from error
    rows = [{str(k).strip().lower(): v for k, v in row.items() if k} for row in table]
    if "time_added" in _columns(data):
        return _transfer("Pocket", what, (_pocket(row) for row in rows), first=2)
    return _transfer("Instapaper", what, (_instapaper(row) for row in rows), first=2)


def read_omnivore(data: bytes, what: str) -> Transfer:
    """One of Omnivore's metadata files."""
    return _transfer("Omnivore", what, _omnivore_rows(data, what))


def read_omnivore_zip(archive: zipfile.ZipFile, what: str) -> Transfer:
    """Omnivore's whole export."""
    rows: list[Incoming | None] = []
    left = _LONGEST
    for name in sorted(n for n in archive.namelist() if n.startswith("metadata_")):
        data = member(archive, name, left)
        left -= len(data)
        rows += _omnivore_rows(data, what)
    return _transfer("Omnivore", what, rows)


def _columns(data: bytes) -> set[str]:
    first = decode(data[:2000]).partition("\n")[0].lower()
    return {name.strip().strip('"') for name in first.strip("\r").split(",")}


class _PocketPage(HTMLParser):
    """The links of Pocket's page, with the heading they stand under."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[dict[str, str]] = []
        self._heading, self._inside = "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag
        if tag == "h1":
            self._heading = ""
        elif tag == "a":
            values = {name: value or "" for name, value in attrs}
            status = "archive" if "archive" in self._heading.lower() else "unread"
            self.rows.append({**values, "url": values.get("href", ""), "status": status})

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside == "h1":
            self._heading += data
        elif self._inside == "a":
            self.rows[-1]["title"] = self.rows[-1].get("title", "") + data


def _pocket(row: Mapping[str, str | None]) -> Incoming | None:
    tags = (row.get("tags") or "").replace("|", ",").split(",")
    archived = row.get("status") == "archive"
    return _incoming(
        row.get("url"), row.get("title"), _epoch(row.get("time_added")), labels=tags, read=archived
    )


def _instapaper(row: Mapping[str, str | None]) -> Incoming | None:
    folder = (row.get("folder") or "").strip()
    kept = folder.lower()
    tags = _json_list(row.get("tags"))
    own = [folder] if kept not in ("", "unread", "archive", "starred") else []
    return _incoming(
        row.get("url"),
        row.get("title"),
        _epoch(row.get("timestamp")),
        labels=[*own, *tags],
        read=kept == "archive",
        starred=kept == "starred",
        note=row.get("selection") or "",
    )


def _omnivore_rows(data: bytes, what: str) -> Iterator[Incoming | None]:
    try:
        rows = json.loads(decode(data))
    except (ValueError, RecursionError) as error:
        raise SourceError(f"{what} is no JSON: {error}; nothing was imported") from error
    for row in rows if isinstance(rows, list) else []:
        if isinstance(row, dict):
            yield _omnivore(row)


def _omnivore(row: Mapping[str, Any]) -> Incoming | None:
    labels = row.get("labels")
    return _incoming(
        row.get("url"),
        row.get("title"),
        _iso(row.get("savedAt")),
        labels=labels if isinstance(labels, list) else [],
        read=row.get("state") == "Archived" or row.get("readingProgress") == 100,
        author=row.get("author"),
        summary=row.get("description"),
    )


def _incoming(
    url: object,
    title: object,
    added: datetime | None,
    *,
    labels: Iterable[object] = (),
    read: bool = False,
    starred: bool = False,
    note: str = "",
    author: object = "",
    summary: object = "",
) -> Incoming | None:
    """An entry of the list; None where the row has no address that can be fetched."""
    link = strip_tracking(safe_url(str(url or "")))
    if not link:
        return None
    names = (clean_line(str(label), 60) for label in labels)
    entry = ParsedEntry(
        id=canonical_url(link),
        title=clean_line(str(title or "")) or link,
        link=link,
        published=added,
        author=clean_line(str(author or "")),
        summary=clean_line(str(summary or ""), 1000),
    )
    return Incoming(
        READ_LATER,
        entry,
        read=read,
        starred=starred,
        queued=not read,
        labels=tuple(dict.fromkeys(filter(None, names))),
        note=clean(note).strip(),
    )


def _transfer(kind: str, what: str, rows: Iterable[Incoming | None], *, first: int = 1) -> Transfer:
    """`first` is the number of the first row as a spreadsheet counts: of a CSV the heading is 1."""
    found: dict[str, Incoming] = {}
    bad: list[int] = []
    twice: list[int] = []
    for number, row in enumerate(rows, first):
        if row is None:
            bad.append(number)
        elif row.entry.id in found:
            twice.append(number)
        else:
            found[row.entry.id] = row
    if not found:
        raise SourceError(f"{what} holds no links; nothing was imported")
    problems = [f"{what}: no web address, left out: {_rows(bad)}"] if bad else []
    problems += [f"{what}: a page that is in the file already: {_rows(twice)}"] if twice else []
    later = Subscription(READ_LATER, TITLE)
    return Transfer(kind, (later,), entries=tuple(found.values()), problems=tuple(problems))


def _rows(numbers: list[int]) -> str:
    """ "row 3", "rows 3, 7 and 12 more"."""
    named = ", ".join(map(str, numbers[:_MOST_ROWS]))
    more = f" and {len(numbers) - _MOST_ROWS} more" if len(numbers) > _MOST_ROWS else ""
    return f"row{'' if len(numbers) == 1 else 's'} {named}{more}"


def _json_list(text: str | None) -> list[str]:
    """Instapaper writes tags as a JSON list."""
    try:
        values = json.loads(text or "[]")
    except ValueError:
        return [text or ""]
    return [str(value) for value in values] if isinstance(values, list) else []


def _epoch(text: str | None) -> datetime | None:
    digits = (text or "").strip()
    if not digits.isdecimal() or not 0 < int(digits[:12]) <= _LATEST:
        return None
    return datetime.fromtimestamp(int(digits[:12]), UTC)


def _iso(text: object) -> datetime | None:
    try:
        time = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return time if time.tzinfo else time.replace(tzinfo=UTC)
