"""Feeds: right, bounded, and at what cost. `python -m tests.bench.feeds` prints the table.

With `--why` each file that is not right is named, and why.
"""

import asyncio
import json
import os
import sys
import time
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

from tests.bench import feed_files, feedparser_suite, hostile
from tests.bench.table import Table
from tests.conftest import shared_folder
from tui.domain.errors import BroadsheetError
from tui.domain.feeds import Feed, Page
from tui.fetching.feeds.parse import parse
from tui.fetching.feeds.worker import WorkerFeedParser
from tui.fetching.sections.address import section_url

_ADDRESS = "https://paper.example/feed"
# Why a case of feedparser's suite is not right here, by what its file is called.
_REASONS = {
    "explicit": "itunes:explicit is not kept",
    "crazy": "text of scripts is not shown",
    "linenoise": "UTF-8 with one stray byte stays UTF-8",
    "iframe": "what stands inside an <iframe> is never shown",
    "bozo_http": "a wrong label alone is no damage",
    "bogus_encoding": "a wrong label alone is no damage",
    "nested_cdata": "markup that is no element is cut or shown",
    "comment": "a comment ends where a browser ends it",
    "unexpected_character": "markup that is no element is cut or shown",
    "not_a_doctype": "markup that is no element is cut or shown",
}


def main() -> None:
    """Measure all, print the table, and end with 1 where a must falls short."""
    folder = shared_folder()
    if folder is None:
        sys.exit("the benchmark data (../shared) is not here")
    feeds = folder / "bench" / "feeds"
    table = Table("Feeds")
    _files(table, feeds)
    _suite(table, feeds / "feedparser")
    _hostile(table, feeds / "edge")
    _cost(table, feeds / "real")
    table.finish()


def _right(table: Table, name: str, faults: Iterable[str], of: int) -> None:
    found = list(faults)
    _why(found)
    table.add(f"{name} (of {of:,})", of - len(found), of)


def _files(table: Table, feeds: Path) -> None:
    def count(path: str) -> int:
        value = json.loads((feeds / path).read_text())
        return len(value["cases"] if isinstance(value, dict) else value)

    real = count("real/expect.json")
    _right(table, "real feeds right", feed_files.real(feeds / "real"), real)
    _right(
        table,
        "difficult documents right",
        feed_files.edge(feeds / "edge"),
        count("edge/expect.json"),
    )
    _right(
        table, "dates right", feed_files.dates(feeds / "edge/dates.json"), count("edge/dates.json")
    )
    _right(
        table, "front pages right", feed_files.front(feeds / "front"), count("front/expect.json")
    )
    validator = feed_files.feedvalidator(feeds / "feedvalidator")
    _right(table, "feedvalidator's files right", validator, count("feedvalidator/expect.json"))
    reader = feeds / "lemon24_reader"
    _right(
        table,
        "lemon24/reader's files right",
        feed_files.lemon24(reader),
        len([*reader.glob("*.*.py")]),
    )
    for name in ("lemon24_reader", "miniflux_encoding", "miniflux_xml"):
        faults = list(feed_files.no_raise(feeds / name))
        _why(faults)
        table.add(f"{name}: files that raise or lose characters", len(faults), 0, most=True)


def _suite(table: Table, folder: Path) -> None:
    cases = list(feedparser_suite.run(folder))
    missed = [case for case in cases if not case.right]
    reasons = {case.file: _reason(case.file) for case in missed}
    table.add(f"feedparser's suite right (of {len(cases):,})", len(cases) - len(missed), 1713)
    table.add("  of these word for word", sum(case.verbatim for case in cases))
    for reason in dict.fromkeys(reasons.values()):
        table.add(
            f"  not: {reason}"[:58], sum(r == reason for r in reasons.values()), note=reason[50:]
        )
    table.add("  without an explanation", sum(not r for r in reasons.values()), 0, most=True)
    _why(f"{case.file}: {case.expression[:120]} / {case.said}" for case in missed)


def _reason(file: str) -> str:
    return next((reason for part, reason in _REASONS.items() if part in file), "")


def _hostile(table: Table, edge: Path) -> None:
    seconds, megabytes = asyncio.run(_worst(edge))
    for name, figures in (("seconds", seconds), ("megabytes", megabytes)):
        worst = max(figures, key=lambda document: figures[document])
        must = 5 if name == "seconds" else 200
        title = f"hostile documents, most {name} (of {len(figures)})"
        table.add(title, round(figures[worst], 2), must, most=True, note=worst)


async def _worst(edge: Path) -> tuple[dict[str, float], dict[str, float]]:
    """Processor seconds and greatest memory of a worker, a fresh one for each document."""
    seconds, megabytes = {}, {}
    documents = ((name, body, _ADDRESS) for name, body in hostile.documents(edge))
    pages = ((name, body, section_url(_ADDRESS)) for name, body in hostile.pages())
    for name, body, address in chain(documents, pages):
        parser = WorkerFeedParser()
        await parser.warm()
        process = Path(f"/proc/{parser.pids[0]}")
        try:
            await parser.parse(Page(_ADDRESS, body), Feed(0, address))
        except BroadsheetError as error:
            _why([f"{name}: {error}"])
        # A worker that had to be ended used all that it was given.
        seconds[name] = _cpu(process) if process.exists() else 10.0
        megabytes[name] = _peak(process) if process.exists() else 400.0
        await parser.close()
    return seconds, megabytes


def _cpu(process: Path) -> float:
    """User and system time in seconds: proc(5), fields 14 and 15 of stat."""
    fields = (process / "stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _peak(process: Path) -> float:
    lines = (process / "status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def _cost(table: Table, folder: Path) -> None:
    pages = [Page(_ADDRESS, f.read_bytes()) for f in folder.iterdir() if f.name != "expect.json"]
    for page in pages[:3]:
        parse(page)  # imports
    start = time.process_time()
    entries = sum(len(parse(page).entries) for page in pages)
    spent = time.process_time() - start
    table.add("real feeds a second, parsed on one core", round(len(pages) / spent))
    table.add("entries a second, parsed on one core", round(entries / spent))


def _why(lines: Iterable[str]) -> None:
    if "--why" in sys.argv:
        for line in lines:
            print(f"    {line}")


if __name__ == "__main__":
    main()
