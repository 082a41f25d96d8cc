"""A standfirst above the story is shown once."""

from tui.cleaning.extract import extract_page
from tui.domain.blocks import Paragraph, Role, plain

STANDFIRST = "After a night of talks, ministers sign a treaty that nobody expected to be about fog."
STORY = "".join(
    f"<p>Part {n}. The harbour master walked to the end of the pier with a lantern, and counted "
    "the boats that had come home before the fog; he counted them twice, to be sure.</p>"
    for n in range(6)
)


def test_a_standfirst_is_a_dek_and_stands_once() -> None:
    page = (
        f"<html lang=en><head><title>Lights stay lit</title><meta name=description "
        f'content="{STANDFIRST}"></head><body><article><h1>Lights stay lit</h1>'
        f'<p class="standfirst">{STANDFIRST}</p>{STORY}</article></body></html>'
    ).encode()
    article = extract_page(page, url="https://example.org/lights")
    deks = [
        plain(b.spans)
        for b in article.blocks
        if isinstance(b, Paragraph) and plain(b.spans) == STANDFIRST
    ]
    assert deks == [STANDFIRST]
    assert next(b.role for b in article.blocks if isinstance(b, Paragraph)) is Role.DEK
