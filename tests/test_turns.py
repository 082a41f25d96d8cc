"""Turns: a semaphore whose urgent waiters go first, and that loses no turn to a cancellation."""

import asyncio

import pytest

from tui.turns import OneByOne, Turns, is_urgent, urgent


async def work(turns: Turns, name: str, order: list[str]) -> None:
    async with turns:
        order.append(name)
        await asyncio.sleep(0)


async def rush(turns: Turns, name: str, order: list[str]) -> None:
    with urgent():
        await work(turns, name, order)


async def test_urgent_ones_overtake_and_both_rows_keep_their_order() -> None:
    turns, order = Turns(1), list[str]()
    await asyncio.gather(
        *(work(turns, f"p{n}", order) for n in range(3)),
        *(rush(turns, f"u{n}", order) for n in range(2)),
    )
    assert order == ["p0", "u0", "u1", "p1", "p2"]


async def test_no_more_than_its_size_at_once() -> None:
    turns, inside, most = Turns(3), 0, 0

    async def count() -> None:
        nonlocal inside, most
        async with turns:
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0)
            inside -= 1

    await asyncio.gather(*(count() for _ in range(10)))
    assert (most, inside, turns.idle) == (3, 0, True)


async def test_urgency_travels_to_tasks_that_are_started_inside() -> None:
    async def ask() -> bool:
        return is_urgent()

    with urgent():
        task = asyncio.create_task(ask())
    assert not is_urgent()
    assert await task


@pytest.mark.parametrize("when", ["while it waits", "as its turn comes"])
async def test_a_waiter_that_is_cancelled_takes_no_turn_with_it(when: str) -> None:
    turns, order = Turns(1), list[str]()
    async with turns:
        waiting = asyncio.create_task(work(turns, "cancelled", order))
        await asyncio.sleep(0)
        if when == "while it waits":
            waiting.cancel()
            await asyncio.gather(waiting, return_exceptions=True)
    # Here the turn is handed over, and the waiter has not run yet.
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    async with asyncio.timeout(5):
        await work(turns, "next", order)
    assert order == ["next"]
    assert turns.idle


async def test_an_error_inside_gives_the_turn_back() -> None:
    turns = Turns(1)
    with pytest.raises(ValueError, match="x"):
        async with turns:
            raise ValueError("x")
    async with asyncio.timeout(5), turns:
        """Free again."""


async def test_who_has_the_same_key_waits_and_others_do_not() -> None:
    lines, order = OneByOne(), list[str]()

    async def use(key: str, name: str) -> None:
        async with lines.turn(key):
            order.append(name)
            await asyncio.sleep(0)
            order.append(name)

    await asyncio.gather(use("a", "a1"), use("a", "a2"), use("b", "b1"))
    assert order == ["a1", "b1", "a1", "b1", "a2", "a2"]


async def test_keys_are_forgotten_also_after_a_cancellation() -> None:
    lines = OneByOne()

    async def hold() -> None:
        async with lines.turn("a"):
            await asyncio.sleep(60)

    tasks = [asyncio.ensure_future(hold()) for _ in range(3)]
    await asyncio.sleep(0)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert vars(lines) == vars(OneByOne())
