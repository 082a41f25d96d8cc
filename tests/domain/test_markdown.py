"""Markdown: structure survives, and the story's own characters stay what they are."""

from hypothesis import given

from tests.domain import strategies
from tui.domain.blocks import (
    Article,
    Block,
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
)
from tui.domain.markdown import article_to_markdown, block_to_markdown


def words(text: str) -> tuple[Span, ...]:
    return (Span(text),)


def test_each_kind_of_block() -> None:
    link = Span("here", Style.STRONG, "https://example.org/a b")
    blocks: list[tuple[Block, str]] = [
        (Heading(words("Two"), 3), "### Two"),
        (Paragraph((Span("Look "), link)), "Look [**here**](<https://example.org/a%20b>)"),
        (List((Item(words("a")), Item(words("b"), 1, 2))), "- a\n    2. b"),
        (Quote((words("So it goes"),), words("K. V.")), "> So it goes\n>\n> — K. V."),
        (Code("x = 1", "python"), "```python\nx = 1\n```"),
        (Code("a ``` b"), "````\na ``` b\n````"),
        (
            Table(((Cell(words("A"), header=True, columns=2),), (Cell(words("1|2")),))),
            "| A |  |\n| --- | --- |\n| 1\\|2 |  |",
        ),
        (
            Figure("https://example.org/p.png", "A cat", words("Tom."), "Photo: J. Doe"),
            "![A cat](<https://example.org/p.png>)\n\nTom. Photo: J. Doe",
        ),
        (Embed("video", "https://example.org/v", "Film"), "[Film](<https://example.org/v>)"),
        (Footnote("1", words("See there.")), "[^1]: See there."),
        (Rule(), "---"),
    ]
    for block, text in blocks:
        assert block_to_markdown(block) == text


def test_characters_of_the_text_are_escaped() -> None:
    assert block_to_markdown(Paragraph(words("# 5 * 3 [x]"))) == "\\# 5 \\* 3 \\[x\\]"
    assert block_to_markdown(Paragraph(words("1. first"))) == "1\\. first"


def test_title_byline_and_address_stand_on_top() -> None:
    article = Article("https://example.org/", "A & B", (Paragraph(words("Text.")),))
    assert article_to_markdown(article) == "# A & B\n\n<https://example.org/>\n\nText.\n"
    assert article_to_markdown(article, heading=False) == "Text.\n"


@given(strategies.article)
def test_any_article_can_be_written(article: Article) -> None:
    assert article_to_markdown(article).endswith("\n")
