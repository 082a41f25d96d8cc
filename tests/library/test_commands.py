"""`broadsheet list` and `broadsheet search`: their lines, their JSON, their exit statuses."""

import json
from pathlib import Path

import pytest

from tests.library.conftest import NOW, article, deliver, entries
from tui import paths as places
from tui.cli.main import main
from tui.library.store import open_library
from tui.settings import Settings


@pytest.fixture
def filled(home: Path) -> tuple[int, ...]:
    shelf = open_library(places.find(), Settings(), clock=lambda: NOW)
    feed = shelf.subscribe("https://a.example/feed", "The Daily A")
    ids = deliver(shelf, feed, entries("Budget passes", "Sport", "東京"))
    shelf.save_article(ids[0], article("The long budget vote is over."), None)
    shelf.mark(ids[1:2], read=True)
    shelf.mark(ids[2:], starred=True)
    shelf.close()
    return ids


def test_json_is_one_object_a_line(
    filled: tuple[int, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["list", "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert lines[0] == {
        "id": filled[0],
        "feed": "The Daily A",
        "title": "Budget passes",
        "url": "https://a.example/0",
        "published": "2026-11-25T07:00:00Z",
        "author": "",
        "read": False,
        "starred": False,
        "queued": False,
        "cached": True,
        "status": "full",
    }
    assert [line["title"] for line in lines] == ["Budget passes", "東京"]


def test_columns_for_people(filled: tuple[int, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", "--query", "", "--order", "oldest", "--limit", "2"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line[:2] for line in lines] == ["* ", "  "]
    assert [line[12:] for line in lines] == [f"{'The Daily A':18} {t}" for t in ("東京", "Sport")]


def test_a_line_of_ones_own(filled: tuple[int, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", "--format", r"{id}\t{title} {starred} {} %"]) == 0
    first, last = capsys.readouterr().out.splitlines()
    assert first == f"{filled[0]}\tBudget passes false {{}} %"
    assert last.endswith("東京 true {} %")
    assert main(["list", "--format", "{title}", "--query", "nowhere"]) == 0
    assert capsys.readouterr().out == ""
    assert main(["list", "--format", "{titel}"]) == 2
    assert "no field titel; known are id, feed, title" in capsys.readouterr().err


def test_how_many(filled: tuple[int, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", "--count"]) == 0
    assert main(["list", "--count", "--query", "", "--limit", "1"]) == 0
    assert capsys.readouterr().out == "2\n3\n"


def test_search_shows_where(filled: tuple[int, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "vote", "is:unread"]) == 0
    title, place = capsys.readouterr().out.splitlines()
    assert title.endswith("Budget passes")
    assert place.strip() == "The long budget vote is over."
    assert main(["search", "--json", "vote"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line)["snippet"] == "The long budget \x02vote\x03 is over."


def test_nothing_found_is_status_one(
    filled: tuple[int, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["search", "nowhere"]) == 1
    assert capsys.readouterr().out == ""


def test_what_is_wrong_with_a_query_is_said(
    filled: tuple[int, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["list", "--query", "is:nonsense budget"]) == 0
    out, err = capsys.readouterr()
    assert "Budget passes" in out
    assert "is:nonsense is not known" in err
