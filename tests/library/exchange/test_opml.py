"""OPML as the wild writes it, and as we write it."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.library.exchange.conftest import NOW
from tui import resources
from tui.domain.errors import SourceError
from tui.domain.feeds import Feed
from tui.domain.text import clean_line
from tui.library.exchange import opml
from tui.library.exchange.transfer import Subscription


def document(body: str, head: str = '<?xml version="1.0" encoding="UTF-8"?>') -> bytes:
    return f'{head}<opml version="1.0"><body>{body}</body></opml>'.encode()


def outline(url: str, name: str = "A") -> str:
    return f'<outline type="rss" text="{name}" xmlUrl="{url}"/>'


@pytest.mark.shared
def test_the_files_of_the_bench(shared: Path) -> None:
    folder = shared / "bench" / "feeds" / "opml"
    for expected in json.loads((folder / "expect.json").read_text()):
        found = opml.read((folder / expected["file"]).read_bytes()).subscriptions
        folders = {"/".join(path[: i + 1]) for s in found if (path := s.folder.split("/")) != [""]
                   for i in range(len(path))}  # fmt: skip
        assert len(found) == expected["feeds"], expected["file"]
        assert len({s.url for s in found}) == expected["unique"]
        assert len(folders) == expected["folders"]
        for one, place in ((found[0], "first"), (found[-1], "last")):
            assert {"url": one.url, "title": one.title, "folder": one.folder} == expected[place]


def test_nested_folders_and_odd_attributes() -> None:
    body = """
      <outline text="News"><outline title="World">
        <outline TEXT="One" XMLURL="https://a.example/1" HTMLURL="https://a.example/"/>
        <outline title="Two" type="rss" url="feed://a.example/2"/>
      </outline></outline>
      <outline text="Three" xmlUrl="https://a.example/3" category="/Long/Reads,/Other"/>
      <outline text="no feed"/>"""
    assert opml.read(document(body)).subscriptions == (
        Subscription("https://a.example/1", "One", "https://a.example/", "News/World"),
        Subscription("http://a.example/2", "Two", "", "News/World"),
        Subscription("https://a.example/3", "Three", "", "Long/Reads"),
    )


def test_duplicates_and_what_is_no_web_address_are_reported() -> None:
    body = (
        outline("https://a.example/")
        + outline("https://a.example/", "B")
        + outline("exec:rm -r x")
        + outline("file:///etc/passwd")
        + outline("javascript:alert(1)")
    )
    transfer = opml.read(document(body))
    assert [s.title for s in transfer.subscriptions] == ["A"]
    assert transfer.problems == (
        "twice in the file: https://a.example/",
        "not a web address, left out: exec:rm -r x",
        "not a web address, left out: file:///etc/passwd",
        "not a web address, left out: javascript:alert(1)",
    )


@pytest.mark.parametrize(
    "data",
    [
        document(outline("https://a.example/", "Café")),
        document(outline("https://a.example/", "Caf&eacute;")),
        document(outline("https://a.example/", "Café"), "").decode().encode("utf-16"),
        b"\xef\xbb\xbf" + document(outline("https://a.example/", "Café")),
        document(outline("https://a.example/", "Café")).decode().encode("cp1252"),
        document(outline("https://a.example/", "Café"), '<?xml version="1.0" encoding="latin1"?>')
        .decode()
        .encode("latin1"),
        document(outline("https://a.example/", "Café"), '<?xml version="1.0" encoding="klingon"?>'),
        document(outline("https://a.example/", "Caf\x08é")),
    ],
)
def test_broken_encodings_are_mended(data: bytes) -> None:
    assert [s.title for s in opml.read(data).subscriptions] == ["Café"]


def test_wrong_nesting_is_mended_where_nothing_is_lost() -> None:
    data = b"<opml><body><outline xmlUrl='https://a.example/'></body></opml>"
    assert [s.url for s in opml.read(data).subscriptions] == ["https://a.example/"]


def test_bare_ampersands_are_mended() -> None:
    transfer = opml.read(
        document(outline("https://a.example/?a=1&b=2&copy=3", "R&D &bogus; &amp;"))
    )
    assert transfer.subscriptions == (
        Subscription("https://a.example/?a=1&b=2&copy=3", "R&D &bogus; &"),
    )


def test_terminal_commands_in_a_title_are_taken_out() -> None:
    transfer = opml.read(document(outline("https://a.example/", "A&#27;]52;c;eA==&#7;B")))
    assert [s.title for s in transfer.subscriptions] == ["A]52;c;eA==B"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (document(outline("https://a.example/"))[:-9], "ends too early"),
        (b"<html><body>Not found</body></html>", "is no OPML file"),
        (document('<outline text="an empty folder"/>'), "holds no feeds"),
        (b'<!DOCTYPE opml [<!ENTITY a "b">]><opml/>', "not safe"),
        (b'<!DOCTYPE opml SYSTEM "file:///etc/passwd" [ ]><opml/>', "not safe"),
        (b"<opml>" + b"<outline>" * 5000 + b"</outline>" * 5000 + b"</opml>", "damaged|is no OPML"),
        (b" " * 20_000_001, "more than 20 MB"),
    ],
)
def test_what_cannot_be_read_whole_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        opml.read(data, "feeds.opml")


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for text in (data, b"<opml>" + data + b"</opml>", b"<opml><outline " + data + b"/></opml>"):
        try:
            opml.read(text)
        except SourceError as error:
            assert "\n" not in str(error)


names = st.text(min_size=1, max_size=20).map(clean_line).filter(bool)


@given(
    st.lists(
        st.tuples(names, st.lists(names.map(lambda n: n.replace("/", "-")), max_size=3)),
        max_size=8,
    )
)
def test_what_we_write_is_read_back(rows: list[tuple[str, list[str]]]) -> None:
    feeds = [
        Feed(n, f"https://example.org/{n}", title, "https://example.org/", "/".join(folder))
        for n, (title, folder) in enumerate(rows)
    ]
    written = opml.write(feeds, NOW)
    found = opml.read(written).subscriptions if feeds else ()
    wanted = [(f.url, f.title, f.site_url, f.folder) for f in feeds]
    assert sorted((s.url, s.title, s.site_url, s.folder) for s in found) == sorted(wanted)


def test_the_feeds_of_the_first_start_are_whole() -> None:
    transfer = opml.read((resources.config() / "feeds.opml").read_bytes())
    assert transfer.problems == ()
    assert {s.folder for s in transfer.subscriptions} == {
        "World", "Politics", "Business", "Science", "Technology", "Culture",
    }  # fmt: skip
    assert all(s.title and s.site_url.startswith("https") for s in transfer.subscriptions)
