"""Titles, summaries and links from the HTML of feeds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.domain.text import clean_line
from tui.fetching.feeds.markup import (
    SUMMARY_LIMIT,
    TITLE_LIMIT,
    absolute_links,
    first_words,
    plain_text,
    title_line,
)


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("<b>Bold</b> &amp; x", "Bold & x"),
        ("AT&amp;T", "AT&T"),
        ("it&amp;#8217;s", "it’s"),
        ("&lt;em&gt;So&lt;/em&gt; it goes", "So it goes"),
        ("List<String> in Java", "List<String> in Java"),
        ("Use of <b> in HTML", "Use of <b> in HTML"),
        ("1 < 2 & 3 > 2", "1 < 2 & 3 > 2"),
        ("One<br/>two", "One two"),
        ("<p>One</p><p>Two</p>", "One Two"),
        ("H<sub>2</sub>O", "H2O"),
        ("[bold]x[/bold]", "[bold]x[/bold]"),
        ("  a \n\t b ", "a b"),
        ("T\x1b[2J", "T[2J"),
    ],
)
def test_titles(value: str, wanted: str) -> None:
    assert title_line(value) == wanted


def test_a_title_that_is_said_to_be_html_has_no_tags() -> None:
    assert title_line("<x-y>One</x-y> <!-- c --> &lt;b&gt;", is_html=True) == "One <b>"


def test_summaries_have_no_scripts_and_no_half_tags() -> None:
    html = "<style>p{}</style><script>alert(1)</script><p onclick='x()'>One</p>two<a href='http"
    assert plain_text(html) == "One two"
    assert plain_text("x" * 600) == "x" * (SUMMARY_LIMIT - 1) + "…"
    assert plain_text("<script>" + "x" * 50_000) == ""


def test_a_title_for_what_has_none() -> None:
    assert first_words("A short sentence first. And another one.") == "A short sentence first"
    assert first_words("word " * 30).endswith("…")
    assert first_words("") == ""


def test_links_are_made_absolute_and_nothing_else_is_touched() -> None:
    html = (
        '<a href="b.html?x=1&amp;y=2">b</a> <a href="#n">n</a> <a href="mailto:a@b.example">m</a>'
        '<img src=\'/i.png\' srcset="a.png 1x, b.png 2x" alt=\'href="c"\'> href="text"'
    )
    assert absolute_links(html, "https://paper.example/a/") == (
        '<a href="https://paper.example/a/b.html?x=1&amp;y=2">b</a> <a href="#n">n</a> '
        '<a href="mailto:a@b.example">m</a><img src="https://paper.example/i.png" '
        'srcset="https://paper.example/a/a.png 1x, https://paper.example/a/b.png 2x" '
        'alt=\'href="c"\'> href="text"'
    )
    assert absolute_links(html, "") == html


@given(st.text(alphabet="<>&;ab/ \"'=!-#", max_size=200))
def test_no_markup_raises_and_all_text_is_clean(markup: str) -> None:
    for line in (title_line(markup), title_line(markup, is_html=True), plain_text(markup)):
        assert line == clean_line(line)
        assert len(line) <= TITLE_LIMIT
    absolute_links(markup, "https://paper.example/")
