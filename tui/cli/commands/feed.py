"""`broadsheet feed`: what a feed lists, as the library would get it."""

import asyncio
import json
import sys
import zlib
from argparse import Namespace
from pathlib import Path
from typing import Any

from tui.cli import compose
from tui.cli.complaints import complain
from tui.cli.statuses import status_of, worst
from tui.domain.errors import BroadsheetError, SourceError
from tui.domain.feeds import Feed, Page, ParsedEntry, ParsedFeed
from tui.domain.ports import FeedParser, Fetcher
from tui.domain.text import clean_line

# The base of a document whose address nobody knows: what it made absolute is relative again when
# it is printed. ".invalid" is reserved for this (RFC 2606). The folder tells "story" from "/story".
_NO_HOST = "http://nowhere.invalid/"
NOWHERE = _NO_HOST + "here/"
_MOST = 50_000_000  # bytes of a file


def run(args: Namespace) -> int:
    """Print the entries of every source; 1 if one of them failed."""
    return asyncio.run(_run(args))


async def _run(args: Namespace) -> int:
    from tui.fetching.feeds.worker import WorkerFeedParser

    parser = WorkerFeedParser()
    fetcher: Fetcher | None = None
    statuses: set[int] = set()
    try:
        for source in args.source:
            if _is_remote(source) and fetcher is None:
                fetcher = compose.fetcher(compose.home(), offline=args.offline)
            try:
                parsed = await parse_source(source, args.url, fetcher, parser)
                error = None
            except BroadsheetError as failure:
                parsed, error = None, clean_line(str(failure))
                statuses.add(status_of(failure))
            (_print_json if args.json else _print_text)(source, parsed, error)
    finally:
        await parser.close()
        if fetcher is not None:
            await fetcher.close()
    return worst(statuses)


async def parse_source(
    source: str, url: str, fetcher: Fetcher | None, parser: FeedParser
) -> ParsedFeed:
    """The feed at `source`: a URL, a file, "-", or `exec:` and a command.

    `url` is the address of what comes from a file. Raises BroadsheetError.
    """
    if _is_remote(source):
        assert fetcher is not None
        answer = await fetcher.feed(Feed(0, source))
        assert isinstance(answer, Page)  # without validators there is no "unchanged"
        return await parser.parse(answer, Feed(0, source))
    address = url or NOWHERE
    return await parser.parse(Page(address, _read(source)), Feed(0, address))


def _is_remote(source: str) -> bool:
    return source.startswith(("http://", "https://", "exec:", "file:"))


def _read(source: str) -> bytes:
    try:
        if source == "-":
            return sys.stdin.buffer.read(_MOST)
        with Path(source).open("rb") as file:
            body = file.read(_MOST)
    except OSError as error:
        raise SourceError(f"{source} can't be read: {error.strerror}") from error
    if not body.startswith(b"\x1f\x8b"):
        return body
    try:
        return zlib.decompressobj(wbits=31).decompress(body, _MOST)
    except zlib.error as error:
        raise SourceError(f"{source} is no gzip file") from error


def as_object(source: str, parsed: ParsedFeed | None, error: str | None) -> dict[str, Any]:
    """What `--json` prints for one source. Null is what the feed doesn't say."""
    return {
        "source": source,
        "title": parsed.title or None if parsed else None,
        "entries": [_entry(entry) for entry in parsed.entries] if parsed else [],
        "error": error,
    }


def _entry(entry: ParsedEntry) -> dict[str, str | None]:
    published = entry.published.strftime("%Y-%m-%dT%H:%M:%SZ") if entry.published else None
    return {
        "id": entry.id,
        "title": entry.title or None,
        "link": _link(entry.link) or None,
        "published": published,
        "author": entry.author or None,
        "summary": entry.summary or None,
    }


def _link(link: str) -> str:
    if link.startswith(NOWHERE):
        return link.removeprefix(NOWHERE)
    return "/" + link.removeprefix(_NO_HOST) if link.startswith(_NO_HOST) else link


def _print_json(source: str, parsed: ParsedFeed | None, error: str | None) -> None:
    print(json.dumps(as_object(source, parsed, error), ensure_ascii=False), flush=True)


def _print_text(source: str, parsed: ParsedFeed | None, error: str | None) -> None:
    if parsed is None:
        complain(f"{source}: {error}")
        return
    count = len(parsed.entries)
    print(f"{parsed.title or source}: {count} {'entry' if count == 1 else 'entries'}")
    if parsed.warning:
        print(f"  {parsed.warning}")
    for entry in parsed.entries:
        date = entry.published.strftime("%Y-%m-%d %H:%M") if entry.published else " " * 16
        print(f"  {date}  {entry.title}\n{'':20}{_link(entry.link)}")
