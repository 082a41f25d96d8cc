"""Lists of read-it-later services, in the forms that they give (or gave) to those who leave."""

import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.domain.errors import SourceError
from tui.domain.feeds import READ_LATER
from tui.library.exchange import later
from tui.library.exchange.read import read
from tui.library.exchange.transfer import Incoming, Subscription, Transfer

POCKET_HTML = """<!DOCTYPE html><html><head><title>Pocket Export</title></head><body>
<h1>Unread</h1><ul>
<li><a href="https://a.example/1?utm_source=pocket" time_added="1600000000" tags="sea,law">One &amp; only</a></li>
<li><a href="javascript:x" time_added="1600000000" tags="">Bad</a></li></ul>
<h1>Read Archive</h1><ul>
<li><a href="https://a.example/2" time_added="" tags=""></a></li></ul></body></html>"""
POCKET_CSV = """title,url,time_added,tags,status
"One, two",https://a.example/1,1600000000,sea|law,unread
Two,https://a.example/2,1600000001,,archive
Again,https://a.example/1/,1600000002,,unread
"""
INSTAPAPER = """URL,Title,Selection,Folder,Timestamp,Tags
https://a.example/1,One,A good line,Unread,1600000000,"[""sea""]"
https://a.example/2,Two,,Archive,1600000000,[]
https://a.example/3,Three,,Starred,1600000000,[]
https://a.example/4,Four,,Recipes,1600000000,
"""
OMNIVORE = [
    {
        "id": "1", "slug": "one", "title": "One", "description": "About one", "author": "Ann",
        "url": "https://a.example/1", "state": "Active", "readingProgress": 20,
        "labels": ["sea"], "savedAt": "2023-01-02T03:04:05.000Z",
    },
    {"slug": "two", "url": "https://a.example/2", "state": "Archived", "savedAt": None},
]  # fmt: skip


def one(transfer: Transfer) -> Incoming:
    assert transfer.subscriptions == (Subscription(READ_LATER, "Read later"),)
    return next(iter(transfer.entries))


def states(transfer: Transfer) -> list[tuple[str, bool, bool, bool, tuple[str, ...]]]:
    return [(e.entry.title, e.queued, e.read, e.starred, e.labels) for e in transfer.entries]


def test_pocket_html() -> None:
    transfer = later.read_pocket_html(POCKET_HTML.encode(), "ril_export.html")
    assert states(transfer) == [
        ("One & only", True, False, False, ("sea", "law")),
        ("https://a.example/2", False, True, False, ()),
    ]
    assert one(transfer).entry.link == "https://a.example/1"
    assert one(transfer).entry.published == datetime(2020, 9, 13, 12, 26, 40, tzinfo=UTC)
    assert transfer.problems == ("ril_export.html: no web address, left out: row 2",)


def test_pocket_csv() -> None:
    transfer = later.read_csv(POCKET_CSV.encode(), "part_000000.csv")
    assert states(transfer) == [
        ("One, two", True, False, False, ("sea", "law")),
        ("Two", False, True, False, ()),
    ]
    assert transfer.kind == "Pocket"
    assert transfer.problems == ("part_000000.csv: a page that is in the file already: row 4",)


def test_instapaper() -> None:
    transfer = later.read_csv(INSTAPAPER.encode("utf-8-sig"), "instapaper-export.csv")
    assert transfer.kind == "Instapaper"
    assert states(transfer) == [
        ("One", True, False, False, ("sea",)),
        ("Two", False, True, False, ()),
        ("Three", True, False, True, ()),
        ("Four", True, False, False, ("Recipes",)),
    ]
    assert one(transfer).note == "A good line"


def test_omnivore() -> None:
    transfer = later.read_omnivore(json.dumps(OMNIVORE).encode(), "metadata_0_to_1.json")
    assert states(transfer) == [
        ("One", True, False, False, ("sea",)),
        ("https://a.example/2", False, True, False, ()),
    ]
    entry = one(transfer).entry
    assert (entry.author, entry.summary) == ("Ann", "About one")
    assert entry.published == datetime(2023, 1, 2, 3, 4, 5, tzinfo=UTC)


def test_each_kind_is_found_by_looking(tmp_path: Path) -> None:
    files = {
        "Pocket": POCKET_HTML,
        "Instapaper": INSTAPAPER,
        "Omnivore": json.dumps(OMNIVORE),
    }
    for kind, text in files.items():
        file = tmp_path / "export"
        file.write_text(text)
        assert read(file).kind == kind
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("metadata_0_to_1.json", json.dumps(OMNIVORE[:1]))
        archive.writestr("metadata_2_to_3.json", json.dumps(OMNIVORE[1:]))
        archive.writestr("content/one.html", "<p>One")
    assert len(states(read(file))) == 2


@pytest.mark.parametrize(
    "data", [b"title,url,time_added,tags,status\n", b"url,title,folder\n,x,\n"]
)
def test_a_list_without_links_is_refused(data: bytes) -> None:
    with pytest.raises(SourceError, match="holds no links"):
        later.read_csv(data, "x.csv")


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for make in (later.read_csv, later.read_pocket_html, later.read_omnivore):
        for text in (data, b"url,title,time_added\n" + data, b"<a href='" + data):
            try:
                for entry in make(text, "file").entries:
                    assert entry.entry.link.startswith("http")
            except SourceError as error:
                assert "\n" not in str(error)
