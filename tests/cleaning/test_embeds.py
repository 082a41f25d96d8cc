"""<embed> has no inside, whatever libxml2 thinks."""

from tui.cleaning.decode import parse
from tui.cleaning.layout import lay_out
from tui.domain.blocks import Embed, block_text


def test_what_follows_an_embed_is_kept() -> None:
    root = parse(
        "<body><p>Before <embed src='https://video.example/1'> after <b>it</b></p><p>More</p></body>"
    )
    assert root is not None
    blocks = lay_out(root)
    assert [block_text(block) for block in blocks if block_text(block)] == [
        "Before",
        "after it",
        "More",
    ]
    assert [block.url for block in blocks if isinstance(block, Embed)] == [
        "https://video.example/1"
    ]
