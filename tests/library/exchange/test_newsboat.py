"""newsboat's files: as its own documentation writes them, and as it has written them itself."""

import re
import shutil
import sqlite3
import subprocess
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.domain.errors import SourceError
from tui.domain.query import parse
from tui.library.exchange.newsboat import cache, urls
from tui.library.exchange.newsboat.filters import Untranslatable, translate
from tui.library.exchange.transfer import Subscription

URLS = rb"""
# my feeds
https://a.example/feed.xml news "long reads" "~My title" !
http://b.example/rss    # a comment
"https://c.example/with space?a=1" "~\"Quoted\""
"exec:~/bin/make --all" tech
"filter:~/bin/tidy.sh:https://d.example/f?a=1&b=2" news/world
file:///home/me/feed.xml
"query:Unread:unread = \"yes\""
"query:Odd:title =~ \"^a.*b$\""
https://a.example/feed.xml
---
"""


def test_urls() -> None:
    transfer = urls.read(URLS)
    assert transfer.subscriptions == (
        Subscription("https://a.example/feed.xml", "My title", "", "news"),
        Subscription("http://b.example/rss"),
        Subscription("https://c.example/with%20space?a=1", '"Quoted"'),
        Subscription("exec:~/bin/make --all", "", "", "tech"),
        Subscription(
            "exec:curl -fsSL -- 'https://d.example/f?a=1&b=2' | ~/bin/tidy.sh", "", "", "news-world"
        ),
        Subscription("file:///home/me/feed.xml"),
    )
    assert transfer.queries == (("Unread", "is:unread"),)
    assert transfer.problems == (
        "query feed “Odd” left out: there is no equal for “title =~ ^a.*b$”",
        "twice in the file: https://a.example/feed.xml",
        "no address of a feed, left out: ---",
        "will be run at each sync: exec:~/bin/make --all",
        "will be run at each sync: "
        "exec:curl -fsSL -- 'https://d.example/f?a=1&b=2' | ~/bin/tidy.sh",
        "feeds with more than one tag: 1; the first is their folder",
    )


def test_urls_are_known_from_other_texts() -> None:
    assert urls.looks_like(URLS)
    assert not urls.looks_like(b"Dear reader,\nhttps://a.example/ is a site.\nYours\n")
    assert not urls.looks_like(b"")


def test_urls_without_feeds_are_refused() -> None:
    with pytest.raises(SourceError, match="holds no feeds"):
        urls.read(b"# nothing\n")


@pytest.mark.parametrize(
    ("expression", "query"),
    [
        ('unread = "yes"', "is:unread"),
        ('unread != "yes"', "-is:unread"),
        ('unread == "no"', "is:read"),
        ('tags # "news" and unread = "yes"', "folder:news is:unread"),
        ('tags !# "long reads"', '-folder:"long reads"'),
        ('title =~ "polar ice" or content =~ "arctic"', 'title:"polar ice" OR arctic'),
        ('(title =~ "a" or title =~ "b") and age < 7', "title:a after:7d OR title:b after:7d"),
        ("age > 30", "before:30d"),
        ('flags =~ "s" and author = "Ann Lee"', 'tag:s by:"Ann Lee"'),
        ('feedtitle =~ "Times"', "feed:Times"),
    ],
)
def test_query_feeds_become_virtual_feeds(expression: str, query: str) -> None:
    assert translate(expression) == query
    assert parse(query).problems == ()


@pytest.mark.parametrize(
    ("expression", "why"),
    [
        ('enclosure_type =~ "audio"', "no equal for “enclosure_type”"),
        ('title =~ "^The"', "no equal for “title =~ ^The”"),
        ("age between 0:10", "no equal for “age between 0:10”"),
        ('unread = "yes" and', "ends too early"),
        ('(unread = "yes"', "not closed"),
        ('unread = "yes" unread = "no"', "was not expected"),
        ("%%%", "can't be read"),
        ("", "ends too early"),
        (" and ".join(['(title =~ "a" or title =~ "b")'] * 7), "too many alternatives"),
        ("(" * 5000, "nested too deep"),
    ],
)
def test_what_has_no_equal_is_refused_with_the_reason(expression: str, why: str) -> None:
    with pytest.raises(Untranslatable, match=re.escape(why)):
        translate(expression)


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        urls.read(text.encode("utf-8", "replace"))
    except SourceError as error:
        assert "\n" not in str(error)


def make_cache(folder: Path) -> Path:
    """A cache.db of the version of newsboat that most distributions have."""
    file = folder / "cache.db"
    with closing(sqlite3.connect(file)) as db:
        db.executescript("""
            CREATE TABLE rss_feed (rssurl PRIMARY KEY, url, title, lastmodified, is_rtl, etag);
            CREATE TABLE rss_item (id INTEGER PRIMARY KEY, guid, title, author, url, feedurl,
              pubDate, content, unread, enclosure_url, enclosure_type, enqueued, flags, deleted);
            INSERT INTO rss_feed VALUES
              ('https://a.example/f', 'https://a.example/', 'A', 0, 0, ''),
              ('query:All:x', '', 'All', 0, 0, '');
            INSERT INTO rss_item VALUES
              (1, 'g1', 'Read', 'Ann', 'https://a.example/1?utm_source=x', 'https://a.example/f',
               1630886460, '<p>One</p>', 0, 'https://a.example/1.mp3', 'audio/mpeg', 0, '', 0),
              (2, 'g2', 'Flagged' || char(27), '', 'https://a.example/2', 'https://a.example/f',
               99999999999999, '', 1, NULL, NULL, 0, 'sx', 0),
              (3, 'g3', 'Deleted', '', '', 'https://a.example/f', 0, '', 1, '', '', 0, NULL, 1);
        """)
        db.commit()
    return file


def test_cache(tmp_path: Path) -> None:
    file = make_cache(tmp_path)
    before = sorted(tmp_path.iterdir()), file.read_bytes()
    transfer = cache.read(file)
    assert transfer.subscriptions == (
        Subscription("https://a.example/f", site_url="https://a.example/", own_title="A"),
    )
    read, flagged, deleted = transfer.entries
    assert (read.read, read.starred, read.entry.id, read.entry.link) == (
        True, False, "g1", "https://a.example/1",
    )  # fmt: skip
    assert read.entry.published == datetime(2021, 9, 6, 0, 1, tzinfo=UTC)
    assert [e.url for e in read.entry.enclosures] == ["https://a.example/1.mp3"]
    assert (flagged.read, flagged.starred, flagged.labels) == (False, True, ("s", "x"))
    assert (flagged.entry.title, flagged.entry.published) == ("Flagged", None)
    assert (deleted.hidden, deleted.entry.id) == (True, "g3")
    assert len(list(transfer.entries)) == 3, "entries can be walked again"
    assert before == (sorted(tmp_path.iterdir()), file.read_bytes()), "the file is as it was"


def test_an_old_cache_without_flags(tmp_path: Path) -> None:
    file = make_cache(tmp_path)
    with closing(sqlite3.connect(file)) as db:
        db.execute("ALTER TABLE rss_item DROP COLUMN flags")
        db.execute("ALTER TABLE rss_item DROP COLUMN deleted")
    entries = list(cache.read(file).entries)
    assert [(e.starred, e.hidden) for e in entries] == [(False, False)] * 3


@pytest.mark.parametrize("damage", [b"SQLite format 3\0", b"SQLite format 3\0" + b"x" * 5000])
def test_a_damaged_cache_is_refused(tmp_path: Path, damage: bytes) -> None:
    file = tmp_path / "cache.db"
    file.write_bytes(damage)
    with pytest.raises(SourceError, match="can't be read as newsboat's cache"):
        list(cache.read(file).entries)


@pytest.mark.skipif(shutil.which("newsboat") is None, reason="newsboat is not installed")
def test_what_newsboat_itself_has_written(tmp_path: Path) -> None:
    feed = tmp_path / "feed.xml"
    feed.write_text(
        "<rss version='2.0'><channel><title>T</title><link>https://a.example/</link>"
        "<item><title>t</title><link>https://a.example/1</link><guid>g1</guid></item>"
        "</channel></rss>"
    )
    (tmp_path / "urls").write_text(f'{feed.as_uri()} news "~Mine"\n')
    (tmp_path / "config").write_text("")
    subprocess.run(
        ["newsboat", "-u", "urls", "-c", "cache.db", "-C", "config", "-x", "reload"],
        cwd=tmp_path, check=True, stdin=subprocess.DEVNULL, env={"HOME": str(tmp_path), "TERM": "dumb", "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    transfer = cache.read(tmp_path / "cache.db")
    assert transfer.subscriptions == (
        Subscription(feed.as_uri(), site_url="https://a.example/", own_title="T"),
    )
    assert [(e.entry.id, e.read) for e in transfer.entries] == [("g1", False)]
    listed = urls.read((tmp_path / "urls").read_bytes()).subscriptions
    assert listed == (Subscription(feed.as_uri(), "Mine", "", "news"),)
