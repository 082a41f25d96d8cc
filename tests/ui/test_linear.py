"""The linear mode: plain lines in and out over a real library."""

import io
from pathlib import Path

from tests.ui.newsroom import QuietSync, open_newsroom
from tui.domain.editions import Edition
from tui.settings import Settings
from tui.ui import linear


def session(
    tmp_path: Path, typed: str, *, offline: bool = True, empty: bool = False
) -> tuple[str, QuietSync]:
    library, _ids = open_newsroom(tmp_path, empty=empty)
    sync, out = QuietSync(), io.StringIO()
    status = linear.run(
        library, sync, Settings(), edition=Edition("is:unread"), offline=offline,
        lines_in=io.StringIO(typed), lines_out=out,
    )  # fmt: skip
    library.close()
    assert status == 0
    assert sync.asked[-1] == ("close",)
    assert "\x1b" not in out.getvalue()
    return out.getvalue(), sync


def test_reading_by_numbers(tmp_path: Path) -> None:
    said, _ = session(tmp_path, "2\n\n\nl\nq\n")
    assert "is:unread: 1 to 7 of 7." in said
    assert "2. [unread] Night boat to Sund Island returns" in said
    assert "Year: 2013; Passengers: 31,200; Note: strike in May" in said
    assert "End of quote, Ole Sund." in said
    assert "End of the article." in said
    assert "is:unread: 1 to 6 of 6." in said


def test_names_links_and_feeds_are_numbered(tmp_path: Path) -> None:
    said, _ = session(tmp_path, "2\nw\n2\nk\nf\n2\n")
    assert "1. Marta Lindqvist, person, named twice" in said
    assert 'about:"Norrvik": 1 to 2 of 2.' in said
    assert "1. https://example.org/subsidy" in said
    assert 'feed:"Science Ledger": 1 to 3 of 3.' in said


def test_states_undo_and_search(tmp_path: Path) -> None:
    said, _ = session(tmp_path, "2\ns\nu\nm\n/herring\n1\nn\nzz\n99\n")
    assert "Starred." in said
    assert "Not read." in said
    assert "A very long report on the fishing quota talks" in said.split("herring:")[1]
    assert "zz is no command" in said
    assert "There is no 99 here." in said


def test_online_it_fetches_what_is_not_here(tmp_path: Path) -> None:
    said, sync = session(tmp_path, "1\nr\na https://example.org\n", offline=False)
    assert "The article is not here" in said
    assert [asked[0] for asked in sync.asked] == ["sync", "fetch", "sync", "add", "close"]


def test_an_empty_library_says_what_to_do(tmp_path: Path) -> None:
    said, _ = session(tmp_path, "f\nw\nk\n\n?\n", empty=True)
    assert "Nothing in is:unread" in said
    assert "No feeds yet" in said
    assert "A number reads that entry" in said
