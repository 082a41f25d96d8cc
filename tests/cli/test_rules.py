"""`broadsheet rules`: tried on the library, saved, applied, removed; and what they then do."""

import json

import pytest

from tests.cli.run import broadsheet
from tests.library.conftest import Clock, clock, deliver, entries, open_shelf, paths, shelf, titles
from tui.library.store import SqliteLibrary

__all__ = ["Clock", "clock", "open_shelf", "paths", "shelf"]
FEED = "https://a.example/feed"


@pytest.fixture
def news(shelf: SqliteLibrary) -> SqliteLibrary:
    deliver(shelf, shelf.subscribe(FEED), entries("Cup final", "Cup draw", "Budget"))
    return shelf


def said(*arguments: str) -> tuple[int, str, str]:
    done = broadsheet("rules", *arguments)
    return done.returncode, done.stdout, done.stderr


def test_a_query_is_tried_before_it_is_saved(news: SqliteLibrary) -> None:
    status, out, err = said("--try", "cup")
    first, *found = out.splitlines()
    assert (status, first, err) == (0, "It finds 2 entries now.", "")
    assert [line.partition("… ")[2] for line in found] == ["Cup final", "Cup draw"]
    lines = said("--try", "cup", "--json")[1].splitlines()
    assert [json.loads(line)["title"] for line in lines] == ["Cup final", "Cup draw"]
    assert "is:unred is not known; did you mean is:unread?" in said("--try", "is:unred")[2]
    assert news.rules() == []


def test_a_rule_is_saved_listed_applied_and_removed(news: SqliteLibrary) -> None:
    assert said()[1].startswith("No rules yet.")
    assert said("--add", "hide", "cup -title:final", "--name", "No cup") == (
        0,
        "Saved rule 1, No cup. It finds 1 entry now. "
        "`broadsheet rules --apply 1` acts on what is here, too.\n",
        "",
    )
    saved = json.loads(said("--add", "tag:money", "budget", "--json")[1])
    assert saved == {
        "id": 2, "name": "budget", "action": "tag:money", "query": "budget", "finds": 1
    }  # fmt: skip
    assert [line.split() for line in said()[1].splitlines()] == [
        ["1", "No", "cup", "hide", "cup", "-title:final"],
        ["2", "budget", "tag:money", "budget"],
    ]
    assert [json.loads(line)["id"] for line in said("--json")[1].splitlines()] == [1, 2]
    assert titles(news, "") == ["Cup final", "Cup draw", "Budget"]
    assert said("--apply", "1")[:2] == (0, "Rule 1, No cup: 1 entry changed.\n")
    assert said("--apply", "2")[:2] == (0, "Rule 2, budget: 1 entry changed.\n")
    assert titles(news, "") == ["Cup final", "Budget"]
    assert titles(news, "tag:money") == ["Budget"]
    assert said("--remove", "1")[:2] == (0, "Removed rule 1, No cup. What it did stays.\n")
    assert [rule.id for rule in news.rules()] == [2]
    assert news.undo() == "removed a rule"


def test_a_saved_rule_acts_on_what_arrives(news: SqliteLibrary) -> None:
    said("--add", "star", "title:storm")
    more = entries("Storm at sea", "Calm", start=10)
    deliver(news, news.feeds()[0], more)
    assert titles(news, "is:starred") == ["Storm at sea"]


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["--add", "delete", "cup"], 2, "delete is nothing that a rule does; known are hide, "),
        (["--add", "star:x", "cup"], 2, "star:x is nothing that a rule does"),
        (["--add", "tag:", "cup"], 2, "a rule that tags needs the tag; write tag:NAME"),
        (["--add", "hide", " "], 2, "a rule needs a query"),
        (["--add", "hide", "cup OR ?!"], 2, "this one would act on every entry"),
        (["--add", "hide", "cup is:unred"], 2, "did you mean is:unread?; no rule was made"),
        (["--apply", "7"], 1, "there is no rule 7; `broadsheet rules` lists them"),
        (["--remove", "7"], 1, "there is no rule 7"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(arguments: list[str], status: int, message: str) -> None:
    got, out, err = said(*arguments)
    assert (got, out) == (status, "")
    assert err.startswith("broadsheet: ") and message in err and err.count("\n") == 1
    assert said()[1].startswith("No rules yet.")


def test_a_rule_that_tells_has_nothing_to_apply() -> None:
    assert said("--add", "notify", "quake")[1] == "Saved rule 1, quake. It finds 0 entries now.\n"
    assert said("--apply", "1")[0] == 1
