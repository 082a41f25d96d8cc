"""The linear mode: plain lines in and out over a real library."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ui.newsroom import QuietSync, open_newsroom
from tests.ui.test_rows import told_twice
from tui.domain.editions import Edition
from tui.domain.errors import DiskFull
from tui.library.store import SqliteLibrary
from tui.settings import Settings
from tui.ui import linear
from tui.ui.render.cells import cell_len
from tui.ui.render.plain import wrapped


def session(
    tmp_path: Path,
    typed: str,
    *,
    offline: bool = True,
    empty: bool = False,
    prepare: Callable[[SqliteLibrary, dict[str, int]], None] = lambda _library, _ids: None,
) -> tuple[str, QuietSync]:
    library, ids = open_newsroom(tmp_path, empty=empty)
    prepare(library, ids)
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
    assert "Unread: 1 to 7 of 7." in said
    assert "2. [unread] Night boat to Sund Island returns" in said
    assert "Year: 2013; Passengers: 31,200; Note: strike in May" in said
    assert "End of quote, Ole Sund." in said
    assert "End of the article." in said
    assert "Unread: 1 to 6 of 6." in said


def test_pages_follow_each_other_whatever_is_read_between(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.ui.spoken._PAGE", 2)
    said, _ = session(tmp_path, "2\n" + "\n" * 40 + "p\nl\n")
    pages = [line for line in said.split("\n") if "Unread: " in line]
    assert [page.split(": ")[1] for page in pages] == [
        "1 to 2 of 7.",
        "3 to 4 of 7.",
        "5 to 6 of 7.",
        "7 to 7 of 7.",
        "5 to 6 of 7.",
        "4 to 5 of 6.",
    ]


def test_a_story_of_two_feeds_is_said_once(tmp_path: Path) -> None:
    said, _ = session(tmp_path, "e\n", prepare=told_twice)
    assert said.split("Everything:")[1].count("Night boat") == 1
    assert "(The Norrvik Gazette and Other Paper, " in said


def test_names_links_and_feeds_are_numbered(tmp_path: Path) -> None:
    said, _ = session(tmp_path, "2\nw\n2\nk\nf\n2\n")
    assert "1. Marta Lindqvist, person, named twice" in said
    assert "About Norrvik: 1 to 2 of 2." in said
    assert "1. https://example.org/subsidy" in said
    assert "Science Ledger: 1 to 3 of 3." in said


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
    assert "Unread: nothing." in said
    assert "No feeds yet" in said
    assert "A number reads that entry" in said


@given(st.text(alphabet="ab日é \n", max_size=200), st.integers(1, 30))
def test_lines_are_cut_between_words_and_nothing_is_lost(text: str, columns: int) -> None:
    lines = wrapped(text, columns).split("\n")
    assert " ".join(lines).split() == text.split()
    assert all(cell_len(line) <= columns or len(line.split()) == 1 for line in lines)


def test_lines_that_fit_stay_as_they_are() -> None:
    code = "Code:\n    if a:  b\n\n"
    assert wrapped(code, 20) == code
    assert wrapped("one two " * 40, 0) == "one two " * 40


def test_a_full_disk_keeps_nobody_from_reading(tmp_path: Path) -> None:
    def full(*_: object, **__: object) -> None:
        raise DiskFull("no space left on the disk; make room, then try again")

    library, _ids = open_newsroom(tmp_path)
    library.mark = library.want = full  # type: ignore[assignment]
    out = io.StringIO()
    linear.run(
        library, QuietSync(), Settings(), edition=Edition("is:unread"), offline=True,
        lines_in=io.StringIO("2\n\n\nq\n"), lines_out=out,
    )  # fmt: skip
    library.close()
    assert "Error: no space left on the disk" in out.getvalue()
    assert "End of the article." in out.getvalue()
