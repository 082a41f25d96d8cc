"""What a fetched page tells of itself."""

import pytest

from tui.domain.feeds import Page, Validators


def test_validators_are_what_the_next_request_sends() -> None:
    headers = {"etag": 'W/"1"', "last-modified": "Wed, 25 Nov 2026 12:00:00 GMT"}
    page = Page("https://example.org/feed", b"", headers=headers)
    assert page.validators == Validators('W/"1"', "Wed, 25 Nov 2026 12:00:00 GMT")
    assert Page("https://example.org/feed", b"").validators == Validators("", "")


@pytest.mark.parametrize(
    ("header", "media"),
    [("Text/HTML; charset=utf-8", "text/html"), (" application/rss+xml ", "application/rss+xml")],
)
def test_the_media_type_is_without_parameters(header: str, media: str) -> None:
    page = Page("https://example.org/", b"", headers={"content-type": header})
    assert page.content_type == media
    assert Page("https://example.org/", b"").content_type == ""
