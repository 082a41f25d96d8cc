"""Stories that a site cuts into pages."""

from datetime import UTC, datetime

from tui.domain.blocks import Article, Figure, Heading, Paragraph, Span, Status
from tui.domain.pages import MOST_PAGES, following, join


def part(number: int, *texts: str, after: str | None = None) -> Article:
    url = f"https://example.org/story?page={number}"
    following_url = f"https://example.org/story?page={number + 1}" if after is None else after
    blocks = tuple(Paragraph((Span(text),)) for text in texts)
    return Article(url, "Story", blocks, next_page=following_url)


def test_the_next_page_is_followed_on_this_host_only() -> None:
    assert following([part(1, "a")]) == "https://example.org/story?page=2"
    assert following([part(1, "a", after="https://else.org/2")]) == ""
    assert following([part(1, "a", after="")]) == ""
    assert following([]) == ""


def test_no_page_twice_and_not_for_ever() -> None:
    first = part(1, "a")
    assert following([first, part(2, "b", after=first.url)]) == ""
    assert following([part(n, "a") for n in range(MOST_PAGES)]) == ""
    assert following([first, part(2)]) == ""  # a page without text ends the story


def test_what_every_page_repeats_stays_once() -> None:
    top = (Heading((Span("Story"),)), Figure("https://example.org/p.png"))
    one, two = part(1, "a", "a"), part(2, "b", "a", after="")
    pages = [Article(p.url, blocks=top + p.blocks, next_page=p.next_page) for p in (one, two)]
    joined = join(pages)
    assert joined.text == "Story\n\na\n\na\n\nb"
    assert sum(isinstance(block, Figure) for block in joined.blocks) == 1
    assert joined.next_page == ""
    assert joined.status is Status.FULL


def test_an_unfinished_story_says_so_and_the_latest_change_counts() -> None:
    later = datetime(2022, 5, 4, tzinfo=UTC)
    second = part(2, "b")
    pages = [
        part(1, "a"),
        Article(second.url, blocks=second.blocks, next_page=second.next_page, modified=later),
    ]
    joined = join(pages)
    assert (joined.status, joined.status_why) == (Status.TEASER, "2 pages are here")
    assert joined.next_page == second.next_page
    assert joined.modified == later
