"""The linear mode: numbered commands over the same library, for screen readers and TERM=dumb.

No escape sequence is ever written: a line comes in, lines go out. What is said is said in words.
"""

import asyncio
import contextlib
import sys
import threading
from typing import TextIO

from tui.domain.editions import Edition
from tui.domain.errors import BroadsheetError
from tui.domain.ports import Library, SyncPort
from tui.settings import Settings
from tui.ui.spoken import Linear


def run(
    library: Library,
    sync: SyncPort,
    settings: Settings,
    *,
    edition: Edition,
    offline: bool,
    lines_in: TextIO | None = None,
    lines_out: TextIO | None = None,
) -> int:
    """Read commands until `q` or the end of input; returns the exit status."""
    session = Linear(library, sync, settings, edition, lines_out or sys.stdout)
    session.news.offline = offline
    return asyncio.run(_serve(session, lines_in or sys.stdin))


async def _serve(session: Linear, source: TextIO) -> int:
    """The loop: what happened meanwhile, a prompt, a line, an answer."""
    lines = _lines(source)
    ears = asyncio.ensure_future(_listen(session))
    try:
        session.welcome()
        while True:
            session.tell_news()
            print("> ", end="", file=session.out, flush=True)
            line = await lines.get()
            if line is None or line.strip() in ("q", "quit"):
                return 0
            try:
                session.obey(line.strip())
            except BroadsheetError as error:
                session.say(f"Error: {error}")
    finally:
        ears.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await ears
        await session.sync.close()


async def _listen(session: Linear) -> None:
    async for event in session.sync.events():
        session.hear(event)


def _lines(source: TextIO) -> "asyncio.Queue[str | None]":
    """Lines of `source` as they come, None at its end; by a thread that never holds up the exit."""
    queue: asyncio.Queue[str | None] = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def read() -> None:
        for line in iter(source.readline, ""):
            loop.call_soon_threadsafe(queue.put_nowait, line)
        with contextlib.suppress(RuntimeError):  # the loop is closed already
            loop.call_soon_threadsafe(queue.put_nowait, None)

    threading.Thread(target=read, daemon=True).start()
    return queue
