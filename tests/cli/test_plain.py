"""An article as lines: what a reader of a pipe or a bare terminal sees."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.cli.plain import article_lines
from tui.domain.blocks import (
    Article,
    Block,
    Cell,
    Embed,
    Figure,
    Heading,
    Paragraph,
    Span,
    Table,
)


def lines(*blocks: Block, width: int = 40, title: str = "", site: str = "") -> list[str]:
    return article_lines(Article("", title=title, site_name=site, blocks=blocks), None, width)


def table(*rows: tuple[str, ...], spread: int = 1) -> Table:
    return Table(tuple(tuple(Cell((Span(text),), columns=spread) for text in row) for row in rows))


@pytest.mark.parametrize(
    ("title", "site", "shown"),
    [
        ("Bridge repaired | Daily News", "Daily News", "Bridge repaired"),
        ("Bridge repaired - daily news", "Daily News", "Bridge repaired"),
        ("All about the Daily News", "Daily News", "All about the Daily News"),
        ("Daily News", "Daily News", "Daily News"),
    ],
)
def test_the_site_is_named_once(title: str, site: str, shown: str) -> None:
    assert lines(title=title, site=site)[0] == shown


def test_a_table_stands_in_columns_where_it_fits() -> None:
    assert lines(table(("Town", "People"), ("東京", "14 million"))) == [
        "Town  People",
        "東京  14 million",
    ]


def test_a_table_that_is_too_wide_or_spread_is_read_row_by_row() -> None:
    assert lines(table(("Town", "", "x" * 33))) == ["Town | " + "x" * 33]
    assert lines(table(("Town", ""), ("Oslo", "1"), spread=2)) == ["Town", "Oslo | 1"]


def test_a_picture_is_what_is_said_of_it() -> None:
    assert lines(Figure("https://example.org/p.jpg")) == []
    assert lines(Figure("https://example.org/p.jpg", alt="A pier")) == ["[A pier]"]
    assert lines(Figure("", caption=(Span("(Photo: A. B.)"),))) == ["[Photo: A. B.]"]


def test_a_frame_is_its_host_and_a_video_its_address() -> None:
    frame = Embed("frame", "https://widget.example.org/?a=1&b=2", "")
    video = Embed("video", "https://video.example.org/1", "A boat")
    assert lines(frame, video) == [
        "[frame] widget.example.org",
        "",
        "[video] A boat https://video.example.org/1",
    ]


def test_long_headings_do_not_shout() -> None:
    long = "The harbour master counted the boats that had come home before the fog"
    assert lines(Heading((Span("The fog"),), 2), Heading((Span(long),), 2), width=80) == [
        "THE FOG",
        "",
        long,
    ]


@given(st.text("ab 、。東京のニュース", max_size=120), st.integers(20, 60))
def test_wide_characters_keep_to_the_width_and_none_is_lost(text: str, width: int) -> None:
    found = lines(Paragraph((Span(text),)), width=width)
    assert "".join("".join(found).split()) == "".join(text.split())
    # A word or a row of full stops longer than the line stays whole.
    assert all(cell_len(line) <= width or " " not in line.strip() for line in found)
