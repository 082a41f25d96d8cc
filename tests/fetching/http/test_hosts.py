"""Patience with hosts: rest until the time they said, a gap for a day, one at a time."""

import asyncio

import pytest

from tests.clock import Clock
from tests.fetching.http.conftest import Memory
from tui.domain.errors import TooMany
from tui.fetching.http.hosts import Hosts
from tui.turns import urgent


def too_many(seconds: float | None = None) -> TooMany:
    return TooMany("too often", status=429, retry_after=seconds)


class Slept:
    """Counts the seconds that were slept."""

    def __init__(self) -> None:
        self.gaps: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.gaps.append(seconds)


async def waits(hosts: Hosts, name: str = "a.example") -> float:
    """Seconds that `name` has to be left alone for."""
    try:
        async with hosts.turn(name):
            return 0.0
    except TooMany as error:
        assert error.reason == "waiting"
        assert error.retry_after is not None
        return error.retry_after


async def test_a_host_is_left_alone_until_it_said(memory: Memory, clock: Clock) -> None:
    hosts = Hosts(memory, clock, Slept())
    hosts.refused("a.example", too_many(600))
    assert await waits(hosts) == 600
    assert await waits(hosts, "b.example") == 0
    clock.pass_(seconds=599)
    assert await waits(Hosts(memory, clock, Slept())) == 1
    clock.pass_(seconds=1)
    assert await waits(hosts) == 0


async def test_without_a_time_it_doubles_and_never_exceeds_a_day(
    memory: Memory, clock: Clock
) -> None:
    hosts = Hosts(memory, clock, Slept())
    asked = []
    for _ in range(12):
        hosts.refused("a.example", too_many())
        asked.append(await waits(hosts))
    assert asked[:4] == [300, 600, 1200, 2400]
    assert asked[-1] == 24 * 3600


async def test_after_the_rest_requests_come_with_a_gap_for_a_day(
    memory: Memory, clock: Clock
) -> None:
    slept = Slept()
    hosts = Hosts(memory, clock, slept)
    for _ in range(3):
        hosts.refused("a.example", too_many(60))
    clock.pass_(seconds=61)
    await waits(hosts)
    assert slept.gaps == [4.0]
    with urgent():
        await waits(hosts)
    assert slept.gaps == [4.0], "a person who waits is not made to"
    clock.pass_(hours=24)
    await waits(hosts)
    assert slept.gaps == [4.0]


async def test_a_clock_that_was_set_back_locks_nobody_out(memory: Memory, clock: Clock) -> None:
    hosts = Hosts(memory, clock, Slept())
    hosts.refused("a.example", too_many(3600))
    clock.pass_(days=-300)
    assert await waits(hosts) == 0


@pytest.mark.parametrize("known", [{"until": "soon"}, {"until": 3}, {"until": "2026-03-03T00:00"}])
async def test_damaged_memory_is_no_memory(
    memory: Memory, clock: Clock, known: dict[str, object]
) -> None:
    memory.known["a.example"] = {**known, "strikes": "x", "since": None}
    assert await waits(Hosts(memory, clock, Slept())) == 0


async def test_one_at_a_time_and_urgent_ones_first(memory: Memory, clock: Clock) -> None:
    hosts = Hosts(memory, clock, Slept())
    order: list[str] = []

    async def visit(name: str) -> None:
        async with hosts.turn("a.example"):
            order.append(name)
            await asyncio.sleep(0)

    async def rush() -> None:
        with urgent():
            await visit("urgent")

    await asyncio.gather(visit("1"), visit("2"), visit("3"), rush())
    assert order == ["1", "urgent", "2", "3"]
