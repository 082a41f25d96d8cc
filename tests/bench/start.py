"""The start: to the first paint in a pty, and a sync of fifty feeds from a loopback server."""

import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

from tests.bench import screen_homes
from tests.bench.table import Table
from tests.terminal import Terminal

BROADSHEET = str(Path(sys.executable).parent / "broadsheet")
FEEDS, SERVERS, ENTRIES, ROUNDS = 50, 10, 3, 7
_WORDS = "the harbour council met again to hear how the river wall would be paid for and by whom"


class Newsstand(BaseHTTPRequestHandler):
    """Fifty feeds, and a page for each of their entries."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        _, feed, *entry = self.path.split("/")
        kind, body = (
            ("text/html", _page(feed, entry[0])) if entry else ("text/xml", self._feed(feed))
        )
        data = body.encode()
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _feed(self, feed: str) -> str:
        host = self.headers["Host"]
        now = datetime.now(UTC)
        items = "".join(
            f"<item><title>{feed}: {_WORDS[:40]} {n}</title><guid>{feed}-{n}</guid>"
            f"<link>http://{host}/{feed}/{n}</link><pubDate>"
            f"{format_datetime(now - timedelta(hours=n))}</pubDate></item>"
            for n in range(ENTRIES)
        )
        return f'<rss version="2.0"><channel><title>{feed}</title>{items}</channel></rss>'

    def log_message(self, *_: object) -> None:
        """Says nothing."""


def _page(feed: str, entry: str) -> str:
    text = "".join(f"<p>{_WORDS.capitalize()} {n}. {_WORDS.capitalize()}.</p>" for n in range(20))
    head = f"<title>{feed} {entry}</title>"
    return f"<html><head>{head}</head><body><article><h1>{feed} {entry}</h1>{text}</article></body>"


@contextmanager
def newsstands() -> Iterator[list[str]]:
    """The servers, on addresses of their own as feeds are in the world; gives host:port of each."""
    with ExitStack() as stack:
        hosts = []
        for n in range(1, SERVERS + 1):
            server = stack.enter_context(ThreadingHTTPServer((f"127.0.0.{n}", 0), Newsstand))
            thread = threading.Thread(target=server.serve_forever)
            thread.start()
            stack.callback(thread.join)
            stack.callback(server.shutdown)
            hosts.append(f"127.0.0.{n}:{server.server_port}")
        yield hosts


def first_paint(home: Path) -> float:
    """Milliseconds from the start of the process to the first character on the screen."""
    begun = time.monotonic()
    with Terminal(
        [BROADSHEET, "--offline"], environment={"BROADSHEET_HOME": str(home)}
    ) as terminal:
        terminal.wait_for(lambda seen: bool(seen.text().strip()))
        took = (time.monotonic() - begun) * 1000
        terminal.settle()
        terminal.press("Q")
        terminal.wait_for_end()
    return took


def live(home: Path) -> float:
    """The same without a saved first screen: what is painted is live."""
    (home / "state" / "first-screen").unlink(missing_ok=True)
    return first_paint(home)


def run(home: Path, *arguments: str) -> float:
    """One command to its end; seconds. Raises CalledProcessError."""
    begun = time.monotonic()
    subprocess.run(
        [BROADSHEET, *arguments],
        env={**os.environ, "BROADSHEET_HOME": str(home)},
        check=True,
        stdout=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
    )
    return time.monotonic() - begun


def starts(table: Table, place: Path) -> None:
    """First paint at 100 and 10,000 entries."""
    for entries in (100, 10_000):
        home = screen_homes.home(place, entries)
        first_paint(home)  # leaves the screen that the next start paints first
        painted = statistics.median(first_paint(home) for _ in range(ROUNDS))
        table.add(f"start to first paint, {entries:,} entries", painted, 60, 25, most=True,
                  unit="ms")  # fmt: skip
        shown = statistics.median(live(home) for _ in range(ROUNDS))
        table.add(f"start to live headlines, {entries:,} entries", shown, unit="ms")


def sync(table: Table, place: Path) -> None:
    """Fifty feeds with their articles, and once more."""
    home = place / f"sync-{os.getpid()}"
    home.mkdir()
    with newsstands() as hosts:
        feeds = "".join(
            f'<outline type="rss" text="Feed {n}" xmlUrl="http://{hosts[n % SERVERS]}/feed{n}"/>'
            for n in range(FEEDS)
        )
        opml = home / "feeds.opml"
        opml.write_text(f'<opml version="2.0"><head/><body>{feeds}</body></opml>')
        run(home, "import", str(opml))
        alone = run(home, "sync", "--all", "--no-articles")
        table.add(f"sync of {FEEDS} feeds on {SERVERS} servers", alone, unit="s")
        whole = run(home, "sync", "--all")
        pages = sum(path.count("/") == 2 for path in Newsstand.asked)
        table.add(f"sync of {FEEDS} feeds with {pages} articles", whole, unit="s",
                  note="one connection a server")  # fmt: skip


def main() -> None:
    """Start and first sync."""
    screen_homes.compiled()
    with screen_homes.folder() as place:
        table = Table("Start")
        starts(table, place)
        sync(table, place)
        table.finish()


if __name__ == "__main__":
    main()
