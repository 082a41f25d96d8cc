"""The composition root: which room stands behind which port. Rooms are imported when first needed.

home = compose.home()                 paths and settings of this user
with compose.library(home) as shelf:  the two stores
    async with compose.rooms(home, shelf) as pipeline:
        await pipeline.update(feed)
"""

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tui import paths as places
from tui import settings as wishes
from tui.cli.complaints import complain

if TYPE_CHECKING:
    from tui.domain.ports import Fetcher
    from tui.fetching.http.download import Downloads
    from tui.library.store import SqliteLibrary
    from tui.pipeline import Pipeline
    from tui.sync.servers import Sharing

# Parsers and cleaners at once; each may take 100 MB.
_MOST_HANDS = 4


@dataclass(frozen=True, slots=True)
class Home:
    """Where this user's files are, and the settings in force."""

    paths: places.Paths
    loaded: wishes.Loaded

    @property
    def settings(self) -> wishes.Settings:
        """The settings in force."""
        return self.loaded.settings


def home(*, quiet: bool = False) -> Home:
    """Find the user's files and read the settings; problems in them are said on standard error."""
    paths = places.find()
    loaded = wishes.load(paths.settings)
    if not quiet:
        for problem in loaded.problems:
            complain(str(problem))
    return Home(paths, loaded)


def clock() -> datetime:
    """Now, aware."""
    return datetime.now(UTC)


@contextmanager
def library(at: Home) -> "Iterator[SqliteLibrary]":
    """The two stores, open. Raises LibraryError."""
    from tui.cli.waiting import Waiting
    from tui.library.store import open_library

    waiting = Waiting()
    try:
        shelf = open_library(at.paths, at.settings, clock=clock, told=waiting.told)
    finally:
        waiting.end()
    try:
        yield shelf
    finally:
        shelf.close()


def fetcher(at: Home, shelf: "SqliteLibrary | None" = None, *, offline: bool = False) -> "Fetcher":
    """A client; without a library it remembers hosts for its own lifetime only."""
    from tui.fetching.http.client import HttpFetcher

    memory = shelf if shelf is not None else _Forgetful()
    subscribers = 1
    return HttpFetcher(
        at.settings.http,
        at.settings.feeds,
        memory,
        subscribers=subscribers,
        offline=offline,
        clock=clock,
    )


def downloads(at: Home) -> "Downloads":
    """What brings files of any length to the disk."""
    from tui.fetching.http.client import user_agent
    from tui.fetching.http.download import Downloads

    http = at.settings.http
    return Downloads(http, at.settings.feeds, user_agent(http, 1), clock)


class _Forgetful:
    """Host memory of one command, such as `read URL`."""

    def __init__(self) -> None:
        self._known: dict[str, dict[str, object]] = {}

    def host(self, name: str) -> dict[str, object]:
        return self._known.get(name, {})

    def save_host(self, name: str, known: dict[str, object]) -> None:
        self._known[name] = known


@asynccontextmanager
async def rooms(
    at: Home, shelf: "SqliteLibrary", *, offline: bool = False
) -> "AsyncIterator[Pipeline]":
    """The pipeline with its workers; all of them end with the block."""
    from tui.cleaning.worker import WorkerCleaner
    from tui.entities.worker import WorkerRecogniser
    from tui.fetching.feeds.worker import WorkerFeedParser
    from tui.pipeline import Pipeline

    client = fetcher(at, shelf, offline=offline)
    # A second process starts only when the first is busy: in a sync, never for a single article.
    hands = min(os.cpu_count() or 1, _MOST_HANDS)
    parser = WorkerFeedParser(size=hands, tracking=at.settings.http.tracking)
    cleaner = WorkerCleaner(at.settings.cleaning, at.paths.rules, size=hands)
    recogniser = WorkerRecogniser(at.settings.entities)
    try:
        yield Pipeline(client, parser, cleaner, recogniser, shelf)
    finally:
        await client.close()
        await parser.close()
        await cleaner.close()
        await recogniser.close()


@asynccontextmanager
async def sharing(at: Home, shelf: "SqliteLibrary") -> "AsyncIterator[Sharing | None]":
    """The server of the settings, or None. Raises FetchError where its password is not to be had."""
    wanted = at.settings.server
    if not wanted.url:
        yield None
        return
    from tui.fetching.http.api import Api
    from tui.fetching.http.client import user_agent
    from tui.fetching.http.credentials import password_of
    from tui.fetching.servers.greader import GoogleReader
    from tui.sync.servers import Sharing

    api = Api(wanted.url, at.settings.http, user_agent(at.settings.http, 1))
    server = GoogleReader(api, wanted.user, lambda: password_of(wanted.password_command))
    try:
        yield Sharing(server, shelf, shelf.servers)
    finally:
        await api.close()
