"""`broadsheet read`: the article of a page, as text, Markdown, JSON, or step by step."""

import asyncio
import gzip
import json
import re
import shutil
import sys
import zlib
from argparse import Namespace
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui.cli import compose
from tui.cli.complaints import complain
from tui.cli.statuses import status_of, worst
from tui.domain import codec
from tui.domain.blocks import Article, Source
from tui.domain.errors import BroadsheetError, RecogniseError, SourceError
from tui.domain.feeds import Page
from tui.domain.naming import Recognition

if TYPE_CHECKING:
    from tui.cleaning.worker import WorkerCleaner
    from tui.domain.ports import Fetcher
    from tui.entities.worker import WorkerRecogniser

_LARGEST = 50_000_000
_STORED = "id:"  # as in the search language


@dataclass
class Rooms:
    """What reading needs, each opened when the first source wants it."""

    at: compose.Home
    offline: bool
    stack: AsyncExitStack
    _fetcher: "Fetcher | None" = None
    _cleaner: "WorkerCleaner | None" = None
    _recogniser: "WorkerRecogniser | None" = None

    def fetcher(self) -> "Fetcher":
        """The client for URLs."""
        if self._fetcher is None:
            self._fetcher = compose.fetcher(self.at, offline=self.offline)
            self.stack.push_async_callback(self._fetcher.close)
        return self._fetcher

    def cleaner(self) -> "WorkerCleaner":
        """The cleaning worker."""
        if self._cleaner is None:
            from tui.cleaning.worker import WorkerCleaner

            self._cleaner = WorkerCleaner(self.at.settings.cleaning, self.at.paths.rules)
            self.stack.push_async_callback(self._cleaner.close)
        return self._cleaner

    def recogniser(self) -> "WorkerRecogniser":
        """The entity worker."""
        if self._recogniser is None:
            from tui.entities.worker import WorkerRecogniser

            self._recogniser = WorkerRecogniser(self.at.settings.entities)
            self.stack.push_async_callback(self._recogniser.close)
        return self._recogniser


@dataclass(frozen=True)
class Outcome:
    """One source, read or not."""

    source: str
    article: Article | None = None
    found: Recognition | None = None
    page: Page | None = None
    error: str = ""
    status: int = 0


def run(args: Namespace) -> int:
    """Read each source; a bad one costs itself only, and exit status 1."""
    return asyncio.run(_run(args, compose.home()))


async def _run(args: Namespace, at: compose.Home) -> int:
    statuses: set[int] = set()
    async with AsyncExitStack() as stack:
        rooms = Rooms(at, args.offline, stack)
        async for outcome in _outcomes(args, rooms):
            statuses.add(outcome.status)
            _print(args, at, outcome)
    return worst(statuses)


async def _outcomes(args: Namespace, rooms: Rooms) -> AsyncIterator[Outcome]:
    for source in args.source:
        try:
            if source.startswith(_STORED):
                yield _stored(source, args, rooms.at)
                continue
            page = await _page(source, args.url, rooms)
            article = await _article(page, rooms, Source.TALK if args.comments else None)
            found = await _names(article, rooms) if args.entities else None
            yield Outcome(source, article, found, page)
        except BroadsheetError as error:
            line = " ".join(str(error).split())
            yield Outcome(source, error=line, status=status_of(error))


def _stored(source: str, args: Namespace, at: compose.Home) -> Outcome:
    """The entry of the library with the number of `source`, as it was kept. Raises SourceError."""
    if args.explain:
        raise SourceError("--explain needs the page itself; give its URL or a file")
    number = source.removeprefix(_STORED)
    with compose.library(at) as shelf:
        reading = shelf.reading(int(number)) if re.fullmatch("[0-9]{1,15}", number) else None
    if reading is None:
        raise SourceError(f"there is no entry {number}; `broadsheet list --json` tells numbers")
    if reading.article is None:
        raise SourceError(f"its article is not here: {reading.why}")
    return Outcome(source, reading.article, reading.recognition if args.entities else None)


async def _names(article: Article, rooms: Rooms) -> Recognition:
    try:
        return await rooms.recogniser().recognise(article)
    except RecogniseError as error:
        # Costs the names, never the article.
        return Recognition(article.lang, missing=str(error))


async def _page(source: str, base: str, rooms: Rooms) -> Page:
    if source.startswith(("http://", "https://")):
        return await rooms.fetcher().page(source)
    if source == "-":
        return Page(base, sys.stdin.buffer.read(_LARGEST))
    return Page(base, _file(Path(source)))


def _file(path: Path) -> bytes:
    """The bytes of `path`, unpacked if they are gzip. Raises SourceError."""
    try:
        with path.open("rb") as file:
            packed = file.read(2) == b"\x1f\x8b"
        with gzip.open(path) if packed else path.open("rb") as file:
            return file.read(_LARGEST)
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise SourceError(f"can't read {path}: {reason}") from error


async def _article(page: Page, rooms: Rooms, source: Source | None) -> Article:
    if not page.body.strip():
        raise SourceError("nothing to read: the page is empty")
    return await rooms.cleaner().clean(page, source=source)


def _print(args: Namespace, at: compose.Home, outcome: Outcome) -> None:
    if args.json:
        print(json.dumps(_value(outcome, entities=args.entities), ensure_ascii=False), flush=True)
    elif outcome.article is None:
        complain(f"{outcome.source}: {outcome.error}")
    elif args.explain and outcome.page is not None:
        from tui.cli.explain import explain

        print("\n".join(explain(outcome.source, outcome.page, at)))
    elif args.markdown:
        from tui.domain.markdown import article_to_markdown

        print(article_to_markdown(outcome.article), end="")
    else:
        width = args.width or min(shutil.get_terminal_size((80, 24)).columns, 80)
        print("\n".join(_plain(outcome, width)))


def _value(outcome: Outcome, *, entities: bool) -> dict[str, Any]:
    """The object of `--json`; its keys and their order are promised (see the manual)."""
    article = outcome.article
    value: dict[str, Any] = {"source": outcome.source}
    if article is not None:
        value |= {
            "title": article.title,
            "byline": ", ".join(article.bylines) or None,
            "excerpt": article.excerpt or None,
            "siteName": article.site_name or None,
            "publishedTime": article.published.isoformat() if article.published else None,
            "modifiedTime": article.modified.isoformat() if article.modified else None,
            "lang": article.lang or None,
            "dir": article.dir,
            "status": article.status.value,
            "text": article.text,
            "textWithCaptions": article.text_with_captions,
            "blocks": [codec.block_to_value(block) for block in article.blocks],
        }
    else:
        value |= dict.fromkeys(_KEYS)
    if entities:
        found = outcome.found
        value["entities"] = codec.recognition_to_value(found)["entities"] if found else []
    return {**value, "error": outcome.error or None}


_KEYS = (
    "title",
    "byline",
    "excerpt",
    "siteName",
    "publishedTime",
    "modifiedTime",
    "lang",
    "dir",
    "status",
    "text",
    "textWithCaptions",
    "blocks",
)


def _plain(outcome: Outcome, width: int) -> list[str]:
    from tui.cli.plain import article_lines

    assert outcome.article is not None
    return article_lines(outcome.article, outcome.found, width)
