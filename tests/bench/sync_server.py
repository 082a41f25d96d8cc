"""A thousand feeds on loopback addresses, with the latencies of the world; a process of its own.

    python -m tests.bench.sync_server PORT_FILE

Feeds are /N, each on a host of its own among 127.0.0.0/16 (four a host). GET /count gives what was
answered so far as JSON, {"200": n, "304": n, "most": requests at once}.
"""

import asyncio
import gzip
import json
import sys
from collections import Counter
from pathlib import Path

FEEDS = 1000
FEEDS_A_HOST = 4
# Twenty entries of 2.8 kB: with 56 kB a feed is as large as the mean of the real ones in ../shared,
# so that a thousand are as much work as a thousand of those.
ENTRIES = 20
# (share of the feeds, seconds): mostly near, some far, a few slow.
LATENCIES = ((0.60, 0.02), (0.30, 0.10), (0.09, 0.40), (0.01, 1.50))
WORDS = (
    "the minister said on that a vote would be held before the end of month while farmers waited "
    "for rain and the harbour opened again to ships from all of the northern ports"
).split()

counts: Counter[str] = Counter()


def address(number: int, port: int) -> str:
    """The address of feed `number`."""
    host = number // FEEDS_A_HOST
    return f"http://127.0.{1 + host // 250}.{1 + host % 250}:{port}/{number}"


def latency(number: int) -> float:
    """Seconds that feed `number` takes to answer; slow ones are spread evenly."""
    place = (number * 617 % FEEDS) / FEEDS
    for share, seconds in LATENCIES:
        if place < share:
            return seconds
        place -= share
    return LATENCIES[-1][1]


def document(number: int) -> bytes:
    """A feed with twenty entries of a paragraph each."""
    items = []
    for entry in range(ENTRIES):
        start = (number * 31 + entry * 7) % len(WORDS)
        text = " ".join((WORDS[start:] + WORDS) * 10)
        hours = f"{entry % 24:02}"
        items.append(
            f"<item><title>Story {entry} of feed {number}</title>"
            f"<link>http://127.0.0.1/story/{number}/{entry}</link><guid>{number}-{entry}</guid>"
            f"<pubDate>Mon, 02 Mar 2026 {hours}:00:00 GMT</pubDate>"
            f"<description>&lt;p&gt;{text}&lt;/p&gt;</description></item>"
        )
    head = f"<title>Feed {number}</title><link>http://127.0.0.1/{number}</link>"
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{"".join(items)}</channel></rss>'.encode()


async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer the requests of one connection."""
    try:
        while head := await reader.readuntil(b"\r\n\r\n"):
            path = head.split(b" ", 2)[1].decode()
            writer.write(await answer(path, head.lower()))
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()


async def answer(path: str, head: bytes) -> bytes:
    """The answer to one request, after its latency."""
    if path == "/count":
        return plain(json.dumps(counts).encode())
    number = int(path.strip("/"))
    counts["open"] += 1
    counts["most"] = max(counts["most"], counts["open"])
    await asyncio.sleep(latency(number))
    counts["open"] -= 1
    etag = f'"{number}"'
    if etag.encode() in head:
        counts["304"] += 1
        return f"HTTP/1.1 304 Not Modified\r\nETag: {etag}\r\n\r\n".encode()
    counts["200"] += 1
    body = gzip.compress(document(number), 1)
    return plain(body, f"ETag: {etag}\r\nContent-Encoding: gzip\r\n")


def plain(body: bytes, more: str = "") -> bytes:
    """A 200 with `body`."""
    head = f"HTTP/1.1 200 OK\r\n{more}Content-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


async def main(port_file: Path) -> None:
    """Serve until killed."""
    server = await asyncio.start_server(serve, "0.0.0.0", 0, backlog=512)
    port_file.write_text(str(server.sockets[0].getsockname()[1]))
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
