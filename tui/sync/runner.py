"""Rounds of fetching for one library.

    runner = Runner(pipeline, settings.sync, lock=paths.sync_lock, emit=print)
    finished = await runner.run(Wish())

Only one process of a user does this at a time (`lock`). Cancelling keeps what is done.
"""

import asyncio
from pathlib import Path

from tui.domain.events import SyncFinished
from tui.domain.ports import Clock
from tui.pipeline import Pipeline
from tui.settings import SyncSettings
from tui.sync.lock import only_sync
from tui.sync.pictures import Pictures
from tui.sync.reading import Emit, now
from tui.sync.round import Round, Wish


class Runner:
    """Rounds for one library, one at a time."""

    def __init__(
        self,
        pipeline: Pipeline,
        settings: SyncSettings,
        *,
        lock: Path,
        emit: Emit,
        pictures: Pictures | None = None,
        clock: Clock = now,
    ) -> None:
        self._pipeline, self._settings, self._lock = pipeline, settings, lock
        self._emit, self._clock = emit, clock
        self._pictures = pictures if settings.images else None
        self._work: asyncio.Task[SyncFinished] | None = None

    @property
    def running(self) -> bool:
        """True while a round runs here."""
        return self._work is not None

    async def run(self, wish: Wish) -> SyncFinished:
        """One round. Raises SyncRunning (with the holder's pid) and LibraryError."""
        with only_sync(self._lock):
            round_ = Round(
                self._pipeline,
                self._settings,
                wish,
                self._emit,
                clock=self._clock,
                pictures=self._pictures,
            )
            self._work = asyncio.ensure_future(round_.run())
            try:
                return await self._work
            except asyncio.CancelledError:
                if asyncio.current_task().cancelling():  # type: ignore[union-attr]
                    self._work.cancel()
                    await asyncio.gather(self._work, return_exceptions=True)
                    raise
                return round_.finish(cancelled=True)
            finally:
                self._work = None

    def cancel(self) -> None:
        """End the running round, keeping what is done."""
        if self._work is not None:
            self._work.cancel()
