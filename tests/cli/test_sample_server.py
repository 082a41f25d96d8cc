"""The sample edition: every feed and page is whole, dated to now, and linked to what is there."""

import re
import tomllib
import urllib.error
import urllib.request
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import pytest

from tui import resources
from tui.cli import sample_server

NOW = datetime(2031, 3, 4, 12, 0, tzinfo=UTC)


COMMENTS = "lighthouse-deal-quay"  # what readers say of a story; no story itself


@pytest.fixture
def base() -> Iterator[str]:
    with sample_server.serve(lambda: NOW) as address:
        yield address


def get(url: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    request = urllib.request.Request(url, headers=headers)
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, dict(error.headers), error.read()


class Links(HTMLParser):
    """Pictures of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.pictures: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self.pictures.append(dict(attrs)["src"] or "")


def page_names() -> list[str]:
    folder = resources.config() / "sample" / "pages"
    return sorted(f.name.removesuffix(".html") for f in folder.iterdir())


def test_every_page_is_in_a_feed_and_one_is_in_two(base: str) -> None:
    linked: list[str] = []
    for feed in sample_server.feeds():
        status, _, body = get(base + feed.path)
        assert status == 200
        found = re.findall(
            r'(?:<link>|<comments>|"url": ")[^<"]*/([a-z-]+)(?=[?#<"])', body.decode()
        )
        linked += [*found, *re.findall(r'<link href="([a-z-]+)"/>', body.decode())]
    stories = sorted(name for name in linked if name in page_names())
    assert stories == sorted([*page_names(), "ferry-hour"])


def test_feeds_are_well_formed(base: str) -> None:
    for feed in sample_server.feeds():
        _, headers, body = get(base + feed.path)
        if "json" not in headers["Content-Type"]:
            ET.fromstring(body)


@pytest.mark.parametrize("name", page_names())
def test_page_has_no_hole_and_its_pictures_are_there(base: str, name: str) -> None:
    status, headers, body = get(f"{base}/desk/{name}")
    page = body.decode()
    assert status == 200
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert "{{" not in page.replace("{{section", "")
    for picture in Links(page).pictures:
        status, headers, data = get(base + picture)
        assert (status, headers["Content-Type"]) == (200, "image/png")
        assert data.startswith(b"\x89PNG")


def test_dates_are_relative_to_now(base: str) -> None:
    _, _, body = get(f"{base}/feeds/world.xml")
    dates = re.findall(rb"<pubDate>(.*?)</pubDate>", body)
    assert dates[0] == b"Tue, 04 Mar 2031 10:25:00 +0000"
    _, _, body = get(f"{base}/politics/nato-clock")
    assert (NOW - timedelta(hours=3)).isoformat().encode() in body
    assert b"officials said on Tuesday" in body


def test_a_second_request_gets_304(base: str) -> None:
    for path in ("/feeds/world.xml", "/world/ferry-hour", "/images/ferry.png"):
        _, headers, _ = get(base + path)
        status, again, body = get(base + path, **{"If-None-Match": headers["ETag"]})
        assert (status, body) == (304, b"")
        assert again["ETag"] == headers["ETag"]


@pytest.mark.parametrize(
    "path",
    ["/", "/world", "/feeds/none.xml", "/images/..", "/feeds/../edition.toml", "/x/%2e%2e/a"],
)
def test_what_is_not_there_is_404(base: str, path: str) -> None:
    assert get(base + path)[0] == 404


def test_titles_of_feed_and_page_agree(base: str) -> None:
    """One story, one headline: the reader drops a headline that the page repeats."""
    listed = ""
    for feed in sample_server.feeds():
        listed += get(base + feed.path)[2].decode()
    plain = listed.replace("&#8217;", "'").replace("&#8220;", "“").replace("&#8221;", "”")
    plain = plain.replace("&lt;em&gt;", "").replace("&lt;/em&gt;", "")
    for name in set(page_names()) - {COMMENTS}:
        head = resources.read_text(f"sample/pages/{name}.html").splitlines()[0]
        assert head.removeprefix("title: ") in plain


def test_feeds_are_in_folders() -> None:
    table = tomllib.loads(resources.read_text("sample/edition.toml"))
    assert {f["folder"] for f in table["feeds"]} == {
        "World",
        "Politics",
        "Business",
        "Science",
        "Culture",
    }
    assert len(sample_server.feeds()) == len(table["feeds"]) == 6


def test_a_taken_port_is_said(base: str) -> None:
    port = int(base.rsplit(":", 1)[1])
    with pytest.raises(OSError), sample_server.serve(lambda: NOW, port):
        pass
