"""What is embedded: <embed> has no inside, whatever libxml2 thinks, and a quote may be a post."""

import pytest

from tui.cleaning.decode import parse
from tui.cleaning.layout import lay_out
from tui.domain.blocks import Embed, Quote, block_text


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


@pytest.mark.parametrize(("name", "kind"), [("social-post", Embed), ("big-quote", Quote)])
def test_a_quote_that_calls_itself_a_post_is_one(name: str, kind: type) -> None:
    root = parse(
        f"<blockquote class={name}><p>Hello.</p><a href=https://example.org/1>x</a></blockquote>"
    )
    assert root is not None
    assert [type(block) for block in lay_out(root)] == [kind]
