"""The feed's own text, and when it is better than the page."""

from tests.cleaning.pages import SENTENCE, prose
from tui.cleaning.feed import FeedText, better, extract_feed, with_facts
from tui.domain.blocks import Article, Paragraph, Source, Span, Status


def page(words: int, status: Status = Status.FULL) -> Article:
    return Article(
        "https://example.org/a", blocks=(Paragraph((Span("word " * words),)),), status=status
    )


def test_the_longer_of_content_and_summary_is_read() -> None:
    entry = FeedText("https://example.org/a", "T", "Ann", None, "<p>Short.</p>", prose(5))
    found = extract_feed(entry)
    assert found.source is Source.FEED
    assert found.status is Status.FULL
    assert "Paragraph 4" in found.text
    assert found.bylines == ("Ann",)


def test_plain_text_is_a_paragraph() -> None:
    assert extract_feed(FeedText(summary="Just a line & more")).text == "Just a line & more"


def test_a_summary_is_a_teaser() -> None:
    assert extract_feed(FeedText(summary=f"<p>{SENTENCE}</p>")).status is Status.TEASER
    cut = extract_feed(FeedText(content=prose(5) + "<p>And so […]</p>"))
    assert (cut.status, cut.status_why) == (Status.TEASER, "the feed breaks off")


def test_an_empty_entry_is_an_empty_article() -> None:
    assert extract_feed(FeedText()).blocks == ()


def test_when_the_feed_is_better() -> None:
    full = extract_feed(FeedText(content=prose(8)))
    summary = extract_feed(FeedText(summary=f"<p>{SENTENCE}</p>"))
    assert better(None, summary)
    assert better(page(50), full)
    assert better(page(150, Status.PAYWALL), full)
    assert better(page(0, Status.CHALLENGE), summary)
    assert not better(page(250), full)
    assert not better(page(5), summary)
    assert not better(page(50, Status.CONSENT), extract_feed(FeedText()))


def test_the_facts_of_the_page_stay() -> None:
    known = Article("https://example.org/a", title="Page", lang="en", status=Status.PAYWALL)
    summary = extract_feed(FeedText(title="Feed", summary=f"<p>{SENTENCE}</p>"))
    found = with_facts(summary, known)
    assert (found.title, found.lang, found.source) == ("Feed", "en", Source.FEED)
    assert found.status is Status.PAYWALL  # a summary does not open the wall
    assert with_facts(extract_feed(FeedText(content=prose(8))), known).status is Status.FULL
