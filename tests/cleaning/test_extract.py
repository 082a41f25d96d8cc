"""All of cleaning: whatever the bytes, an article comes back, and with text if there is any."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cleaning.pages import SENTENCE, page, prose
from tui.cleaning import guard
from tui.cleaning.extract import Options, extract_page
from tui.cleaning.steps.account import Account
from tui.domain.blocks import Article, Paragraph, Source, Status, block_text
from tui.domain.text import clean


def test_the_story_and_nothing_else() -> None:
    article = extract_page(
        page(
            "<nav>Home News Sport</nav><header><h1>Bridge to be repaired</h1></header>"
            f"<p class=byline>By Ann Smith</p><article>{prose(8)}</article>"
            "<section class=comments><p>First! What a story.</p></section><footer>©</footer>"
        ),
        "https://example.org/story",
    )
    assert article.text.startswith("Paragraph 0.")
    assert article.text.endswith("of last winter.")
    assert article.title == "Bridge to be repaired"
    assert article.url == "https://example.org/story"


def test_a_short_page_is_not_empty() -> None:
    assert extract_page(page("<p>Closed today.</p>")).text == "Closed today."


def test_text_without_any_markup() -> None:
    assert extract_page(b"Closed today.").text == "Closed today."


def test_nothing_is_an_empty_article() -> None:
    assert extract_page(b"").blocks == ()
    assert extract_page(b" \n\t ").status is Status.SCRIPT


def test_without_an_address_relative_links_are_dropped_not_guessed() -> None:
    article = extract_page(
        page(
            f"<article>{prose(4)}<p>See <a href='/x'>this</a> and "
            f"<a href='https://example.org/y'>that</a>.</p></article>"
        )
    )
    spans = [s for b in article.blocks if isinstance(b, Paragraph) for s in b.spans]
    assert [s.href for s in spans if s.href] == ["https://example.org/y"]


@pytest.mark.parametrize("source", list(Source))
def test_every_reading_can_be_asked_for(source: Source) -> None:
    body = page(f"<nav>Menu of links</nav><article>{prose(8)}</article>")
    article = extract_page(body, "https://example.org/a", options=Options(source=source))
    assert "Paragraph 7" in article.text
    # A page without comments is read as it is.
    assert article.source is (Source.PAGE if source is Source.TALK else source)
    assert ("Menu of links" in article.text) is (source is Source.WHOLE)


def test_a_page_that_one_extractor_misses_gets_a_second_opinion() -> None:
    # Half of the story is in a list, which readability takes for a menu.
    body = page(
        f"<div class=sidebar-content><ul class=menu>{prose(12)}</ul></div><p>{SENTENCE}</p>"
    )
    assert "Paragraph 11" in extract_page(body).text


def test_the_data_of_a_page_is_read_where_a_script_was_to_show_it() -> None:
    told = "\n\n".join(f"Part {n} of 3 & 2 < 3. {SENTENCE}" for n in range(5))
    node = {"@type": "NewsArticle", "headline": "Bridge", "articleBody": told}
    data = f"<script type='application/ld+json'>{json.dumps(node)}</script>"
    shown = extract_page(page("<div id=app></div>", head=data))
    assert [block_text(block)[:6] for block in shown.blocks] == [f"Part {n}" for n in range(5)]
    assert shown.status is Status.FULL
    assert "Part 4" not in extract_page(page(f"<article>{prose(4)}</article>", head=data)).text


def test_the_account_tells_what_no_step_but_the_extractor_left_out() -> None:
    told = Account(detail=True)
    aside = "Opening hours of the museum: from ten to five, on Mondays closed, free on Sundays."
    extract_page(
        page(
            f"<article>{prose(8)}</article><div class=sidebar><p>{aside}</p></div>"
            "<dialog>Do you like us?</dialog>"
        ),
        account=told,
    )
    lost = {note.step: note.what for note in told.notes if note.removed}
    assert aside in lost["readability"]
    assert "Do you like us?" in lost["strip"]


TOO_MUCH = {
    "deep": b"<div>" * 400 + b"Text at the bottom.",
    "links": b"<p><a href=/x>Story of the day</a></p>" * (guard.MAX_LINKS + 1),
    "elements": b"<i>x</i>" * (guard.MAX_ELEMENTS + 1),
    "characters": b"word " * (guard.MAX_CHARACTERS // 5 + 1),
}


@pytest.mark.parametrize("name", TOO_MUCH)
def test_too_complex_pages_come_back_as_text(name: str) -> None:
    article = extract_page(TOO_MUCH[name])
    assert article.status is Status.COMPLEX
    assert article.status_why
    assert article.text


@given(st.text(max_size=300))
def test_text_only_loses_no_word_and_shows_no_tag(text: str) -> None:
    plain = text.replace("<", "").replace("&", "")
    found = "".join(
        "".join(span.text for span in p.spans) for p in guard.text_only(f"<p>{plain}<br>")
    )
    assert "".join(found.split()) == "".join(clean(plain).split())


fragments = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<div class=comments>",
        "<article>",
        "</div>",
        "<table><tr><td>",
        "<ul><li>",
        "<h1>",
        "<br>",
        "<script>",
        "</script>",
        "<noscript>",
        "<svg>",
        "<a href=//x>",
        "<!--",
        "-->",
        "&#0;",
        "<base href=x:>",
        "<figure>",
        "<blockquote class=tweet>",
        SENTENCE,
        "word ",
    ]
)


@given(st.lists(fragments, max_size=25).map("".join))
def test_any_markup_gives_an_article(markup: str) -> None:
    article = extract_page(markup.encode(), "https://example.org/")
    assert isinstance(article, Article)


@given(st.binary(max_size=300))
def test_any_bytes_give_an_article(body: bytes) -> None:
    assert isinstance(extract_page(body), Article)


@given(st.integers(1, 9), st.sampled_from(["div", "section", "article", "main", "td", "center"]))
def test_a_page_with_text_never_comes_back_empty(count: int, tag: str) -> None:
    article = extract_page(page(f"<{tag} class='sidebar widget'>{prose(count)}</{tag}>"))
    assert f"Paragraph {count - 1}" in article.text
