"""The pictures of an article, fetched, shrunk in a worker, and stored."""

import importlib.util

from tui.domain.blocks import Article, Figure
from tui.domain.errors import FetchError, WorkerError
from tui.domain.ports import Fetcher, Library, Store
from tui.domain.urls import safe_url
from tui.turns import OneByOne
from tui.workers import Pool

# Galleries of hundreds exist; whoever wants them all opens the page.
_MOST = 20
# Without the decoder a picture is kept as it came, up to here.
_LARGEST_UNSHRUNK = 1_000_000
_SECONDS = 10.0
_MEGABYTES = 512


def pictures_of(article: Article) -> list[str]:
    """Addresses of the pictures of `article`, the leading one first."""
    inside = (block.src for block in article.blocks if isinstance(block, Figure))
    sources = (article.lead_image, *inside)
    return list(dict.fromkeys(url for url in map(safe_url, sources) if url))[:_MOST]


class Pictures:
    """Fetches pictures that are not here yet. `close` ends the worker."""

    def __init__(self, fetcher: Fetcher, store: Store, library: Library) -> None:
        self._fetcher, self._store, self._library = fetcher, store, library
        self._pool = Pool("tui.sync.shrink:shrink", seconds=_SECONDS, megabytes=_MEGABYTES)
        # Articles that share a picture ask for it once.
        self._alike = OneByOne()
        self._can_shrink = importlib.util.find_spec("PIL") is not None

    async def fetch(self, article: Article) -> int:
        """Make the pictures of `article` present; the bytes that they take.

        A picture that can't be had is left out: the story is whole without it.
        """
        size = 0
        for url in pictures_of(article):
            async with self._alike.turn(url):
                here = self._library.image(url)
                size += len(here) if here is not None else await self._fetch(url)
        return size

    async def _fetch(self, url: str) -> int:
        try:
            page = await self._fetcher.image(url)
            small = await self._shrink(page.body)
        except (FetchError, WorkerError):
            return 0
        if small:
            self._store.save_image(url, small)
        return len(small)

    async def _shrink(self, body: bytes) -> bytes:
        if not self._can_shrink:
            return body if len(body) <= _LARGEST_UNSHRUNK else b""
        return (await self._pool.call({}, body))[1]

    async def close(self) -> None:
        """End the worker."""
        await self._pool.close()
