"""A parser in its worker, a fetcher, and a library, for finding feeds on a loopback server."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tui import paths
from tui.fetching.feeds.worker import WorkerFeedParser
from tui.fetching.http.client import HttpFetcher
from tui.library.store import SqliteLibrary, open_library
from tui.settings import HttpSettings, Settings


@pytest.fixture
async def parser() -> AsyncIterator[WorkerFeedParser]:
    parser = WorkerFeedParser()
    yield parser
    await parser.close()


@pytest.fixture
def library(home: Path) -> Iterator[SqliteLibrary]:
    library = open_library(paths.find(), Settings())
    yield library
    library.close()


@pytest.fixture
async def fetcher(library: SqliteLibrary) -> AsyncIterator[HttpFetcher]:
    fetcher = HttpFetcher(HttpSettings(), {}, library, subscribers=1)
    yield fetcher
    await fetcher.close()
