"""`broadsheet read id:NUMBER`: an entry of the library, without the network."""

import json
from pathlib import Path

import pytest

from tests.cli.run import broadsheet
from tests.library.conftest import (
    Clock,
    article,
    clock,
    deliver,
    entries,
    open_shelf,
    paths,
    shelf,
)
from tui.library.store import SqliteLibrary

__all__ = ["Clock", "clock", "open_shelf", "paths", "shelf"]


@pytest.fixture
def ids(shelf: SqliteLibrary) -> tuple[int, ...]:
    feed = shelf.subscribe("https://a.example/feed")
    ids = deliver(shelf, feed, entries("Budget passes", "Not fetched"))
    shelf.save_article(ids[0], article("The long budget vote is over."), None)
    return ids


def test_it_is_printed_as_it_is_kept(ids: tuple[int, ...]) -> None:
    done = broadsheet("--offline", "read", f"id:{ids[0]}")
    assert (done.returncode, done.stderr) == (0, "")
    assert "The long budget vote is over." in done.stdout
    value = json.loads(broadsheet("read", "--json", "--entities", f"id:{ids[0]}").stdout)
    assert value["text"] == "The long budget vote is over."
    assert (value["entities"], value["error"]) == ([], None)
    assert "The long budget" in broadsheet("read", "--markdown", f"id:{ids[0]}").stdout


def test_comments_instead_of_the_article(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    talk = "".join(
        f"<li class=comment><b class=author>{name}</b><p>{name} was there, and liked it well.</p></li>"
        for name in ("Ann", "Bob", "Eve")
    )
    file.write_text(f"<article><p>{'A story of some length. ' * 20}</p></article><ul>{talk}</ul>")
    done = broadsheet("read", "--comments", str(file))
    assert done.returncode == 0
    assert "Bob\n\nBob was there, and liked it well." in done.stdout
    assert "A story" not in done.stdout
    assert "A story" in broadsheet("read", str(file)).stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["id:999"], "there is no entry 999; `broadsheet list --json` tells numbers"),
        (["id:"], "there is no entry "),
        (["id:" + "9" * 400], "there is no entry 999"),
        (["--explain", "id:1"], "--explain needs the page itself"),
    ],
)
def test_what_is_not_there_is_said(ids: tuple[int, ...], words: list[str], said: str) -> None:
    done = broadsheet("read", *words)
    assert (done.returncode, done.stdout) == (1, "")
    assert said in done.stderr and done.stderr.count("\n") == 1


def test_what_was_not_fetched_says_why(ids: tuple[int, ...]) -> None:
    assert "its article is not here: not fetched" in broadsheet("read", f"id:{ids[1]}").stderr
