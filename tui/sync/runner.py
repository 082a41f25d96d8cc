"""Rounds of fetching for one library.

    runner = Runner(pipeline, settings.sync, lock=paths.sync_lock, emit=print)
    finished = await runner.run(Wish())

Only one process of a user does this at a time (`lock`). Cancelling keeps what is done.
"""

import asyncio
from collections.abc import Awaitable
from pathlib import Path

from tui.domain.errors import FetchError
from tui.domain.events import SyncFinished, Trouble
from tui.domain.ports import Clock
from tui.domain.text import clean_line
from tui.pipeline import Pipeline
from tui.settings import SyncSettings
from tui.sync.lock import only_sync
from tui.sync.pictures import Pictures
from tui.sync.reading import Emit, now
from tui.sync.round import Round, Wish
from tui.sync.servers import Sharing


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
        sharing: Sharing | None = None,
        clock: Clock = now,
    ) -> None:
        self._pipeline, self._settings, self._lock = pipeline, settings, lock
        self._emit, self._clock = emit, clock
        self._pictures = pictures if settings.images else None
        self._sharing = sharing
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
            self._work = asyncio.ensure_future(self._share(round_))
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

    async def _share(self, round_: Round) -> SyncFinished:
        """The round, between the two talks with a server, then what the library asks for. A server
        that can't be talked to costs neither, and is said once."""
        talks = self._sharing is not None and await self._talk(self._share_feeds(self._sharing))
        finished = await round_.run()
        if self._sharing is not None and talks:
            await self._talk(self._sharing.after())
        for trouble in await asyncio.to_thread(self._pipeline.store.upkeep):
            self._emit(Trouble(trouble))
        return finished

    async def _share_feeds(self, sharing: Sharing) -> None:
        for trouble in await sharing.before():
            self._emit(Trouble(f"Server: {trouble}"))

    async def _talk(self, talk: Awaitable[object]) -> bool:
        try:
            await talk
        except FetchError as error:
            said = clean_line(str(error)).rstrip(".")
            self._emit(Trouble(f"Server: {said}.", "What changed here is sent with the next sync."))
            return False
        return True

    def cancel(self) -> None:
        """End the running round, keeping what is done."""
        if self._work is not None:
            self._work.cancel()
