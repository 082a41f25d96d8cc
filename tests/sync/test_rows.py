"""Jobs by host: so many hosts at once, two jobs each, all done, none after a cancellation."""

import asyncio
from collections import Counter
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.domain.errors import BrokenBody, FetchError, Refused, Unreachable
from tui.sync.reach import Reach, doubtful
from tui.sync.rows import Rows


@given(st.lists(st.integers(0, 6), max_size=30), st.integers(1, 4))
def test_all_jobs_run_within_the_bounds(hosts: list[int], most: int) -> None:
    busy: Counter[str] = Counter()
    seen: list[tuple[str, int]] = []
    peaks = {"hosts": 0, "jobs": 0}

    async def job(host: str, number: int) -> None:
        busy[host] += 1
        peaks["hosts"] = max(peaks["hosts"], sum(count > 0 for count in busy.values()))
        peaks["jobs"] = max(peaks["jobs"], busy[host])
        await asyncio.sleep(0)
        seen.append((host, number))
        busy[host] -= 1

    async def run() -> None:
        rows = Rows(most)
        for number, host in enumerate(hosts):
            rows.add(str(host), partial(job, str(host), number))
        assert rows.waiting == len(hosts)
        await rows.run()
        assert rows.waiting == 0

    asyncio.run(run())
    assert sorted(seen, key=lambda pair: pair[1]) == [(str(h), n) for n, h in enumerate(hosts)]
    assert peaks["hosts"] <= most
    assert peaks["jobs"] <= 2


async def test_jobs_can_add_jobs() -> None:
    rows, seen = Rows(2), list[str]()

    async def job(name: str) -> None:
        seen.append(name)
        if len(name) < 3:
            rows.add("a", partial(job, name + "a"))
            rows.add("b", partial(job, name + "b"))

    rows.add("a", partial(job, "x"))
    await rows.run()
    assert sorted(seen) == ["x", "xa", "xaa", "xab", "xb", "xba", "xbb"]


async def test_dropped_jobs_do_not_begin_and_running_ones_end() -> None:
    rows, seen = Rows(1), list[int]()

    async def job(number: int) -> None:
        rows.drop()
        await asyncio.sleep(0)
        seen.append(number)

    for number in range(5):
        rows.add("a", partial(job, number))
    await rows.run()
    assert seen == [0, 1]


async def test_cancelling_cancels_what_runs() -> None:
    rows, ended = Rows(2), list[str]()

    async def job() -> None:
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            ended.append("cancelled")
            raise

    rows.add("a", job)
    rows.add("b", job)
    task = asyncio.ensure_future(rows.run())
    await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert ended == ["cancelled", "cancelled"]


def failure(reason: str) -> FetchError:
    return Unreachable("x", reason=reason)


@pytest.mark.parametrize(
    ("hosts", "failures", "cut"),
    [
        (1, ["network"], True),
        (1, ["name"], False),
        (2, ["refused", "name"], False),
        (3, ["refused", "name", "timeout"], True),
        (9, ["network", "network"], False),
        (9, ["network", "network", "network"], True),
        (9, ["refused"] * 8, False),
        (9, ["refused"] * 9, True),
        (0, [], False),
    ],
)
def test_when_it_is_us(hosts: int, failures: list[str], cut: bool) -> None:
    reach = Reach(hosts)
    for number, reason in enumerate(failures):
        reach.note(f"host{number}", failure(reason))
    assert reach.cut is cut


@pytest.mark.parametrize(
    "answer", [None, Refused("x", status=500), BrokenBody("x"), failure("certificate")]
)
def test_any_answer_proves_the_network(answer: FetchError | None) -> None:
    reach = Reach(2)
    reach.note("a", failure("network"))
    reach.note("a", failure("network"))
    reach.note("b", answer)
    assert reach.answered
    assert not reach.cut


def test_what_was_not_sent_proves_nothing() -> None:
    reach = Reach(3)
    for reason in ("offline", "waiting"):
        reach.note("a", failure(reason))
    assert not reach.answered
    assert not doubtful(failure("waiting"))
    assert doubtful(failure("timeout"))
    assert not doubtful(None)
