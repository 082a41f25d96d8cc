"""The screens' end of the engine: `EngineClient` starts it when it is first needed, and again when
it dies. Nothing here blocks, and nothing heavy is imported: this runs in the reader's process.
"""

import asyncio
import contextlib
import json
import subprocess
import sys
from collections import deque
from collections.abc import AsyncIterator, Iterable, Sequence
from pathlib import Path
from typing import IO

from tui.domain.blocks import Source
from tui.domain.events import (
    ArticleFailed,
    ArticleReady,
    Event,
    SyncFinished,
    SyncStarted,
    Trouble,
    from_json,
)
from tui.paths import find, make

# An engine that was told to end and has not after this many seconds is ended.
_PATIENCE = 1.0
# An engine that dies so often without having told anything is not started again by itself.
_MOST_DEATHS = 3
_LONGEST_LINE = 1 << 20


class EngineClient:
    """Implements ports.SyncPort. `log` gets what the engine says in despair (None: the user's log)."""

    def __init__(
        self,
        *,
        offline: bool = False,
        log: Path | None = None,
        command: Sequence[str] = (sys.executable, "-m", "tui", "engine"),
    ) -> None:
        self._command, self._log, self._offline = list(command), log or find().log, offline
        self._outbox: deque[bytes] = deque()
        self._filled = asyncio.Event()
        self._ears: list[asyncio.Queue[Event | None]] = []
        self._process: asyncio.subprocess.Process | None = None
        self._life: asyncio.Task[None] | None = None
        self._waiting: set[int] = set()
        self._syncing = False
        self._deaths = 0
        self._closed = False

    @property
    def pid(self) -> int | None:
        """The engine's process, if it runs."""
        return self._process.pid if self._process is not None else None

    async def events(self) -> AsyncIterator[Event]:
        """What happens, from now on; ends with `close`."""
        ear: asyncio.Queue[Event | None] = asyncio.Queue()
        self._ears.append(ear)
        if self._outbox:
            self._start()
        try:
            while (event := await ear.get()) is not None:
                yield event
        finally:
            self._ears.remove(ear)

    def sync(self, feeds: Iterable[int] = (), *, force: bool = False) -> None:
        """Begin a round: all that is due, or these feeds now."""
        self._send("sync", feeds=list(feeds), force=force)

    def fetch(self, entry: int, source: Source | None = None) -> None:
        """Fetch and clean one entry now."""
        self._waiting.add(entry)
        self._send("fetch", entry=entry, source=source.value if source else None)

    def pack(self, **wishes: str) -> None:
        """Make ready for a time offline."""
        self._send("pack", wishes=wishes)

    def add(self, url: str, folder: str = "") -> None:
        """Subscribe to what is at `url`."""
        self._send("add", url=url, folder=folder)

    def images(self, entry: int) -> None:
        """Fetch the pictures of an entry."""
        self._send("images", entry=entry)

    def cancel(self) -> None:
        """Stop the running round or pack."""
        if self._process is not None:
            self._send("cancel")

    def set_offline(self, offline: bool) -> None:
        """Stop or resume using the network; an engine that is started later knows it too."""
        self._offline = offline
        self._send("offline", on=offline)

    async def close(self) -> None:
        """End the engine and all iterations of `events`."""
        self._closed = True
        self._outbox.clear()
        if self._process is not None:
            await self._end(self._process)
        if self._life is not None:
            await asyncio.gather(self._life, return_exceptions=True)
        for ear in self._ears:
            ear.put_nowait(None)

    def _send(self, do: str, **fields: object) -> None:
        if self._closed:
            return
        self._outbox.append(json.dumps({"do": do, **fields}).encode() + b"\n")
        self._filled.set()
        # Before the loop runs, commands wait for the first `events`.
        with contextlib.suppress(RuntimeError):
            asyncio.get_running_loop()
            self._deaths = 0
            self._start()

    def _start(self) -> None:
        if self._life is None or self._life.done():
            self._life = asyncio.ensure_future(self._live())

    @property
    def _wanted(self) -> bool:
        return bool(self._outbox) and not self._closed and self._deaths < _MOST_DEATHS

    async def _live(self) -> None:
        """Engines, one after the other, for as long as there is something to do."""
        while self._wanted:
            try:
                self._process = await self._launch()
            except OSError as error:
                self._deaths = _MOST_DEATHS
                self._mourn(f"The engine can't be started: {error.strerror}.")
                return
            if self._closed:  # while it was starting: `close` saw no process
                await self._end(self._process)
                return
            await self._converse(self._process)
            self._process = None
            if not self._closed:
                self._deaths += 1
                self._mourn("The engine ended unexpectedly; it starts again when needed.")

    async def _launch(self) -> asyncio.subprocess.Process:
        offline = ["--offline"] if self._offline else []
        with contextlib.ExitStack() as stack:
            errors: IO[bytes] | int = subprocess.DEVNULL
            with contextlib.suppress(OSError):  # a read-only home: then without a log
                make(self._log.parent)
                errors = stack.enter_context(self._log.open("ab"))
            return await asyncio.create_subprocess_exec(
                *self._command,
                *offline,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=errors,
                # Keys pressed in the reader's terminal are not for the engine.
                start_new_session=True,
                limit=_LONGEST_LINE,
            )

    async def _converse(self, process: asyncio.subprocess.Process) -> None:
        talking = asyncio.ensure_future(self._talk(process))
        try:
            await self._listen(process)
        finally:
            talking.cancel()
            await asyncio.gather(talking, return_exceptions=True)
            await self._end(process)

    async def _talk(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdin is not None
        with contextlib.suppress(ConnectionError, RuntimeError):
            while True:
                while self._outbox:
                    process.stdin.write(self._outbox[0])
                    await process.stdin.drain()
                    self._outbox.popleft()
                self._filled.clear()
                await self._filled.wait()

    async def _listen(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None
        with contextlib.suppress(ValueError):  # a line beyond all measure: not our engine
            async for line in process.stdout:
                event = from_json(line.decode("utf-8", "replace"))
                if event is not None:
                    self._deaths = 0
                    self._tell(event)

    def _tell(self, event: Event) -> None:
        match event:
            case ArticleReady(entry=entry, named=True) | ArticleFailed(entry=entry):
                self._waiting.discard(entry)
            case SyncStarted():
                self._syncing = True
            case SyncFinished():
                self._syncing = False
        for ear in self._ears:
            ear.put_nowait(event)

    def _mourn(self, message: str) -> None:
        """Tell everyone who waited for the engine that it is gone."""
        for entry in list(self._waiting):
            self._tell(ArticleFailed(entry, "engine", message))
        if self._syncing:
            self._tell(SyncFinished(cancelled=True))
        self._tell(Trouble(message, f"{self._log} may say why."))

    @staticmethod
    async def _end(process: asyncio.subprocess.Process) -> None:
        """By the end of its input; else by force."""
        if process.stdin is not None:
            process.stdin.close()
        for end in (process.terminate, process.kill):
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(process.wait(), _PATIENCE)
                break
            with contextlib.suppress(ProcessLookupError):
                end()
        await process.wait()
        transport = getattr(process, "_transport", None)
        if transport is not None:
            transport.close()
