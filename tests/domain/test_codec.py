"""JSON there and back changes nothing."""

from hypothesis import given

from tests.domain import strategies
from tui.domain import codec
from tui.domain.blocks import Article
from tui.domain.naming import Recognition


@given(strategies.article)
def test_articles_come_back_equal(article: Article) -> None:
    data = codec.dump(codec.article_to_value(article))
    assert codec.article_from_value(codec.load(data)) == article


@given(strategies.recognition)
def test_recognitions_come_back_equal(found: Recognition) -> None:
    data = codec.dump(codec.recognition_to_value(found))
    assert codec.recognition_from_value(codec.load(data)) == found


def test_blocks_of_a_later_version_are_skipped() -> None:
    value = codec.article_to_value(Article("https://example.org/"))
    value["blocks"] = [{"kind": "hologram"}, {"kind": "rule"}]
    assert len(codec.article_from_value(value).blocks) == 1
