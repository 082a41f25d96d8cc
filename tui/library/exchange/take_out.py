"""Entries of the library on their way out: an edition, entry by entry."""

from collections.abc import Iterator

from tui.domain.blocks import Article, Figure
from tui.domain.editions import Edition, Reading
from tui.domain.ports import Library

_WINDOW = 200  # rows asked for at once


def readings(library: Library, edition: Edition) -> Iterator[Reading]:
    """Every entry of `edition`, in its order, with what is here of it.

    The ids are asked for first, so that what changes meanwhile neither repeats nor skips entries.
    """
    ids: list[int] = []
    while rows := library.window(edition, len(ids), _WINDOW).headlines:
        ids += [row.id for row in rows]
    for number in ids:
        if reading := library.reading(number):
            yield reading


def picture_addresses(article: Article) -> Iterator[str]:
    """The addresses of the pictures of `article`, the leading one first, each once."""
    inside = (block.src for block in article.blocks if isinstance(block, Figure))
    yield from dict.fromkeys(filter(None, (article.lead_image, *inside)))
