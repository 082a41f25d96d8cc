"""Articles that a site cuts into several pages, put together again.

pages = [first]
while (url := following(pages)):          # "" when that was the last
    pages.append(await cleaner.clean(await fetcher.page(url)))
article = join(pages)
"""

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from tui.domain.blocks import Article, Block, Figure, Heading, Paragraph, Status, block_text
from tui.domain.urls import canonical_url

MOST_PAGES = 10


def following(pages: Sequence[Article]) -> str:
    """The address of the page after `pages`, or "": on another host, seen already, or too many."""
    if not pages or len(pages) >= MOST_PAGES:
        return ""
    url = pages[-1].next_page
    if not url or urlsplit(url).hostname != urlsplit(pages[0].url).hostname:
        return ""
    seen = {canonical_url(page.url) for page in pages}
    return "" if canonical_url(url) in seen or not block_texts(pages[-1]) else url


def block_texts(article: Article) -> set[str]:
    """The body texts of an article's blocks."""
    return {text for block in article.blocks if (text := block_text(block))}


def join(pages: Sequence[Article]) -> Article:
    """One article of all `pages`, with the facts of the first. What every page repeats stays once.

    `next_page` is left where it is unfinished, and then the status is TEASER.
    """
    first, seen = pages[0], set()
    blocks: list[Block] = []
    for page in pages:
        fresh = [block for block in page.blocks if (key := _key(block)) is None or key not in seen]
        seen |= {key for block in page.blocks if (key := _key(block)) is not None}
        blocks.extend(fresh)
    rest = following(pages[-1:]) if len(pages) > 1 else ""
    modified = max((p.modified for p in pages if p.modified), default=None)
    joined = replace(first, blocks=tuple(blocks), next_page=rest, modified=modified)
    if rest and joined.status is Status.FULL:
        return replace(joined, status=Status.TEASER, status_why=f"{len(pages)} pages are here")
    return joined


def _key(block: Block) -> str | None:
    """What makes a block the same on two pages; None for blocks that may stand twice."""
    match block:
        case Heading() | Paragraph():
            return block_text(block) or repr(block)
        case Figure(src=src):
            return src or repr(block)
        case _:
            return None
