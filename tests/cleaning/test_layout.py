"""The walk: every kind of element becomes the block that it is, and no text gets lost."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cleaning.pages import blocks
from tui.domain.blocks import (
    Article,
    Cell,
    Code,
    Embed,
    Figure,
    Footnote,
    Heading,
    Item,
    List,
    Paragraph,
    Quote,
    Rule,
    Span,
    Style,
    Table,
    block_caption,
    block_text,
)


def test_paragraphs_with_links_emphasis_and_language() -> None:
    (found,) = blocks(
        "<p>See <a href='/b?utm_source=x'>the <b>report</b></a>, "
        "<i lang='fr'>en bref</i>\n  now.</p>"
    )
    assert found == Paragraph(
        (
            Span("See "),
            Span("the ", href="https://example.org/b"),
            Span("report", Style.STRONG, "https://example.org/b"),
            Span(", "),
            Span("en bref", Style.EMPHASIS, lang="fr"),
            Span(" now."),
        )
    )


def test_how_characters_are_read_aloud_is_not_text() -> None:
    (found,) = blocks("<p><ruby>普通<rp>(</rp><rt>ふつう</rt><rp>)</rp></ruby>のニュース</p>")
    assert block_text(found) == "普通のニュース"


def test_two_breaks_part_paragraphs_and_one_breaks_the_line() -> None:
    found = blocks("<div>one<br>two<br><br>three</div>")
    assert [block_text(block) for block in found] == ["one\ntwo", "three"]


@pytest.mark.parametrize("href", ["javascript:alert(1)", "data:text/html,x", "#part", "ftp://h/x"])
def test_links_that_must_not_be_opened_are_text(href: str) -> None:
    assert blocks(f"<p><a href='{href}'>here</a></p>") == [Paragraph((Span("here"),))]


def test_headings_code_rules_and_quotes() -> None:
    found = blocks(
        "<h3>Part <a href='/x'>two</a></h3><pre><code class='language-python'>x = 1\n  y</code>"
        "</pre><hr><blockquote><p>One.</p><p>Two.</p></blockquote>"
        "<aside class='pull-quote'>Loud.</aside>"
    )
    assert isinstance(found[0], Heading)
    assert found[0].level == 3
    assert found[1:] == [
        Code("x = 1\n  y", "python"),
        Rule(),
        Quote(((Span("One."),), (Span("Two."),))),
        Quote(((Span("Loud."),),), (), pull=True),
    ]


def test_nested_lists_lie_flat_and_keep_their_numbers() -> None:
    found = blocks("<ol start=3><li>a<ul><li>b</li></ul></li><li>c</li><li value=9>d</li></ol>")
    assert found == [
        List(
            (
                Item((Span("a"),), 0, 3),
                Item((Span("b"),), 1, None),
                Item((Span("c"),), 0, 4),
                Item((Span("d"),), 0, 9),
            )
        )
    ]


def test_a_list_of_boxes_is_taken_apart() -> None:
    found = blocks("<ul><li><h2>First</h2><p>Text.</p></li><li>Loose</li></ul>")
    assert [type(block) for block in found] == [Heading, Paragraph, List]


def test_bullets_below_bullets_are_one_list() -> None:
    found = blocks("<ul><li>a</li></ul><ul><li>b</li></ul><ol><li>c</li></ol>")
    assert [block_text(block) for block in found] == ["a\nb", "c"]


def test_a_heading_loses_the_signs_for_links_and_editors() -> None:
    found = blocks(
        "<h2>One <a class=anchor href=#one>#</a></h2>"
        "<h2>Two<span class=mw-editsection>[<a href=/edit>edit</a>]</span></h2>"
        "<h2>C# and <a href=/x>links</a></h2>"
    )
    assert [block_text(block) for block in found] == ["One", "Two", "C# and links"]


def test_notes_know_their_label() -> None:
    found = blocks("<ol><li id='fn-7'><p>See there.</p></li></ol>")
    assert found == [Footnote("7", (Span("See there."),))]


def test_tables_of_data_and_tables_for_layout() -> None:
    data = blocks(
        "<table><caption>Results</caption><tr><th>Name<th>Votes"
        "<tr><td>A<td>1<tr><td colspan=2>none</table>"
    )
    assert data == [
        Table(
            (
                (Cell((Span("Name"),), header=True), Cell((Span("Votes"),), header=True)),
                (Cell((Span("A"),)), Cell((Span("1"),))),
                (Cell((Span("none"),), columns=2),),
            ),
            (Span("Results"),),
        )
    ]
    layout = blocks("<table><tr><td><h1>T</h1><p>Story.</p></td><td>menu</td></tr></table>")
    assert [type(block) for block in layout] == [Heading, Paragraph, Paragraph]


def test_figures_have_caption_and_credit() -> None:
    (found,) = blocks(
        "<figure><img data-src='/p.jpg' src='data:image/gif;base64,x' width=800 height=600 "
        "alt='A cat'><figcaption>Tom, at home.</figcaption></figure>"
    )
    assert found == Figure(
        "https://example.org/p.jpg", "A cat", (Span("Tom, at home."),), "", 800, 600
    )


def test_a_caption_may_be_set_as_a_list() -> None:
    (figure,) = blocks(
        "<figure><img src=/p.jpg><figcaption><ul><li>A pier</li></ul></figcaption></figure>"
    )
    assert block_caption(figure) == "A pier"


def test_an_address_is_no_title() -> None:
    (sound,) = blocks("<audio src=/a.mp3><a href=/a.mp3>https://example.org/a.mp3</a></audio>")
    assert sound == Embed("audio", "https://example.org/a.mp3", "")


def test_pixels_that_count_readers_are_no_pictures() -> None:
    assert blocks("<p>a<img src='/t.gif' width=1 height=1></p>") == [Paragraph((Span("a"),))]


def test_embeds_become_links() -> None:
    found = blocks(
        "<iframe src='https://www.youtube.com/embed/x' title='Film'></iframe>"
        "<blockquote class='twitter-tweet'><p>Hello.</p>— A (@a)"
        "<a href='https://twitter.com/a/status/1'>May 1</a></blockquote>"
        "<iframe src='javascript:x'></iframe>"
    )
    assert found[0] == Embed("video", "https://www.youtube.com/embed/x", "Film")
    assert isinstance(found[1], Embed)
    assert (found[1].kind, found[1].url) == ("post", "https://twitter.com/a/status/1")
    assert len(found) == 2


def test_captions_are_in_one_text_and_not_in_the_other() -> None:
    article = Article("", blocks=tuple(blocks("<p>Text.</p><figure><img src=/a><p>Cap.</figure>")))
    assert article.text == "Text."
    assert article.text_with_captions == "Text.\n\nCap."


def test_nothing_a_terminal_obeys_comes_through() -> None:
    found = blocks("<p>a\x1b]52;c;x\x07b\u202ec</p><pre>\x9b31mred</pre>")
    assert "".join(block_text(block) for block in found) == "a]52;c;xbc31mred"


TAGS = ["p", "div", "b", "a", "ul", "li", "h2", "table", "tr", "td", "blockquote", "figure", "span"]
trees = st.recursive(
    st.from_regex(r"[a-z]{2,8}", fullmatch=True),
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}> {' '.join(parts)} </{tag}>",
        st.sampled_from(TAGS),
        st.lists(inner, min_size=1, max_size=4),
    ),
    max_leaves=15,
)


@given(trees)
def test_no_word_is_lost_or_doubled(markup: str) -> None:
    wanted = sorted(re.sub(r"<[^>]*>", " ", markup).split())
    found = Article("", blocks=tuple(blocks(markup))).text_with_captions
    assert sorted(found.split()) == wanted
