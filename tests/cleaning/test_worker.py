"""The port, through real worker processes: a bad page costs itself and nothing else."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cleaning.pages import page, prose
from tui.cleaning.worker import WorkerCleaner
from tui.domain.blocks import Source, Status
from tui.domain.feeds import Entry, Page
from tui.settings import CleaningSettings, Duration

NOW = datetime(2022, 5, 3, tzinfo=UTC)


@pytest.fixture
async def cleaner(tmp_path: Path) -> AsyncIterator[WorkerCleaner]:
    worker = WorkerCleaner(CleaningSettings(), tmp_path)
    yield worker
    await worker.close()


def fetched(body: str, **headers: str) -> Page:
    return Page("https://example.org/a", page(body), headers=headers, fetched=NOW)


async def test_pages_feeds_and_the_choice(cleaner: WorkerCleaner) -> None:
    story = fetched(f"<article>{prose(8)}</article>")
    article = await cleaner.clean(story)
    assert (article.source, article.fetched) == (Source.PAGE, NOW)
    assert "Paragraph 7" in article.text

    entry = Entry(1, 1, "k", url="https://example.org/a", title="T", content=prose(20))
    assert (await cleaner.clean(story, entry)).source is Source.FEED
    assert (await cleaner.clean(story, entry, Source.PAGE)).source is Source.PAGE
    assert (await cleaner.clean(None, entry)).title == "T"
    short = Entry(1, 1, "k", summary="<p>Soon.</p>")
    assert (await cleaner.clean(story, short)).source is Source.PAGE
    assert (await cleaner.clean(story, short, Source.FEED)).text == "Soon."


async def test_the_header_names_the_encoding(cleaner: WorkerCleaner) -> None:
    body = "<p>Мост закрыт.</p>".encode("windows-1251")
    header = {"content-type": "text/html; charset=windows-1251"}
    article = await cleaner.clean(Page("https://example.org/a", body, headers=header))
    assert article.text == "Мост закрыт."


async def test_a_page_that_takes_too_long_comes_back_as_text(tmp_path: Path) -> None:
    # Too short a time for any page: what counts is that its text is there in the end.
    impatient = WorkerCleaner(CleaningSettings(seconds=Duration(0)), tmp_path)
    impatient._pool.seconds = 0.001
    try:
        article = await impatient.clean(fetched(f"<article>{prose(8)}</article>"))
    finally:
        await impatient.close()
    assert article.status is Status.COMPLEX
    assert "took longer" in article.status_why
    assert "Paragraph 7" in article.text


async def test_the_users_rules_are_used(tmp_path: Path) -> None:
    (tmp_path / "example.org.toml").write_text('title = "h2"')
    worker = WorkerCleaner(CleaningSettings(), tmp_path)
    try:
        article = await worker.clean(fetched(f"<h2>By rule</h2><article>{prose(8)}</article>"))
    finally:
        await worker.close()
    assert article.title == "By rule"
