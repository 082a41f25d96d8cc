"""What stands beside the sentences of a story comes back; what stands beside others does not."""

import pytest

from tui.cleaning.extract import extract_page
from tui.domain.blocks import (
    Article,
    Embed,
    Figure,
    Footnote,
    Paragraph,
    Quote,
    Role,
    block_caption,
    plain,
)


def sentence(n: int) -> str:
    return (
        f"<p>Part {n} of the story. The harbour master walked to the end of the pier with a lantern "
        "in his hand, and counted the boats that had come home before the fog, twice.</p>"
    )


STORY = [sentence(n) for n in range(6)]
PICTURE = (
    '<figure class="lead-image"><img src="/p.jpg" width=800 height=500><figcaption>A lighthouse at '
    'dusk. <span class="credit">Port of Oslo</span></figcaption></figure>'
)


def read(*parts: str, before: str = "", after: str = "") -> Article:
    page = (
        "<html lang=en><head><title>Lights stay lit</title></head><body><main><h1>Lights stay lit"
        f"</h1>{before}<div class=body>{''.join(parts)}</div>{after}</main></body></html>"
    )
    return extract_page(page.encode(), url="https://example.org/lights")


def test_the_leading_picture_stands_first_with_caption_and_credit() -> None:
    article = read(*STORY, before=PICTURE)
    first = article.blocks[0]
    assert isinstance(first, Figure)
    assert first.src == "https://example.org/p.jpg"
    assert "A lighthouse at dusk" in block_caption(first)
    assert "lighthouse" not in article.text
    assert "Port of Oslo" in article.text_with_captions


def test_the_picture_that_the_page_names_leads_also_where_others_follow() -> None:
    other = '<figure><img src="/q.jpg" width=800 height=500></figure>'
    named = '<meta property="og:image" content="https://cdn.example.org/large/p.jpg?w=1200">'
    body = (*STORY[:3], other, *STORY[3:])
    sources = [b.src for b in read(named, *body, before=PICTURE).blocks if isinstance(b, Figure)]
    assert sources == ["https://example.org/p.jpg", "https://example.org/q.jpg"]
    sources = [b.src for b in read(*body, before=PICTURE).blocks if isinstance(b, Figure)]
    assert sources == ["https://example.org/q.jpg"]


def test_a_pull_quote_is_shown_and_is_not_said_twice() -> None:
    line = "counted the boats that had come home before the fog"
    article = read(*STORY[:3], f'<aside class="pullquote"><p>{line}</p></aside>', *STORY[3:])
    (quote,) = [b for b in article.blocks if isinstance(b, Quote)]
    assert quote.pull
    assert article.text.count(line) == len(STORY)


def test_a_pull_quote_with_words_of_its_own_is_text() -> None:
    own = "We have never lost a boat, and we do not mean to begin with this one, she said."
    article = read(*STORY[:3], f'<aside class="pullquote"><p>{own}</p></aside>', *STORY[3:])
    assert own in article.text


@pytest.mark.parametrize(
    ("markup", "kind"),
    [
        ('<iframe src="https://www.youtube.com/embed/abcdefghijk"></iframe>', Embed),
        ('<figure><img src="https://example.org/map.png"></figure>', Figure),
    ],
)
def test_what_stands_between_two_paragraphs_keeps_its_place(markup: str, kind: type) -> None:
    article = read(*STORY[:3], f"<div class=wrap>{markup}</div>", *STORY[3:])
    numbers = [n for n, block in enumerate(article.blocks) if isinstance(block, kind)]
    assert numbers == [3]


def test_notes_below_the_story_are_its_notes() -> None:
    notes = (
        '<section class="footnotes"><ol><li id="fn1">The union has 64 members.</li>'
        '<li id="fn2">And one calculator.</li></ol></section>'
    )
    article = read(*STORY, after=notes)
    assert [b.label for b in article.blocks if isinstance(b, Footnote)] == ["1", "2"]


def test_notes_in_paragraphs_are_known_by_their_numbers() -> None:
    notes = (
        "<div class=footnotes><p><sup><a href=#r7>7</a></sup>Counted <em>by hand</em>.</p>"
        "<p>[8] In the fog.</p><p>Support us!</p></div>"
    )
    found = [b for b in read(*STORY, notes).blocks if isinstance(b, Footnote)]
    assert [(note.label, plain(note.spans)) for note in found] == [
        ("7", "Counted by hand."),
        ("8", "In the fog."),
    ]


def test_pictures_of_other_stories_stay_away() -> None:
    other = (
        '<div class="more"><h2>More stories</h2><figure><img src="/other.jpg"><figcaption>Another '
        "story altogether</figcaption></figure><p>Another story altogether begins here and has "
        "nothing to do with boats or lanterns or fog.</p></div>"
    )
    article = read(*STORY, after=other)
    assert not any(isinstance(b, Figure) and "other" in b.src for b in article.blocks)
    assert "Another story" not in article.text_with_captions


def test_a_correction_is_text_set_apart() -> None:
    said = "Correction: an earlier version of this story counted the boats three times."
    article = read(*STORY, f'<p class="correction">{said}</p>')
    (note,) = [b for b in article.blocks if isinstance(b, Paragraph) and b.role is Role.NOTE]
    assert plain(note.spans) == said
    assert said in article.text
