"""What may take longer than a frame runs here, in threads; what follows runs in the event loop.

Changes of the library have one thread of their own, so that they happen in the order of the keys.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import Any, TypeVar

T = TypeVar("T")
_READERS = 2


class Background:
    """Threads for one app. `fail` is told of errors; nothing is told once `alive` says no."""

    def __init__(self, fail: Callable[[BaseException], None], alive: Callable[[], bool]) -> None:
        self._fail, self._alive = fail, alive
        self._writer = ThreadPoolExecutor(1, "library-writer")
        self._readers = ThreadPoolExecutor(_READERS, "library-reader")
        self._waiting: set[asyncio.Future[Any]] = set()

    def work(self, task: Callable[[], T], then: Callable[[T], None] | None = None) -> None:
        """Run a change, after all changes before it; then go on here."""
        self._submit(self._writer, task, then)

    def read(
        self,
        task: Callable[[], T],
        then: Callable[[T], None],
        after: Callable[[], None] | None = None,
    ) -> None:
        """Run a question; then go on here. `after` follows in any case, also when it failed."""
        self._submit(self._readers, task, then, after)

    def _submit(
        self,
        pool: ThreadPoolExecutor,
        task: Callable[[], T],
        then: Callable[[T], None] | None,
        after: Callable[[], None] | None = None,
    ) -> None:
        # With the context of the app: widgets find it there, also when they are gone already.
        waiting = asyncio.wrap_future(pool.submit(copy_context().run, task))
        self._waiting.add(waiting)

        def done(result: "asyncio.Future[T]") -> None:
            self._waiting.discard(waiting)
            if result.cancelled() or not self._alive():
                return
            try:
                if (error := result.exception()) is not None:
                    self._fail(error)
                elif then is not None:
                    then(result.result())
            finally:
                if after is not None:
                    after()

        waiting.add_done_callback(done)

    async def idle(self) -> None:
        """Until nothing runs."""
        while self._waiting:
            await asyncio.wait(set(self._waiting))

    async def close(self) -> None:
        """Let changes reach the disk; questions are dropped."""
        self._readers.shutdown(wait=False, cancel_futures=True)
        await asyncio.to_thread(self._writer.shutdown, wait=True)
