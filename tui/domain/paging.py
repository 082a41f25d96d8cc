"""Articles that their site spreads over several pages, put together again."""

from collections.abc import Sequence
from dataclasses import replace

from tui.domain.blocks import Article, Block, Figure, Paragraph, block_text, plain

MOST_PAGES = 10
"""More pages than this are a gallery or a forum, not one story."""


def join_pages(pages: Sequence[Article]) -> Article:
    """One article from `pages` in order; what the first says of itself counts.

    Blocks that each page repeats (the dek, the lead picture, the author's note) stay once.
    Raises ValueError without pages.
    """
    if not pages:
        raise ValueError("no pages")
    seen: set[str] = set()
    blocks: list[Block] = []
    for page in pages:
        for block in page.blocks:
            name = _name(block)
            if name and name in seen and page is not pages[0]:
                continue
            seen.add(name)
            blocks.append(block)
    return replace(pages[0], blocks=tuple(blocks), next_page=pages[-1].next_page)


def _name(block: Block) -> str:
    """What a repeated block is known by; "" for those that may well stand twice."""
    if isinstance(block, Figure):
        return f"figure {block.src}"
    # A dek has no text of the story, and is what is repeated most.
    text = plain(block.spans) if isinstance(block, Paragraph) else block_text(block)
    return f"{type(block).__name__} {text}" if len(text) > 1 else ""
