"""`broadsheet pack`: ready before the train."""

import asyncio
import contextlib
import json
import signal
import sys
from argparse import Namespace
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from tui.cli import compose, reports
from tui.domain.editions import Edition
from tui.domain.errors import Offline, SyncRunning
from tui.domain.text import clean_line

if TYPE_CHECKING:
    from tui.library.store import SqliteLibrary
    from tui.sync.choosing import PackWishes
    from tui.sync.pack import Packed


def run(args: Namespace) -> int:
    """Make a pack; returns 0, 1 if entries are missing, 5 without a network, 130 interrupted.

    Raises SourceError for wishes that make no sense, and LibraryError.
    """
    if args.offline:
        raise Offline("--offline and pack exclude each other: nothing was packed")
    from tui.sync.choosing import wishes_from

    wishes = wishes_from(words(args))
    at = compose.home(quiet=args.json)
    with compose.library(at) as shelf, reports.choose(json=args.json) as report:
        packed = asyncio.run(_pack(at, shelf, wishes, report))
        report.close(_said(packed))
        _list_missing(packed, as_json=args.json)
        if args.to and packed.ready:
            _write(shelf, args.to, packed, as_json=args.json)
    if packed.cancelled:
        return 130
    if report.offline:
        return 5
    return 1 if packed.missing else 0


def words(args: Namespace) -> dict[str, str]:
    """The options as the engine's command has them too."""
    return {
        "for": args.duration or "",
        "max": args.max or "",
        "minutes": str(args.minutes or ""),
        "feed": "\n".join(args.feed),
        "folder": "\n".join(args.folder),
        "query": args.query,
        "images": "yes" if args.images else "no",
        "links": "yes" if args.links else "no",
    }


async def _pack(
    at: compose.Home, shelf: "SqliteLibrary", wishes: "PackWishes", report: reports.Report
) -> "Packed":
    from tui.sync.pack import Packed, Packer
    from tui.sync.pictures import Pictures
    from tui.sync.round import Wish
    from tui.sync.runner import Runner

    async with compose.rooms(at, shelf) as pipeline:
        pictures = Pictures(pipeline.fetcher, shelf, shelf)
        runner = Runner(pipeline, at.settings.sync, lock=at.paths.sync_lock, emit=report.tell)
        packer = Packer(pipeline, shelf, pictures, report.tell, at.settings.sync)

        def stop() -> None:
            runner.cancel()
            packer.cancel()

        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, stop)
        try:
            # Another process that syncs at this moment brings the news just as well.
            with contextlib.suppress(SyncRunning):
                finished = await runner.run(Wish(articles=False))
                if finished.cancelled:
                    return Packed(cancelled=True)
            return await packer.run(wishes)
        finally:
            await pictures.close()


def _said(packed: "Packed") -> str:
    line = packed.summary
    if packed.ready:
        line += f"; {packed.minutes} min to read, {packed.size / 1e6:.1f} MB"
    return f"{line}; interrupted, what is ready stays" if packed.cancelled else line


def _list_missing(packed: "Packed", *, as_json: bool) -> None:
    for missing in packed.missing:
        if as_json:
            print(json.dumps({"missing": asdict(missing)}, ensure_ascii=False))
        else:
            print(f"  {missing.reason}: {clean_line(missing.title, 80)}  {missing.url}")


def _write(shelf: "SqliteLibrary", to: str, packed: "Packed", *, as_json: bool) -> None:
    from tui.library.exchange import archive

    ids = ",".join(map(str, packed.ready))
    written = archive.write(Path(to), shelf, Edition(f"ids:{ids}"), compose.clock())
    line = f"{to}: {written.entries} entries, {written.images} pictures"
    print(line, file=sys.stderr if as_json else sys.stdout)
