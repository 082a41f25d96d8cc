"""The single-file archive: from one machine to another, and against hostile ones."""

import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.library.exchange.conftest import NOW, PICTURE, PNG, article
from tui.domain import codec
from tui.domain.blocks import Embed, Figure, Paragraph, Span
from tui.domain.editions import Edition
from tui.domain.errors import BroadsheetError, SourceError
from tui.domain.feeds import Page, ParsedEntry, ParsedFeed
from tui.library.exchange import archive, bounded, jsonl, records
from tui.library.exchange.read import read
from tui.library.exchange.take_in import take_in
from tui.library.exchange.take_out import readings
from tui.library.store import SqliteLibrary


@pytest.fixture
def packed(full: SqliteLibrary, tmp_path: Path) -> Path:
    file = tmp_path / "train.broadsheet"
    written = archive.write(file, full, Edition(""), NOW)
    assert written == archive.Written(entries=2, images=1)
    return file


def test_another_machine_has_everything(
    packed: Path, full: SqliteLibrary, library: SqliteLibrary
) -> None:
    taken = take_in(library, read(packed))
    assert (taken.feeds, taken.entries, taken.articles, taken.images) == (1, 2, 1, 1)
    here, there = library.feeds()[0], full.feeds()[0]
    assert (here.url, here.title, here.folder) == (there.url, there.title, there.folder)
    before, after = (list(readings(lib, Edition(""))) for lib in (full, library))
    for old, new in zip(before, after, strict=True):
        assert new.article == old.article
        assert new.recognition == old.recognition
        for name in "key url title author published tags read starred queued note".split():
            assert getattr(new.entry, name) == getattr(old.entry, name), name
        assert set(new.entry.labels) == set(old.entry.labels)
    assert library.image(PICTURE) == PNG
    again = take_in(library, read(packed))
    assert (again.feeds, again.entries, again.entries_known) == (0, 0, 2)


def test_an_edition_takes_its_feeds_only(full: SqliteLibrary, tmp_path: Path) -> None:
    other = full.subscribe("https://other.example/feed")
    parsed = ParsedFeed(other.url, entries=(ParsedEntry("x", "Unstarred"),))
    full.save_feed(other, parsed, Page(other.url, b""))
    file = tmp_path / "x"
    archive.write(file, full, Edition("is:starred"), NOW)
    with zipfile.ZipFile(file) as zipped:
        assert len(zipped.read("feeds.jsonl").splitlines()) == 1
        assert json.loads(zipped.read("manifest.json"))["entries"] == 1


def test_a_place_that_cannot_be_written_is_said(full: SqliteLibrary, tmp_path: Path) -> None:
    with pytest.raises(BroadsheetError, match="can't be written: No such file"):
        archive.write(tmp_path / "no" / "file", full, Edition(""), NOW)


Change = Callable[[dict[str, bytes]], None]


def changed(packed: Path, change: Change) -> Path:
    with zipfile.ZipFile(packed) as old:
        files = {name: old.read(name) for name in old.namelist()}
    change(files)
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in files.items():
            new.writestr(name, data)
    return packed


def entry(files: dict[str, bytes], number: int = 0) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(files["entries.jsonl"].splitlines()[number])
    return value


def _later(files: dict[str, bytes]) -> None:
    files["manifest.json"] = b'{"format": "broadsheet-archive", "version": 99}'


def _foreign(files: dict[str, bytes]) -> None:
    files["manifest.json"] = b'{"format": "something-else", "version": 1}'


def _no_json(files: dict[str, bytes]) -> None:
    files["entries.jsonl"] += b"{nope\n"


def _deep(files: dict[str, bytes]) -> None:
    files["entries.jsonl"] += b"[" * 100_000 + b"\n"


def _no_entry(files: dict[str, bytes]) -> None:
    files["entries.jsonl"] += b"[1]\n"


def _no_key(files: dict[str, bytes]) -> None:
    files["entries.jsonl"] = json.dumps(entry(files) | {"key": ""}).encode()


def _no_images(files: dict[str, bytes]) -> None:
    del files["images.jsonl"]


def _climbs(files: dict[str, bytes]) -> None:
    files["../../evil"] = b"x"


def _absolute(files: dict[str, bytes]) -> None:
    files["/etc/evil"] = b"x"


def _drive(files: dict[str, bytes]) -> None:
    files["C:evil"] = b"x"


def _long_line(files: dict[str, bytes]) -> None:
    files["entries.jsonl"] += b" " * 20_000_001


def _large_picture(files: dict[str, bytes]) -> None:
    files["images/1.png"] = b"\0" * 10_000_001


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (_later, "was made by a later Broadsheet"),
        (_foreign, "no archive of Broadsheet"),
        (_no_json, "entries.jsonl in the archive is damaged"),
        (_deep, "entries.jsonl in the archive is damaged"),
        (_no_entry, "entries.jsonl in the archive is damaged"),
        (_no_key, "entries.jsonl in the archive is damaged"),
        (_no_images, "images.jsonl is missing"),
        (_climbs, "a path that leads elsewhere"),
        (_absolute, "a path that leads elsewhere"),
        (_drive, "a path that leads elsewhere"),
        (_long_line, "larger than we can take"),
        (_large_picture, "is larger than 10000000 bytes"),
    ],
)
def test_a_bad_archive_is_refused_whole(
    packed: Path, library: SqliteLibrary, change: Change, message: str
) -> None:
    with pytest.raises(SourceError, match=message) as caught:
        take_in(library, read(changed(packed, change)))
    assert "\n" not in str(caught.value)
    assert library.feeds() == []
    assert library.count("").total == 0


def test_a_cut_archive_is_refused(packed: Path, library: SqliteLibrary) -> None:
    data = packed.read_bytes()
    packed.write_bytes(data[: len(data) // 2])
    with pytest.raises(SourceError):
        take_in(library, read(packed))


def test_a_flipped_byte_is_found(packed: Path, library: SqliteLibrary) -> None:
    data = bytearray(packed.read_bytes())
    data[200] ^= 0xFF
    packed.write_bytes(data)
    with pytest.raises(SourceError, match="damaged"):
        take_in(library, read(packed))
    assert library.feeds() == []


def test_a_member_is_bounded_whatever_its_header_says(tmp_path: Path) -> None:
    file = tmp_path / "bomb"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("bomb", b"x\n" * 5_000_000)
    assert file.stat().st_size < 20_000
    with bounded.opened(file) as zipped:
        with pytest.raises(SourceError, match="larger than 1000 bytes"):
            bounded.member(zipped, "bomb", 1000)
        with pytest.raises(SourceError, match="larger than we can take"):
            list(bounded.lines(zipped, "bomb", longest=100, limit=10_000))


def test_one_name_twice_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "twice"
    with zipfile.ZipFile(file, "w") as zipped, pytest.warns(UserWarning, match="Duplicate"):
        zipped.writestr("manifest.json", "{}")
        zipped.writestr("manifest.json", "{}")
    with pytest.raises(SourceError, match="one name twice"), bounded.opened(file):
        pass


def test_commands_and_files_do_not_come_from_elsewhere(
    packed: Path, library: SqliteLibrary
) -> None:
    def poison(files: dict[str, bytes]) -> None:
        for address in ("exec:touch /tmp/x", "file:///etc/passwd"):
            feed = {"url": address, "title": "", "siteUrl": "", "folder": ""}
            files["feeds.jsonl"] += json.dumps(feed).encode() + b"\n"
            value = entry(files) | {"feed": address, "key": address}
            files["entries.jsonl"] += json.dumps(value).encode() + b"\n"

    taken = take_in(library, read(changed(packed, poison)))
    assert [f.url for f in library.feeds()] == ["https://example.org/feed.xml"]
    assert taken.problems == [
        "left out, add it yourself if you trust it: exec:touch /tmp/x",
        "left out, add it yourself if you trust it: file:///etc/passwd",
    ]


def test_what_comes_back_is_clean() -> None:
    """An archive may come from anyone: its text and links cross the border again."""
    evil = "x\x1b]52;c;eA\x07\u202e"
    text = article("https://a.example/1")
    blocks = (
        Paragraph((Span(evil, href="javascript:alert(1)"), Span("ok", href="https://b.example/"))),
        Figure("file:///etc/passwd", evil),
        Embed("post", "javascript:x", evil, ((Span(evil, href="data:x"),),)),
    )
    value: dict[str, Any] = {
        "feed": "https://a.example/f", "key": "k", "url": "javascript:x", "title": evil,
        "author": "", "published": None, "updated": None, "summary": "", "content": "",
        "comments": "file:///x", "image": "", "tags": [evil], "enclosures": [["ftp://x", "", 0]],
        "note": evil, "labels": [evil, 3], "read": "yes",
        "article": codec.article_to_value(
            replace(text, blocks=blocks, url="javascript:x", next_page="data:x")
        ),
    }  # fmt: skip
    found = records.from_value(value)
    cleaned = "x]52;c;eA"
    assert found.entry.title == found.note == found.entry.tags[0] == cleaned
    assert (found.labels, found.read) == ((cleaned, "3"), False)
    assert (found.entry.link, found.entry.comments, found.entry.enclosures) == ("", "", ())
    assert found.article is not None
    assert (found.article.url, found.article.next_page) == ("", "")
    assert found.article.blocks == (
        Paragraph((Span(cleaned), Span("ok", href="https://b.example/"))),
        Figure("", cleaned),
        Embed("post", "", cleaned, ((Span(cleaned),),)),
    )


def test_names_outside_the_text_are_dropped(packed: Path, library: SqliteLibrary) -> None:
    def stretch(files: dict[str, bytes]) -> None:
        values = [json.loads(line) for line in files["entries.jsonl"].splitlines()]
        for value in values:
            if value["recognition"]:
                value["recognition"]["entities"][0]["mentions"][0][1] = 10**6
        files["entries.jsonl"] = b"\n".join(json.dumps(value).encode() for value in values)

    take_in(library, read(changed(packed, stretch)))
    assert [r.recognition for r in readings(library, Edition(""))] == [None, None]


def test_json_lines_go_out_and_come_back(
    full: SqliteLibrary, library: SqliteLibrary, tmp_path: Path
) -> None:
    file = tmp_path / "out.jsonl"
    file.write_bytes(b"".join(jsonl.write(full, Edition(""))))
    first = json.loads(file.read_text().splitlines()[0])
    assert "Ingrid Solheim said" in first["text"]
    assert first["feedTitle"] == "The Meridian"
    taken = take_in(library, read(file))
    assert (taken.feeds, taken.entries, taken.articles) == (1, 2, 1)
    assert library.feeds()[0].folder == "World/Europe"


@pytest.mark.parametrize("line", [b"{}\n", b"[]\n", b"x\n", b'{"feed":"https://a.example/"}\n'])
def test_a_bad_line_is_named(
    full: SqliteLibrary, library: SqliteLibrary, tmp_path: Path, line: bytes
) -> None:
    file = tmp_path / "out.jsonl"
    file.write_bytes(b"".join(jsonl.write(full, Edition(""))) + line)
    with pytest.raises(SourceError, match=r"out\.jsonl:3: not an entry; nothing was imported"):
        take_in(library, read(file))
    assert library.feeds() == []
