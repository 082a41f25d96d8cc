"""Worker processes: a failing job costs its own result and nothing else."""

import asyncio
import os
from collections.abc import AsyncIterator

import pytest

from tui.domain.errors import WorkerDied, WorkerRaised, WorkerTimeout
from tui.workers import Pool


@pytest.fixture
async def pool() -> AsyncIterator[Pool]:
    pool = Pool("tests.worker_jobs:work", seconds=20, megabytes=200)
    yield pool
    await pool.close()


async def echo(pool: Pool) -> int:
    reply, body = await pool.call({"do": "echo", "text": "ä"}, b"abc")
    assert reply["said"] == "ä"
    assert body == b"cba"
    return int(reply["pid"])


async def test_calls_share_one_process(pool: Pool) -> None:
    assert await echo(pool) == await echo(pool) != os.getpid()


async def test_a_job_that_raises_is_told_and_the_process_stays(pool: Pool) -> None:
    pid = await echo(pool)
    with pytest.raises(WorkerRaised, match="no good") as caught:
        await pool.call({"do": "raise"})
    assert caught.value.kind == "ValueError"
    assert await echo(pool) == pid


@pytest.mark.parametrize(("job", "error"), [("die", WorkerDied), ("hang", WorkerTimeout)])
async def test_a_lost_process_is_replaced(pool: Pool, job: str, error: type[Exception]) -> None:
    pid = await echo(pool)
    with pytest.raises(error):
        await pool.call({"do": job}, seconds=0.2 if job == "hang" else None)
    assert await echo(pool) != pid
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


async def test_memory_is_limited(pool: Pool) -> None:
    reply, _ = await pool.call({"do": "grow", "bytes": 10 << 20})
    assert reply["grew"] == 10 << 20
    with pytest.raises(WorkerRaised) as caught:
        await pool.call({"do": "grow", "bytes": 400 << 20})
    assert caught.value.kind == "MemoryError"


async def test_prints_of_a_job_do_not_break_the_frames(pool: Pool) -> None:
    await pool.call({"do": "print"})
    await echo(pool)


async def test_a_cancelled_call_ends_its_process(pool: Pool) -> None:
    await echo(pool)
    task = asyncio.create_task(pool.call({"do": "hang"}))
    while not pool._busy:
        await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert pool.pids == []
    await echo(pool)


async def test_two_processes_work_at_once() -> None:
    pool = Pool("tests.worker_jobs:work", size=2)
    try:
        first, second = await asyncio.gather(echo(pool), echo(pool))
        assert first != second
    finally:
        await pool.close()


async def test_the_end_of_a_process_is_heard_by_who_waits_for_it(
    caplog: pytest.LogCaptureFixture,
) -> None:
    # Somebody else who asks after a killed process can take its end away; one try in ten does.
    for _ in range(20):
        pool = Pool("tests.worker_jobs:work", seconds=20, megabytes=200)
        await pool.warm()
        await pool.close()
    assert not caplog.records
