"""Several pages, one article."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain import strategies
from tui.domain.blocks import Article, Figure, Paragraph, Role, Rule, Span, Status
from tui.domain.pages import following, join


def paragraph(text: str, role: Role = Role.BODY) -> Paragraph:
    return Paragraph((Span(text),), role)


def test_pages_follow_each_other_and_repeated_blocks_stay_once() -> None:
    dek, picture = paragraph("What it is about.", Role.DEK), Figure("https://example.org/p.png")
    one = Article("https://example.org/a", "Title", (dek, picture, paragraph("First.")))
    two = Article("https://example.org/a?page=2", "Title, page 2", (dek, paragraph("Second.")))
    three = Article("https://example.org/a?page=3", "", (picture, Rule(), paragraph("Third.")))
    whole = join([one, two, three])
    assert whole.title == "Title"
    assert whole.url == one.url
    assert whole.text == "First.\n\nSecond.\n\nThird."
    assert whole.blocks.count(dek) == 1
    assert whole.blocks.count(picture) == 1
    assert Rule() in whole.blocks


@pytest.mark.parametrize(
    ("target", "follows"),
    [
        ("https://example.org/a?page=2", True),
        ("https://example.org/a?page=1", False),
        ("https://elsewhere.example/a?page=2", False),
        ("", False),
    ],
)
def test_the_next_page_is_another_one_of_the_same_host(target: str, follows: bool) -> None:
    page = Article("https://example.org/a?page=1", blocks=(paragraph("First."),), next_page=target)
    assert following([page]) == (target if follows else "")


def test_at_most_ten_pages_are_one_story() -> None:
    pages = [
        Article(
            f"https://example.org/{n}",
            "",
            (paragraph(f"{n}"),),
            next_page=f"https://example.org/{n + 1}",
        )
        for n in range(10)
    ]
    assert following(pages[:9]) == "https://example.org/9"
    assert following(pages) == ""
    assert join(pages).status is Status.TEASER


@given(strategies.article)
def test_one_page_is_the_article(article: Article) -> None:
    assert join([article]) == article


@given(st.lists(strategies.article, min_size=1, max_size=4))
def test_every_text_of_every_page_is_there(pages: list[Article]) -> None:
    whole = join(pages).text
    for page in pages:
        for part in page.parts():
            assert part.text in whole
