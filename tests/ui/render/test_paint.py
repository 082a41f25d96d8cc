"""Every line of every article, at every width, is exactly as wide as asked."""

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.ui.newsroom import NOW
from tests.ui.strategies import articles, texts
from tui.domain.blocks import Article
from tui.domain.editions import Headline, Order, Reading
from tui.domain.feeds import Entry, Feed
from tui.domain.text import clean_line
from tui.ui import themes
from tui.ui.render.document import Document
from tui.ui.render.flow import Layout
from tui.ui.render.headlines import RowState, group_of, row_lines, snippet_line
from tui.ui.render.hints import hint_letters, with_hints
from tui.ui.render.lines import Run, line
from tui.ui.render.listing import choice, row_runs
from tui.ui.render.paint import Mark, paint

THEME = themes.load("terminal")[0]
layouts = st.builds(
    Layout,
    st.integers(1, 130),
    st.integers(40, 100),
    st.integers(0, 2),
    st.booleans(),
    st.booleans(),
    pictures=st.integers(0, 20),
)


def reading(article: Article) -> Reading:
    return Reading(Entry(1, 1, "k", article.url, article.title), Feed(1, "u", "Feed"), article)


@settings(max_examples=60, deadline=None)
@given(articles, layouts, st.integers(0, 40), st.integers(0, 500))
def test_painted_lines_have_exactly_the_width(
    article: Article, layout: Layout, shift: int, offset: int
) -> None:
    document = Document(reading(article), layout, NOW)
    marks = (Mark(offset, offset + 30, "mention"), Mark(offset + 10, offset + 12, "hit"))
    hints = dict(enumerate(hint_letters(len(document.links.urls))))
    for section in range(document.sections):
        for made in document.lines(section):
            segments = paint(with_hints(made, hints), THEME, layout.width, marks, shift=shift)
            assert sum(cell_len(s.text) for s in segments) == layout.width
            assert not any(c in s.text for s in segments for c in "\n\r\t\x1b")


@settings(max_examples=50, deadline=None)
@given(articles, layouts)
def test_runs_know_where_their_text_stands_in_the_story(article: Article, layout: Layout) -> None:
    document = Document(reading(article), layout, NOW)
    for section in range(document.sections):
        for made in document.lines(section):
            for run in made.runs:
                if run.start >= 0:
                    there = document.text[run.start : run.start + len(run.text)]
                    assert " ".join(there.split()) == " ".join(run.text.split())


@given(
    texts.map(clean_line),
    texts.map(clean_line),
    st.integers(8, 160),
    st.booleans(),
    st.booleans(),
    st.integers(0, 9),
)
def test_rows_of_the_list_fit(
    title: str, feed: str, width: int, read: bool, here: bool, folded: int
) -> None:
    headline = Headline(
        1, 1, feed, title, datetime(2026, 11, 1, tzinfo=UTC), read=read, starred=here, text_here=here,
        status="paywall" if read else "", snippet=f"a \x02{title[:5]}\x03 b",
    )  # fmt: skip
    state = RowState(here=here, selected=read, folded=folded, inner=here)
    for made in [*row_lines(headline, state, width, NOW), snippet_line(headline, width)]:
        segments = paint(made, THEME, width)
        assert sum(cell_len(s.text) for s in segments) == width
        assert not any(c in s.text for s in segments for c in "\x02\x03\n")
    assert group_of(headline, Order.FEED, NOW)


@given(texts.map(clean_line), texts.map(clean_line), st.integers(1, 80))
def test_rows_of_listings_fit(left: str, right: str, width: int) -> None:
    runs = row_runs(choice(left, right, 1), width, here=True, focused=True)
    assert sum(cell_len(run.text) for run in runs) <= max(1, width)


def test_a_mark_changes_the_look_and_no_character() -> None:
    made = line([Run("Marta Lindqvist said", start=100)])
    plain = paint(made, THEME, 30)
    marked = paint(made, THEME, 30, (Mark(106, 115, "mention-now"),))
    assert "".join(s.text for s in plain) == "".join(s.text for s in marked)
    assert [s.text for s in marked] == ["Marta ", "Lindqvist", " said", " " * 10]
    assert marked[1].style == THEME.style("mention-now")


def test_wide_lines_move_sideways_and_cut_characters_in_two_as_blanks() -> None:
    made = line([Run("日本語 table")], wide=True)
    assert "".join(s.text for s in paint(made, THEME, 8, shift=1)) == " 本語 ta"
    assert "".join(s.text for s in paint(made, THEME, 8, shift=2)) == "本語 tab"
