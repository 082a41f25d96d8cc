"""`broadsheet mark`: by query, in one step, taken back; never more than was meant."""

import pytest

from tests.cli.run import broadsheet
from tests.library.conftest import Clock, clock, deliver, entries, open_shelf, paths, shelf, titles
from tui.library.store import SqliteLibrary

__all__ = ["Clock", "clock", "open_shelf", "paths", "shelf"]


@pytest.fixture
def news(shelf: SqliteLibrary) -> SqliteLibrary:
    feed = shelf.subscribe("https://a.example/feed")
    deliver(shelf, feed, entries("Cup final", "Cup draw", "Budget"))
    return shelf


def said(*arguments: str) -> tuple[int, str, str]:
    done = broadsheet("mark", *arguments)
    return done.returncode, done.stdout, done.stderr


def test_what_a_query_finds_is_marked_and_taken_back(news: SqliteLibrary) -> None:
    assert said("--read", "--star", "title:cup", "-title:final") == (
        0,
        "1 entry changed. `broadsheet mark --undo` takes it back.\n",
        "",
    )
    assert titles(news, "is:starred") == titles(news, "is:read") == ["Cup draw"]
    assert said("--no-star", "is:starred")[1].startswith("1 entry changed.")
    assert titles(news, "is:starred") == []
    assert said("--undo") == (0, "Took back: took the star from 1.\n", "")
    assert said("--undo")[1] == "Took back: marked 1 read, starred 1.\n"
    assert titles(news, "is:unread") == ["Cup final", "Cup draw", "Budget"]
    assert said("--undo")[1].startswith("Took back: subscribed")
    assert said("--undo") == (1, "There is nothing to take back.\n", "")


def test_hidden_and_tagged(news: SqliteLibrary) -> None:
    assert said("--hide", "budget")[0] == 0
    assert titles(news, "") == ["Cup final", "Cup draw"]
    assert said("--no-hide", "is:hidden")[0] == 0
    assert said("--tag", "sport", "title:cup")[1].startswith("2 entries changed.")
    assert titles(news, "tag:sport") == ["Cup final", "Cup draw"]
    assert said("--tag", "sport", "title:cup")[1] == "No change.\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["cup"], "mark as what? --read, --star, --queue, --hide or --tag NAME"),
        (["--read"], "mark needs a query; this one would act on every entry"),
        (["--read", "!!!"], "this one would act on every entry"),
        (["--read", "cup", "OR", "-"], "this one would act on every entry"),
        (["--read", "cup", "is:unred"], "did you mean is:unread?; nothing was marked"),
        (["--read", "--tag", "x", "cup"], "one tag or some flags at once"),
        (["--undo", "cup"], "--undo takes the last change back, and nothing beside it"),
    ],
)
def test_what_would_act_on_more_than_was_meant(
    news: SqliteLibrary, arguments: list[str], message: str
) -> None:
    status, out, err = said(*arguments)
    assert (status, out) == (2, "")
    assert message in err and err.count("\n") == 1
    assert titles(news, "is:unread") == ["Cup final", "Cup draw", "Budget"]
