"""Bodies that decode to 200 MB: what fetching them costs. Run with an address it fetches them."""

import asyncio
import json
import resource
import subprocess
import sys
import time
import zlib

import brotli
import zstandard

from tests.bench.table import Table
from tests.loopback import Reply, Seen, serve
from tui.domain.errors import TooLarge
from tui.fetching.http.client import HttpFetcher
from tui.settings import HttpSettings

_CHUNK = bytes(1 << 20)
_MEGABYTES = 200
_NAMES = {"gzip": "gzip", "br": "br", "zstd": "zstd", "gzip2": "gzip, gzip"}


def bombs() -> dict[str, bytes]:
    """200 MB of zeros in each encoding, and in gzip twice."""
    gz, br = zlib.compressobj(9, wbits=31), brotli.Compressor(quality=5)
    zs = zstandard.ZstdCompressor(level=3).compressobj()
    made = dict.fromkeys(_NAMES, b"")
    for _ in range(_MEGABYTES):
        made["gzip"] += gz.compress(_CHUNK)
        made["br"] += br.process(_CHUNK)
        made["zstd"] += zs.compress(_CHUNK)
    made["gzip"] += gz.flush()
    made["br"] += br.finish()
    made["zstd"] += zs.flush()
    twice = zlib.compressobj(9, wbits=31)
    made["gzip2"] = twice.compress(made["gzip"]) + twice.flush()
    return made


def measure_all(table: Table) -> None:
    """Memory that a process gains, and its time, for each bomb."""
    made = bombs()

    def answer(seen: Seen) -> Reply:
        name = seen.path.strip("/")
        return Reply(made[name], headers={"Content-Encoding": _NAMES[name]})

    with serve(answer) as server:
        for name in _NAMES:
            command = [sys.executable, "-m", "tests.bench.sync_bombs", f"{server.base}/{name}"]
            done = subprocess.run(command, capture_output=True, check=True)
            megabytes, seconds = json.loads(done.stdout)
            label = f"bomb of {_MEGABYTES} MB, {name}"
            table.add(f"{label}: memory", megabytes, must=200, most=True, unit="MB")
            table.add(f"{label}: CPU", seconds, must=5, most=True, unit="s")


class _Forgetful:
    def host(self, name: str) -> dict[str, object]:
        return {}

    def save_host(self, name: str, known: dict[str, object]) -> None:
        """Nothing is kept."""


async def fetch(url: str) -> tuple[float, float]:
    """Megabytes that fetching `url` added to this process, and seconds of CPU."""
    fetcher = HttpFetcher(HttpSettings(), {}, _Forgetful(), subscribers=1)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.process_time()
    try:
        await fetcher.page(url)
    except TooLarge:
        gained = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        return gained / 1024, time.process_time() - begun
    finally:
        await fetcher.close()
    raise SystemExit("the bomb was not refused")


if __name__ == "__main__":
    print(json.dumps(asyncio.run(fetch(sys.argv[1]))))
