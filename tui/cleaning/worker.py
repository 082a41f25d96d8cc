"""The Cleaner port, in a process with limits: a page costs at most its seconds and megabytes."""

from pathlib import Path

from tui.cleaning.sniff import is_binary
from tui.domain import codec
from tui.domain.blocks import Article, Source
from tui.domain.errors import CleanError, WorkerDied, WorkerError, WorkerRaised, WorkerTimeout
from tui.domain.feeds import Entry, Page
from tui.settings import CleaningSettings
from tui.workers import Pool

_TEXT_ONLY_SECONDS = 5.0


class WorkerCleaner:
    """Cleans in worker processes. `rules` is the folder of the user's site rules."""

    def __init__(self, settings: CleaningSettings, rules: Path, *, size: int = 1) -> None:
        self._settings, self._rules = settings, rules
        self._pool = Pool(
            "tui.cleaning.jobs:clean_page",
            size=size,
            seconds=float(settings.seconds),
            megabytes=max(64, settings.memory // 1_000_000),
        )

    async def clean(
        self, page: Page | None, entry: Entry | None = None, source: Source | None = None
    ) -> Article:
        """The article in `page`, or in the feed's text of `entry`. Raises CleanError."""
        if page is not None and is_binary(page.body):
            if entry is None or not entry.content:
                raise CleanError(
                    "this is no page but a picture, a PDF or other data; open it outside"
                )
            page = None  # the feed's own text is better than nothing
        request = self._request(page, entry, source)
        body = page.body if page else b""
        try:
            _, answer = await self._pool.call(request, body)
        except (WorkerTimeout, WorkerDied, WorkerRaised) as error:
            answer = await self._text_only(request, body, error)
        return codec.article_from_value(codec.load(answer))

    def _request(
        self, page: Page | None, entry: Entry | None, source: Source | None
    ) -> dict[str, object]:
        request: dict[str, object] = {
            "rules": str(self._rules),
            "second": self._settings.second_opinion,
            "source": source.value if source else None,
        }
        if page is not None:
            request |= {
                "page": True,
                "url": page.url,
                "content_type": page.headers.get("content-type", ""),
                "status": page.status,
                "fetched": page.fetched.isoformat() if page.fetched else None,
            }
        if entry is not None:
            request["entry"] = {
                "url": entry.url,
                "title": entry.title,
                "author": entry.author,
                "published": entry.published.isoformat() if entry.published else None,
                "summary": entry.summary,
                "content": entry.content,
            }
        return request

    async def _text_only(
        self, request: dict[str, object], body: bytes, error: WorkerError
    ) -> bytes:
        """A page that broke its worker still has text: a second job takes that, nothing more."""
        try:
            _, answer = await self._pool.call(
                {**request, "text_only": str(error)}, body, seconds=_TEXT_ONLY_SECONDS
            )
        except WorkerError as again:
            raise CleanError(f"the page could not be cleaned: {again}") from error
        return answer

    async def warm(self) -> None:
        """Start a worker now, so that the first page does not wait for its imports."""
        await self._pool.warm()

    async def close(self) -> None:
        """End the workers."""
        await self._pool.close()
