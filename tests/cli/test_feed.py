"""`broadsheet feed`: what a feed lists, as JSON and as text."""

import gzip
import json
from pathlib import Path
from typing import Any

from tests.cli.run import broadsheet
from tests.fetching.feeds.documents import rss
from tests.loopback import Reply, serve

ITEM = (
    "<item><title>One &amp;amp; two</title><link>/1</link><guid isPermaLink='false'>g</guid>"
    "<pubDate>Thu, 1 Feb 2024 10:20:30 +0100</pubDate><author>ada@paper.example (Ada)</author>"
    "<description>&lt;p&gt;Words&lt;/p&gt;</description></item>"
)


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_one_object_a_source_in_order(tmp_path: Path) -> None:
    file = tmp_path / "feed.xml"
    file.write_bytes(rss(ITEM))
    (tmp_path / "page.html").write_text("<!doctype html><html><body>No</body></html>")
    names = [str(tmp_path / name) for name in ("feed.xml", "none.xml", "page.html")]
    done = broadsheet("feed", "--json", *names)
    assert done.returncode == 1
    good, missing, page = lines(done.stdout)
    assert list(good) == ["source", "title", "entries", "error"]
    assert good == {
        "source": names[0],
        "title": "Paper",
        "entries": [
            {
                "id": "g",
                "title": "One & two",
                "link": "/1",
                "published": "2024-02-01T09:20:30Z",
                "author": "Ada",
                "summary": "Words",
            }
        ],
        "error": None,
    }
    assert (missing["entries"], missing["error"]) == (
        [],
        f"{names[1]} can't be read: No such file or directory",
    )
    assert page["error"] == "this is a web page, not a feed"


def test_what_a_feed_does_not_say_is_null() -> None:
    done = broadsheet("feed", "--json", "-", stdin=rss("<item></item>", "").decode())
    (feed,) = lines(done.stdout)
    (entry,) = feed["entries"]
    assert feed["title"] is None
    assert [entry[name] for name in ("title", "link", "published", "author", "summary")] == [
        None
    ] * 5


def test_an_address_makes_links_absolute(tmp_path: Path) -> None:
    file = tmp_path / "feed.xml.gz"
    file.write_bytes(gzip.compress(rss(ITEM)))
    done = broadsheet("feed", "--json", "--url", "https://paper.example/feed", str(file))
    assert lines(done.stdout)[0]["entries"][0]["link"] == "https://paper.example/1"


def test_without_an_address_links_stay_as_they_are_written() -> None:
    links = ("story", "/story", "?p=1", "https://paper.example/1")
    items = "".join(f"<item><link>{link}</link></item>" for link in links)
    (feed,) = lines(broadsheet("feed", "--json", "-", stdin=rss(items).decode()).stdout)
    assert [entry["link"] for entry in feed["entries"]] == list(links)


def test_from_a_server_as_text() -> None:
    with serve(lambda seen: Reply(rss(ITEM))) as server:
        done = broadsheet("feed", f"{server.base}/feed", "exec:echo no feed")
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "Paper: 1 entry",
        "  2024-02-01 09:20  One & two",
        f"{'':20}{server.base}/1",
    ]
    assert "no feed" in done.stderr
