"""`broadsheet feeds --saved`: virtual feeds for status bars and scripts."""

import json

import pytest

from tests.cli.run import broadsheet
from tests.library.conftest import Clock, clock, deliver, entries, open_shelf, paths, shelf
from tui.library.store import SqliteLibrary

__all__ = ["Clock", "clock", "open_shelf", "paths", "shelf"]


@pytest.fixture
def news(shelf: SqliteLibrary) -> SqliteLibrary:
    feed = shelf.subscribe("https://a.example/feed")
    ids = deliver(shelf, feed, entries("Cup final", "Cup draw", "Budget"))
    shelf.mark(ids[:1], read=True)
    shelf.save_query("Cup", "title:cup")
    return shelf


def test_saved_searches_have_their_counts(news: SqliteLibrary) -> None:
    (line,) = broadsheet("feeds", "--saved").stdout.splitlines()
    assert line.split() == ["1", "of", "2", "Cup", "title:cup"]
    (value,) = broadsheet("feeds", "--saved", "--json").stdout.splitlines()
    assert json.loads(value) == {"name": "Cup", "query": "title:cup", "unread": 1, "total": 2}


def test_none_is_said(shelf: SqliteLibrary) -> None:
    assert broadsheet("feeds", "--saved").stdout.startswith("No saved searches.")
    assert broadsheet("feeds", "--saved", "--json").stdout == ""
