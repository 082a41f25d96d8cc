"""Comments as a text: who said it, when, under whom; and nothing of what stands around them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cleaning.pages import page, prose
from tui.cleaning.extract import Options, extract_page
from tui.domain.blocks import Article, Heading, Source, block_text
from tui.domain.text import clean_line

FIRST = "I wrote something like this for a bank, and the hard part was the dates."
ANSWER = "Dates are the only real problem in computing; names come second."
AGAIN = "We shifted everything by three months and hoped that nobody would look."
OTHER = "The article is good, but see also the paper that it does not cite."
SAID = [("marlow", 0, FIRST), ("iris", 1, ANSWER), ("marlow", 2, AGAIN), ("tamsin", 0, OTHER)]


def table_rows() -> str:
    """A link board: a table of rows, indented by a number."""
    rows = "".join(
        f"<tr class='athing comtr' id='{n}'><td><table><tr><td class='ind' indent='{depth}'><img></td>"
        f"<td><span class='comhead'><a class='hnuser'>{who}</a> <span class='age'>{n} hours ago</span>"
        f" | <a href='#{n}'>next</a></span><div class='comment'><div class='commtext'>{text}</div>"
        f"<div class='reply'><u><a href='reply?{n}'>reply</a></u></div></div></td></tr></table></td></tr>"
        for n, (who, depth, text) in enumerate(SAID, 1)
    )
    return f"<a href='/'>Board</a> <a href='/new'>new</a><table class='comment-tree'>{rows}</table>"


def nested_list() -> str:
    """A blog: lists in lists, with a head and a foot each."""

    def one(number: int, inside: str = "") -> str:
        who, _, text = SAID[number]
        children = f"<ol class='children'>{inside}</ol>" if inside else ""
        return (
            f"<li class='comment byuser depth-{number}' id='comment-{number}'>"
            f"<article class='comment-body'><footer class='comment-meta'>"
            f"<div class='comment-author vcard'><b class='fn'>{who}</b> <span>says:</span></div>"
            f"<time datetime='2026-11-25'>{number + 1} hours ago</time></footer>"
            f"<div class='comment-content'><p>{text}</p></div>"
            f"<div class='reply'><a class='comment-reply-link'>Reply</a></div></article>{children}</li>"
        )

    return (
        f"<article>{prose(6)}</article><section id='comments' class='comments-area'>"
        f"<ol class='comment-list'>{one(0, one(1, one(2)))}{one(3)}</ol></section>"
    )


def properties() -> str:
    """A forum: schema.org's words, no tree."""
    return "".join(
        f"<div itemprop='comment' itemscope style='margin-left: {24 * depth}px'>"
        f"<span itemprop='author'>{who}</span> <time itemprop='dateCreated'>{n} hours ago</time>"
        f"<div itemprop='text'><p>{text}</p></div><button>Share</button></div>"
        for n, (who, depth, text) in enumerate(SAID, 1)
    )


def read(body: str) -> Article:
    options = Options(source=Source.TALK)
    return extract_page(page(body), "https://board.example/item?id=1", options=options)


@pytest.mark.parametrize("body", [table_rows(), nested_list(), properties()])
def test_comments_are_the_text(body: str) -> None:
    article = read(body)
    heads = [block_text(b) for b in article.blocks if isinstance(b, Heading)]
    assert heads == [
        f"{'›' * depth}{' ' if depth else ''}{who} · {n} hours ago"
        for n, (who, depth, _) in enumerate(SAID, 1)
    ]
    texts = [block_text(b) for b in article.blocks if not isinstance(b, Heading)]
    assert texts == [text for *_, text in SAID]
    assert article.source is Source.TALK


def test_a_page_without_comments_is_read_as_ever() -> None:
    assert "Paragraph 5" in read(f"<article>{prose(6)}</article>").text
    two = "".join(f"<div class=comment><p>{text}</p></div>" for *_, text in SAID[:2])
    assert "Paragraph 5" in read(f"<article>{prose(6)}</article>{two}").text


def test_what_is_not_asked_for_does_not_change() -> None:
    article = extract_page(page(nested_list()), "https://blog.example/x")
    assert "Paragraph 5" in article.text and "hard part" not in article.text


def test_names_of_commenters_are_cleaned() -> None:
    odd = "mar\u202elow\u009b31m\u200b"
    body = nested_list().replace(">marlow<", f">{odd}<").replace(" hours ago", " hours\u009b5m ago")
    heads = [block_text(b) for b in read(body).blocks if isinstance(b, Heading)]
    assert "marlow31m · 1 hours5m ago" in heads
    assert all(line == clean_line(line) for line in heads)


def test_a_long_thread_is_no_work() -> None:
    deep = "".join(f"<div class=comment><p>{FIRST}</p>" for _ in range(60)) + "</div>" * 60
    wide = "".join(f"<div class=comment><p>{FIRST}</p></div>" for _ in range(3000))
    assert len(read(deep).blocks) == 120
    assert len(read(wide).blocks) == 6000


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(["<div class=comment>", "</div>", "<p>Words here", "<b rel=author>"]))
)
def test_no_nesting_is_too_odd(parts: list[str]) -> None:
    assert isinstance(read("".join(parts)), Article)
