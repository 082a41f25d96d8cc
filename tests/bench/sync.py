"""Sync: a thousand feeds with mixed latencies, and again unchanged; newsboat beside it; bombs; and
real feeds and pages, where ../shared is.

CPU is that of the command and all processes that it started. Latencies add up to a time below
which 16 hosts at once can't come: `floor`.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench import sync_bombs, sync_real
from tests.bench.sync_server import FEEDS, address, latency
from tests.bench.table import Table
from tests.conftest import shared_folder

HOSTS = 16


@dataclass(frozen=True)
class Run:
    """One command: seconds on the clock, seconds of CPU, largest process in MB, exit status."""

    wall: float
    cpu: float
    megabytes: float
    status: int


def measure(command: Sequence[str], environment: dict[str, str]) -> Run:
    """Run `command` to its end."""
    begun = time.monotonic()
    with Path(os.devnull).open("wb") as nowhere:
        process = subprocess.Popen(
            command, env=environment, stdin=subprocess.DEVNULL, stdout=nowhere, stderr=nowhere
        )
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return Run(
        time.monotonic() - begun,
        used.ru_utime + used.ru_stime,
        used.ru_maxrss / 1024,
        process.returncode,
    )


@contextmanager
def server(folder: Path) -> Iterator[int]:
    """The thousand feeds, served; gives their port."""
    file = folder / "port"
    process = subprocess.Popen([sys.executable, "-m", "tests.bench.sync_server", str(file)])
    try:
        while not (file.exists() and file.read_text()):
            time.sleep(0.05)
        yield int(file.read_text())
    finally:
        process.kill()
        process.wait()


def counts(port: int) -> dict[str, int]:
    """What the server has answered so far."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/count") as answer:
        found: dict[str, int] = json.load(answer)
    return found


def subscribe(home: Path, urls: Sequence[str]) -> dict[str, str]:
    """A home with these feeds; gives its environment."""
    opml = home / "feeds.opml"
    home.mkdir(parents=True)
    outlines = "".join(f'<outline type="rss" xmlUrl="{url}"/>' for url in urls)
    opml.write_text(f'<opml version="2.0"><body>{outlines}</body></opml>')
    environment = {**os.environ, "BROADSHEET_HOME": str(home)}
    command = [sys.executable, "-m", "tui", "import", str(opml)]
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    return environment


def newsboat(folder: Path, urls: Sequence[str], threads: int) -> Run | None:
    """newsboat reloading the same addresses, with `threads` at once; None where it is missing."""
    program = shutil.which("newsboat")
    if program is None:
        return None
    folder.mkdir()
    (folder / "urls").write_text("\n".join(urls) + "\n")
    (folder / "config").write_text(f"reload-threads {threads}\n")
    files = ["-u", folder / "urls", "-c", folder / "cache.db", "-C", folder / "config"]
    environment = {**os.environ, "HOME": str(folder)}
    return measure([program, *map(str, files), "-x", "reload"], environment)


def thousand(table: Table, folder: Path) -> None:
    """The whole sync, the unchanged one, and newsboat on the same feeds."""
    with server(folder) as port:
        urls = [address(number, port) for number in range(FEEDS)]
        floor = sum(map(latency, range(FEEDS))) / HOSTS
        environment = subscribe(folder / "home", urls)
        command = [sys.executable, "-m", "tui", "sync", "--all", "--no-articles", "--quiet"]
        first = measure(command, environment)
        before = counts(port)
        second = measure(command, environment)
        after = counts(port)
        other = newsboat(folder / "newsboat", urls, HOSTS)
    table.add("feeds fetched, of 1,000", before.get("200", 0), must=FEEDS)
    table.add("requests at once, most", before.get("most", 0), must=HOSTS, most=True)
    table.add("first sync, wall", first.wall, unit="s", note=f"latency floor {floor:.1f} s")
    table.add("first sync, feeds a second", FEEDS / first.wall)
    table.add("first sync, CPU", first.cpu, unit="s")
    table.add(
        "first sync, wall over the larger of CPU and floor",
        first.wall / max(first.cpu, floor),
        aim=1.5,
        most=True,
    )
    table.add("first sync, largest process", first.megabytes, must=200, most=True, unit="MB")
    table.add("second sync, unchanged answers", after.get("304", 0), must=FEEDS)
    table.add("second sync, full answers", after["200"] - before["200"], must=0, most=True)
    table.add("second sync, CPU over the first's", second.cpu / first.cpu, must=0.1, most=True)
    table.add("second sync, wall", second.wall, unit="s", note=f"CPU {second.cpu:.1f} s")
    if other is None:
        table.add("newsboat", None, note="is not here")
    else:
        note = f"CPU {other.cpu:.1f} s"
        table.add("newsboat, 16 threads, wall", other.wall, unit="s", note=note)
        table.add("first sync, wall over newsboat's", first.wall / other.wall)
        table.add("first sync, CPU over newsboat's", first.cpu / other.cpu)


def main() -> None:
    """All of it."""
    table = Table("sync")
    with tempfile.TemporaryDirectory(prefix="broadsheet-bench-") as name:
        thousand(table, Path(name))
        sync_bombs.measure_all(table)
        shared = shared_folder()
        if shared is not None:
            sync_real.measure_all(table, shared, Path(name) / "real")
    table.finish()


if __name__ == "__main__":
    main()
