"""Small pages for the tests of this room."""

from tui.cleaning.decode import parse
from tui.cleaning.layout import lay_out
from tui.domain.blocks import Block

SENTENCE = (
    "The council met on Tuesday, and after a long debate it agreed to repair the bridge, "
    "which has been closed to traffic since the flood of last winter."
)


def prose(count: int = 6) -> str:
    """`count` paragraphs of a story, all different."""
    return "".join(f"<p>Paragraph {number}. {SENTENCE}</p>" for number in range(count))


def page(body: str, *, head: str = "", lang: str = "en") -> bytes:
    """A whole page."""
    return (
        f"<!doctype html><html lang='{lang}'><head><meta charset='utf-8'><title>Bridge to be "
        f"repaired | Daily News</title>{head}</head><body>{body}</body></html>"
    ).encode()


def blocks(markup: str, base: str = "https://example.org/a/") -> list[Block]:
    """The blocks of a piece of markup, without any step."""
    root = parse(markup)
    assert root is not None
    return lay_out(root, base)
