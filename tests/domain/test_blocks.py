"""Offsets, captions, reading time."""

from hypothesis import given

from tests.domain import strategies
from tui.domain.blocks import (
    Article,
    Figure,
    Heading,
    Item,
    List,
    Paragraph,
    Role,
    Span,
    Status,
    block_text,
    count_words,
)


@given(strategies.article)
def test_parts_tell_where_each_block_stands_in_the_text(article: Article) -> None:
    text = article.text
    for part in article.parts():
        assert text[part.start : part.start + len(part.text)] == part.text
        assert part.text == block_text(article.blocks[part.block])


def test_captions_and_bylines_are_not_the_story() -> None:
    article = Article(
        "https://example.org/",
        blocks=(
            Paragraph((Span("By A. Reporter"),), Role.BYLINE),
            Heading((Span("Part one"),)),
            Figure("https://example.org/p.png", caption=(Span("A harbour."),), credit="Agency"),
            Paragraph((Span("Two "), Span("words"))),
            List((Item((Span("first"),)), Item((Span("second"),), 1))),
        ),
    )
    assert article.text == "Part one\n\nTwo words\n\nfirst\nsecond"
    assert "A harbour. Agency" in article.text_with_captions
    assert "Reporter" not in article.text_with_captions


def test_every_status_has_a_letter_and_all_but_full_have_advice() -> None:
    assert len({status.letter for status in Status}) == len(Status)
    assert [status for status in Status if not status.advice] == [Status.FULL]


def test_words_of_text_without_spaces_count_too() -> None:
    assert count_words("東京の空は青い" * 20) > 40
    assert count_words("one two three") == 3
