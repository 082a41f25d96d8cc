"""The worker process: it dies, hangs and is missing its model, and the next article is read."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator

import pytest

from tui.domain.blocks import Article, Paragraph, Span
from tui.domain.errors import RecogniseError
from tui.entities.worker import WorkerRecogniser
from tui.settings import EntitySettings

# Without models the worker answers at once: these tests are about the process.
BARE = EntitySettings(models={})
TEXT = "The minister said on Monday that the talks would go on."


@pytest.fixture
async def bare() -> AsyncIterator[WorkerRecogniser]:
    recogniser = WorkerRecogniser(BARE)
    yield recogniser
    await recogniser.close()


async def test_an_answer(bare: WorkerRecogniser) -> None:
    found = await bare.recognise_text(TEXT)
    assert found.missing.endswith("no model for English")


async def test_a_worker_that_dies_is_replaced(bare: WorkerRecogniser) -> None:
    await bare.recognise_text(TEXT)
    (pid,) = bare.pids
    os.kill(pid, signal.SIGKILL)
    with pytest.raises(RecogniseError, match="names could not be found: the worker process ended"):
        await bare.recognise_text(TEXT)
    assert (await bare.recognise_text(TEXT)).lang == "en"
    assert bare.pids != [pid]


async def test_a_worker_that_hangs_is_ended_and_replaced() -> None:
    recogniser = WorkerRecogniser(BARE, seconds=5)
    try:
        await recogniser.recognise_text(TEXT)
        (pid,) = recogniser.pids
        os.kill(pid, signal.SIGSTOP)
        with pytest.raises(RecogniseError, match="took longer than 5 s"):
            await recogniser.recognise_text(TEXT)
        assert (await recogniser.recognise_text(TEXT)).lang == "en"
        assert recogniser.pids != [pid]
    finally:
        await recogniser.close()


async def test_lone_surrogates_do_not_break_the_worker(bare: WorkerRecogniser) -> None:
    assert (await bare.recognise_text(TEXT + "\ud800")).lang == "en"


async def test_switched_off_starts_no_process() -> None:
    recogniser = WorkerRecogniser(EntitySettings(enabled=False))
    await recogniser.warm()
    found = await recogniser.recognise(Article("", blocks=(Paragraph((Span(TEXT),)),)))
    assert "switched off" in found.missing
    assert recogniser.pids == []


async def test_a_missing_model_is_no_error() -> None:
    recogniser = WorkerRecogniser(EntitySettings(models={"en": "no_such_model"}))
    try:
        await recogniser.warm()
        found = await recogniser.recognise_text(TEXT)
    finally:
        await recogniser.close()
    assert "no_such_model is not installed" in found.missing


@pytest.mark.model
async def test_an_article_with_the_real_model() -> None:
    recogniser = WorkerRecogniser(EntitySettings())
    try:
        await recogniser.warm()
        article = Article(
            "",
            title="Merkel in Paris",
            lang="en",
            blocks=(
                Paragraph(
                    (Span("Angela Merkel met Macron. "), Span("Merkel"), Span(" left Paris."))
                ),
            ),
        )
        found, again = await asyncio.gather(
            recogniser.recognise(article), recogniser.recognise(article)
        )
    finally:
        await recogniser.close()
    assert found == again
    merkel = found.entities[0]
    assert [article.text[m.start : m.end] for m in merkel.mentions] == ["Angela Merkel", "Merkel"]
