"""A server that does everything wrong: each of its answers has a bounded, clear outcome."""

import importlib.util
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from tests.fetching.http.conftest import Make
from tui.domain.errors import FetchError
from tui.domain.feeds import Feed, Unchanged, Validators
from tui.fetching.http.client import HttpFetcher

pytestmark = pytest.mark.shared

# What each path has to end in: the reason of a FetchError, or the body.
OUTCOMES: dict[str, str | bytes] = {
    "trunc": "truncated",
    "chunktrunc": "truncated",
    "noclose": b"<rss>half",
    "long": b"hello",
    "endless": "size",
    "slow": "timeout",
    "slowhdr": "timeout",
    "bighdr": "protocol",
    "manyhdr": "protocol",
    "loop": "redirect loop",
    "file": "redirect",
    "js": "redirect",
    "meta": "redirect",
    "samehost": b"{}",
    "setcookie": b"",
    "reset": "connection",
    "garbage": "protocol",
    "badenc": "encoding",
    "unkenc": "encoding",
    "gztrunc": "truncated",
    "bomb/gzip": "size",
    "bomb/br": "size",
    "bomb/zstd": "size",
    "bomb/gzip2": "size",
    "500": "503",
    "429": "429",
    "204": "204",
    "206": "206",
}


@pytest.fixture(scope="module")
def evil(shared: Path) -> Iterator[str]:
    """The base address of the server, on a port of its own."""
    module = load(shared)
    module.bomb()  # takes seconds to make, once
    listener = socket.create_server(("127.0.0.1", 0))
    threading.Thread(target=accept, args=(listener, module), daemon=True).start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()


def load(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("evil", shared / "tools" / "evil_server.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def accept(listener: socket.socket, module: ModuleType) -> None:
    while True:
        try:
            client, _ = listener.accept()
        except OSError:
            return
        threading.Thread(target=module.h, args=(client,), daemon=True).start()


@pytest.mark.parametrize("path", sorted(OUTCOMES))
async def test_each_answer_has_a_clear_outcome(make: Make, evil: str, path: str) -> None:
    expected = OUTCOMES[path]
    fetcher: HttpFetcher = make(timeout=1 if expected == "timeout" else 20, limit=10_000_000)
    if isinstance(expected, bytes):
        assert (await fetcher.page(f"{evil}/{path}")).body == expected
        return
    with pytest.raises(FetchError) as caught:
        await fetcher.page(f"{evil}/{path}")
    assert caught.value.reason == expected
    assert str(caught.value).isprintable()
    assert "Error" not in str(caught.value)
    assert "bytearray" not in str(caught.value)
    assert (caught.value.retry_after or 0) <= 24 * 3600


async def test_a_304_with_a_body_is_a_304(make: Make, evil: str) -> None:
    known = Feed(1, f"{evil}/304body", validators=Validators('"x"'))
    assert isinstance(await make().feed(known), Unchanged)


BOMBS = """
import asyncio, resource, sys
from tests.fetching.http.conftest import Memory
from tui.domain.errors import TooLarge
from tui.fetching.http.client import HttpFetcher
from tui.settings import HttpSettings

async def main():
    fetcher = HttpFetcher(HttpSettings(), {}, Memory(), subscribers=1)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for name in ("gzip", "br", "zstd", "gzip2"):
        try:
            await fetcher.page(f"{sys.argv[1]}/bomb/{name}")
        except TooLarge:
            pass
        else:
            sys.exit(f"{name} was not refused")
    await fetcher.close()
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    if grown > 50:
        sys.exit(f"memory grew by {grown:.0f} MB")

asyncio.run(main())
"""


def test_bombs_leave_memory_bounded(evil: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", BOMBS, evil], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
