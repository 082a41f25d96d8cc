"""Several pages, one article."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain import strategies
from tui.domain.blocks import Article, Figure, Paragraph, Role, Rule, Span
from tui.domain.paging import join_pages


def paragraph(text: str, role: Role = Role.BODY) -> Paragraph:
    return Paragraph((Span(text),), role)


def test_pages_follow_each_other_and_repeated_blocks_stay_once() -> None:
    dek, picture = paragraph("What it is about.", Role.DEK), Figure("https://example.org/p.png")
    one = Article("https://example.org/a", "Title", (dek, picture, paragraph("First.")))
    two = Article("https://example.org/a?page=2", "Title, page 2", (dek, paragraph("Second.")))
    three = Article("https://example.org/a?page=3", "", (picture, Rule(), paragraph("Third.")))
    whole = join_pages([one, two, three])
    assert whole.title == "Title"
    assert whole.url == one.url
    assert whole.text == "First.\n\nSecond.\n\nThird."
    assert whole.blocks.count(dek) == 1
    assert whole.blocks.count(picture) == 1
    assert Rule() in whole.blocks


def test_no_pages_is_an_error() -> None:
    with pytest.raises(ValueError, match="no pages"):
        join_pages([])


@given(strategies.article)
def test_one_page_is_the_article(article: Article) -> None:
    assert join_pages([article]) == article


@given(st.lists(strategies.article, min_size=1, max_size=4))
def test_every_text_of_every_page_is_there(pages: list[Article]) -> None:
    whole = join_pages(pages).text
    for page in pages:
        for part in page.parts():
            assert part.text in whole
