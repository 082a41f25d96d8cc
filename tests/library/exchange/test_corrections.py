"""Corrections of names from one library into another."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tui.domain.errors import SourceError
from tui.domain.ports import Correction
from tui.library.exchange import corrections
from tui.library.exchange.read import read
from tui.library.exchange.take_in import take_in
from tui.library.exchange.trial import would_take
from tui.library.store import SqliteLibrary, open_library
from tui.paths import Paths
from tui.settings import Settings

MADE = datetime(2031, 3, 4, tzinfo=UTC)
ALL = (
    Correction("hide", "monday", "", MADE, 3),
    Correction("rename", "j smith", "Jane “J” Smith", MADE),
    Correction("merge", "nyc", "new york", MADE, 5),
    Correction("split", "lee", "Lee A", MADE),
    Correction("split", "lee", "Lee B", MADE),
    Correction("kind", "apple", "org", MADE),
)


def opened(folder: Path) -> SqliteLibrary:
    return open_library(
        Paths(*(folder / name for name in ("data", "cache", "config", "state"))), Settings()
    )


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """What another library wrote."""
    library, file = opened(tmp_path / "other"), tmp_path / "names.jsonl"
    for correction in ALL:
        library.correct(correction)
    file.write_bytes(b"".join(corrections.write(library)))
    library.close()
    return file


def about(library: SqliteLibrary) -> list[tuple[str, str, str]]:
    return [(c.action, c.key, c.value) for c in library.corrections.all()]


def test_they_arrive_in_another_library_once(tmp_path: Path, written: Path) -> None:
    library = opened(tmp_path / "mine")
    library.correct(Correction("rename", "j smith", "John Smith"))
    library.correct(Correction("split", "lee", "Lee A"))
    assert would_take(library, read(written)).corrections == 4
    assert len(about(library)) == 2
    assert take_in(library, read(written)).corrections == 4
    arrived = library.corrections.all()
    assert about(library)[2:] == [
        ("hide", "monday", ""),
        ("merge", "nyc", "new york"),
        ("split", "lee", "Lee B"),
        ("kind", "apple", "org"),
    ]
    # The number of an article there is another article here.
    assert {(c.entry, c.made) for c in arrived[2:]} == {(0, MADE)}
    assert take_in(library, read(written)).corrections == 0
    assert library.undo() == "imported corrections"
    library.close()


@pytest.mark.parametrize(
    "line",
    [
        '{"action":"drop","key":"a","value":"b"}',
        '{"action":"rename","key":"a","value":""}',
        '{"action":"rename","key":" ","value":"b"}',
        '{"action":"kind","key":"a","value":"colour"}',
        '{"action":"rename","key":"a","value":"b","made":"soon"}',
        '{"action":"rename","key":7,"value":"b"}',
        '{"action":["rename"],"key":"a","value":"b"}',
        '{"action":"rename"',
        "[]",
    ],
)
def test_a_damaged_line_is_named_and_nothing_is_taken(
    tmp_path: Path, written: Path, line: str
) -> None:
    written.write_text(f"{written.read_text()}{line}\n")
    with pytest.raises(SourceError, match=r"^names.jsonl:7: not a correction; nothing was"):
        read(written)
