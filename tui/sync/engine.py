"""The back office: a process that fetches for a reader who must not wait.

`serve` reads commands, one JSON object a line, and tells events (`tui.domain.events`):

    {"do": "sync", "feeds": [3], "force": true}      {"do": "fetch", "entry": 17, "source": "feed"}
    {"do": "pack", "wishes": {"for": "8h"}}          {"do": "images", "entry": 17}
    {"do": "add", "url": "...", "folder": "..."}     {"do": "cancel"}    {"do": "offline", "on": true}

It ends when its input does. An article that a person waits for goes before a running round.
"""

import asyncio
import json
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any, Protocol

from tui.domain.blocks import Source
from tui.domain.errors import BroadsheetError, SyncRunning
from tui.domain.events import ArticleFailed, Event, NetworkChanged, Progress, Trouble
from tui.domain.feeds import Entry, Feed
from tui.domain.ports import Library
from tui.paths import Paths
from tui.pipeline import Pipeline
from tui.settings import Settings
from tui.sync.choosing import wishes_from
from tui.sync.pack import Packer
from tui.sync.pictures import Pictures
from tui.sync.reading import Emit, now, read
from tui.sync.round import Wish
from tui.sync.runner import Runner
from tui.sync.schedule import is_due
from tui.sync.servers import Sharing
from tui.turns import urgent

Command = dict[str, Any]
# Seconds until a network that is gone is looked for again.
_LOOK_AGAIN = 60.0


class Network(Protocol):
    """What can be cut: the fetcher."""

    offline: bool


@dataclass(frozen=True, slots=True)
class Office:
    """All that the engine works with. `subscribe` finds the feed at a URL and adds it; `warm`
    starts what is slow to start, in processes of their own."""

    pipeline: Pipeline
    library: Library
    network: Network
    settings: Settings
    paths: Paths
    subscribe: Callable[[str, str], Awaitable[Feed]]
    warm: Callable[[], Awaitable[None]]
    sharing: Sharing | None = None


async def serve(office: Office, commands: AsyncIterator[str], emit: Emit) -> None:
    """Do what `commands` say until they end."""
    engine = _Engine(office, emit)
    try:
        async for line in commands:
            engine.obey(line)
    finally:
        await engine.close()


class _Engine:
    """One table of commands, and the tasks that they began."""

    def __init__(self, office: Office, emit: Emit) -> None:
        self._office, self._tell = office, emit
        pipeline = office.pipeline
        self._pictures = Pictures(pipeline.fetcher, pipeline.store, office.library)
        self._runner = Runner(
            pipeline,
            office.settings.sync,
            lock=office.paths.sync_lock,
            emit=self._emit,
            pictures=self._pictures,
            sharing=office.sharing,
        )
        self._packer = Packer(
            pipeline, office.library, self._pictures, self._emit, office.settings.sync
        )
        self._tasks: set[asyncio.Task[None]] = set()
        self._rounds: asyncio.Queue[Wish] = asyncio.Queue()
        self._fetching: set[int] = set()
        self._warm = False
        self._keeping_up = False
        self._cut = False

    def _emit(self, event: Event) -> None:
        if isinstance(event, NetworkChanged):
            if event.offline and self._cut:
                return  # known already
            self._cut = event.offline and not self._office.network.offline
        self._tell(event)

    def obey(self, line: str) -> None:
        """Begin what one command asks for."""
        try:
            command: Command = json.loads(line)
            work = self._work(command)
        except (ValueError, TypeError, KeyError, AttributeError):
            self._emit(Trouble(f"The engine does not know the command {line[:80]!r}."))
            return
        if work is not None:
            self._begin(work)

    def _work(self, command: Command) -> Coroutine[Any, Any, None] | None:
        match command["do"]:
            case "sync":
                feeds = tuple(int(feed) for feed in command.get("feeds", ()))
                return self._sync(Wish(feeds, bool(command.get("force"))))
            case "fetch":
                source = command.get("source")
                return self._fetch(int(command["entry"]), Source(source) if source else None)
            case "pack":
                return self._pack(dict(command.get("wishes", {})))
            case "add":
                return self._add(str(command["url"]), str(command.get("folder", "")))
            case "images":
                return self._images(int(command["entry"]))
            case "cancel":
                self._runner.cancel()
                self._packer.cancel()
            case "offline":
                self._go(bool(command["on"]))
            case other:
                raise ValueError(other)
        return None

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(self._guard(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _guard(self, work: Coroutine[Any, Any, None]) -> None:
        """What goes wrong in one command is told, and the engine goes on."""
        try:
            await work
        except BroadsheetError as error:
            self._emit(Trouble(str(error)))
        except Exception as error:
            # A fault of ours: the log gets all of it, the reader a line, and the engine goes on.
            traceback.print_exc()
            self._emit(Trouble(f"A fault inside: {type(error).__name__}.", "The log has more."))

    async def _sync(self, wish: Wish) -> None:
        if self._office.network.offline:
            self._emit(Trouble("We are offline: nothing was fetched.", "O goes online again."))
            return
        self._rounds.put_nowait(wish)
        if self._runner.running:
            return  # the round that runs takes the next wish when it ends
        self._warm_up()
        await self._run_rounds()
        if not self._keeping_up:
            self._keeping_up = True
            self._begin(self._keep_up())

    async def _run_rounds(self) -> None:
        while not self._rounds.empty():
            try:
                finished = await self._runner.run(self._rounds.get_nowait())
                if finished.feeds > finished.failed:
                    self._reachable(True)
            except SyncRunning as error:
                self._emit(Trouble(f"Not synced: {error}."))

    async def _keep_up(self) -> None:
        """What becomes due while the reader is open; and whether the network is back."""
        sync, library = self._office.settings.sync, self._office.library
        while True:
            await asyncio.sleep(_LOOK_AGAIN if self._cut else max(sync.floor, 1))
            if self._office.network.offline or self._runner.running:
                continue
            try:
                if any(is_due(feed, now()) for feed in library.feeds()):
                    self._rounds.put_nowait(Wish())
                    await self._run_rounds()
            except BroadsheetError as error:
                self._emit(Trouble(str(error)))

    async def _fetch(self, number: int, source: Source | None) -> None:
        if number in self._fetching:
            return
        entry = self._office.pipeline.store.entry(number)
        if entry is None:
            self._emit(ArticleFailed(number, "gone", "This entry is no longer in the library."))
            return
        self._fetching.add(number)
        try:
            with urgent():
                await self._read(entry, source)
        finally:
            self._fetching.discard(number)

    async def _read(self, entry: Entry, source: Source | None) -> None:
        if not self._office.network.offline:
            self._warm_up()
        result = await read(self._office.pipeline, entry, self._emit, source, early=True)
        if isinstance(result, ArticleFailed):
            if result.reason in ("offline", "network"):
                # Asked for and not here: the next sync brings it.
                self._office.library.want(entry.id)
                self._reachable(result.reason != "network")
        elif result.source is not Source.FEED:
            self._reachable(True)
        elif self._office.network.offline and source is None and entry.url:
            # The feed's text for now, and its page later.
            self._office.library.want(entry.id)

    def _reachable(self, reachable: bool) -> None:
        """Tell when the network goes and when it comes back."""
        if not self._office.network.offline and self._cut is reachable:
            why = "" if reachable else "There is no network."
            self._emit(NetworkChanged(not reachable, why))

    async def _pack(self, wishes: dict[str, str]) -> None:
        self._warm_up()
        await self._packer.run(wishes_from(wishes))

    async def _add(self, url: str, folder: str) -> None:
        feed = await self._office.subscribe(url, folder)
        await self._sync(Wish((feed.id,)))

    async def _images(self, number: int) -> None:
        reading = self._office.library.reading(number)
        if reading is not None and reading.article is not None:
            with urgent():
                await self._pictures.fetch(reading.article)
        self._emit(Progress("images", 1, 1, str(number)))

    def _go(self, offline: bool) -> None:
        self._office.network.offline = offline
        if offline:
            self._runner.cancel()
        self._emit(NetworkChanged(offline, "By your wish." if offline else ""))

    def _warm_up(self) -> None:
        if not self._warm:
            self._warm = True
            self._begin(self._heat())

    async def _heat(self) -> None:
        await self._office.warm()

    async def close(self) -> None:
        """Stop all work, keeping what is done."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._pictures.close()
