"""Places, positions and laziness of an article that is laid out."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ui.newsroom import NOW, ferry, p
from tests.ui.render.test_paint import layouts, reading
from tests.ui.strategies import articles
from tui.domain.blocks import Article, Heading, Span
from tui.domain.editions import Position
from tui.ui.render.document import Document, Place
from tui.ui.render.flow import Layout

WIDE, SMALL = Layout(80), Layout(30)


def long_article(paragraphs: int) -> Article:
    words = "The quota for herring was argued about until the morning and Norrvik lost it again "
    return Article("u", "Long", tuple(p(f"{n} {words * 8}".strip()) for n in range(paragraphs)))


@settings(max_examples=40, deadline=None)
@given(articles, layouts, st.lists(st.integers(-40, 40), max_size=8))
def test_moving_there_and_back_is_counting_lines(
    article: Article, layout: Layout, steps: list[int]
) -> None:
    document = Document(reading(article), layout, NOW)
    every = [Place(s, n) for s in range(document.sections) for n in range(len(document.lines(s)))]
    at = 0
    place = Place(0, 0)
    for step in steps:
        place = document.move(place, step)
        at = max(0, min(at + step, len(every) - 1))
        assert place == every[at]
    shown = document.window(place, 10)
    assert [p for p, _line in shown] == every[at : at + 10]


@settings(max_examples=40, deadline=None)
@given(articles, layouts, st.floats(0, 1))
def test_the_line_of_an_offset_holds_it(article: Article, layout: Layout, share: float) -> None:
    document = Document(reading(article), layout, NOW)
    offset = int(share * document.length)
    place = document.place_of(offset)
    assert document.offset_at(place) <= max(offset, document.offset_at(Place(place.section, 0)))


def test_opening_lays_out_only_what_is_near_the_screen() -> None:
    document = Document(reading(long_article(400)), WIDE, NOW)
    document.window(Place(0, 0), 40)
    assert len(document._lines) < 12
    document.last_top(40)
    assert len(document._lines) < 24


def test_a_position_is_found_again_after_another_cleaning_and_at_another_width() -> None:
    article = long_article(30)
    document = Document(reading(article), WIDE, NOW)
    place = Place(12, 3)
    position = document.position(place)
    words = document.text[document.offset_at(place) :][:40]
    changed = replace(article, blocks=(Heading((Span("New"),)), *article.blocks[3:]))
    again = Document(reading(changed), SMALL, NOW)
    found = again.restore(position)
    line = " ".join(made.text.strip() for _p, made in again.window(found, 4))
    assert words[:20] in line
    assert again.restore(Position()) == Place(0, 0)


def test_without_its_paragraph_a_position_keeps_its_share() -> None:
    document = Document(reading(long_article(50)), WIDE, NOW)
    position = Position(3, 0, "a paragraph that is gone", 0.5)
    assert 0.45 < document.share(document.restore(position)) < 0.55


def test_the_seed_article_keeps_its_offsets_for_names() -> None:
    article, found = ferry()
    document = Document(reading(article), SMALL, NOW)
    for entity in found.entities:
        for mention in entity.mentions:
            place = document.place_of(mention.start)
            runs = document.lines(place.section)[place.line].runs
            assert any(
                r.start <= mention.start < r.start + len(r.text) for r in runs if r.start >= 0
            )


def test_wrapping_again_costs_a_screen_and_not_an_article() -> None:
    """Lines made by a resize at the end of 20,000 words: those on screen, no others."""
    document = Document(reading(long_article(170)), WIDE, NOW)
    end = document.last_top(40)
    offset = document.offset_at(end)
    document.set_layout(SMALL)
    document.window(document.place_of(offset), 40)
    assert len(document._lines) < 8


def test_links_are_numbered_in_reading_order_whatever_is_laid_out_first() -> None:
    article = Article(
        "u",
        "Links",
        (p(Span("one", href="https://a.example/")), p(Span("two", href="https://b.example/"))),
    )
    document = Document(reading(article), WIDE, NOW)
    document.lines(2)
    assert document.links.urls == ["https://a.example/", "https://b.example/"]
    assert [r.link for r in document.lines(2)[0].runs] == [1]
