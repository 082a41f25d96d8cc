"""A fetcher, its memory, and a clock that only moves when a test says so."""

import contextlib
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from tests.clock import Clock
from tui.fetching.http.client import HttpFetcher
from tui.settings import Duration, HttpSettings, Size


class Memory:
    """Host memory that outlives a fetcher."""

    def __init__(self) -> None:
        self.known: dict[str, dict[str, object]] = {}

    def host(self, name: str) -> dict[str, object]:
        return self.known.get(name, {})

    def save_host(self, name: str, known: dict[str, object]) -> None:
        self.known[name] = known


@pytest.fixture
def memory() -> Memory:
    return Memory()


@pytest.fixture
def clock() -> Clock:
    return Clock()


Make = Callable[..., HttpFetcher]


@pytest.fixture
async def make(memory: Memory, clock: Clock) -> AsyncIterator[Make]:
    """Makes fetchers, and closes them."""
    async with contextlib.AsyncExitStack() as stack:

        def one(**wishes: Any) -> HttpFetcher:
            feeds = wishes.pop("feeds", {})
            offline = wishes.pop("offline", False)
            sleep = wishes.pop("sleep", None)
            more = {"sleep": sleep} if sleep else {}
            settings = HttpSettings(**{"timeout": Duration(5), "limit": Size(1_000_000), **wishes})
            fetcher = HttpFetcher(
                settings, feeds, memory, subscribers=3, offline=offline, clock=clock, **more
            )
            stack.push_async_callback(fetcher.close)
            return fetcher

        yield one


@pytest.fixture
def fetcher(make: Make) -> HttpFetcher:
    return make()
