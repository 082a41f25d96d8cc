"""The reader's end of the engine: lazy, restarting, never blocking, light."""

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from tui.domain.blocks import Source
from tui.domain.events import ArticleFailed, Event, SyncFinished, SyncStarted, Trouble, to_json
from tui.sync.client import EngineClient

# An engine that does what a test says: `script` is Python with `say(event)` and `commands`.
ENGINE = """
import json, os, sys, time
log = open({log!r}, "a")
print(os.getpid(), *sys.argv[1:], file=log, flush=True)
def say(line):
    print(line, flush=True)
for line in sys.stdin:
    command = json.loads(line)
    print(line.strip(), file=log, flush=True)
    {script}
"""

Make = Callable[..., EngineClient]


@pytest.fixture
async def make(tmp_path: Path) -> AsyncIterator[Make]:
    clients: list[EngineClient] = []

    def one(script: str = "pass", **more: bool) -> EngineClient:
        code = ENGINE.format(log=str(tmp_path / "log"), script=script)
        command = (sys.executable, "-c", code)
        clients.append(EngineClient(command=command, log=tmp_path / "errors", **more))
        return clients[-1]

    yield one
    for client in clients:
        await client.close()


def heard_by_engine(folder: Path) -> list[dict[str, object]]:
    """The commands that engines got."""
    lines = (folder / "log").read_text().splitlines()
    return [json.loads(line) for line in lines if line.startswith("{")]


def starts(folder: Path) -> list[list[str]]:
    """The arguments that each engine was started with, after its pid."""
    lines = (folder / "log").read_text().splitlines()
    return [line.split()[1:] for line in lines if not line.startswith("{")]


async def until(client: EngineClient, kind: type[Event], listening: asyncio.Event) -> list[Event]:
    """What is told up to the first event of `kind`."""
    heard: list[Event] = []
    stream = client.events()
    async with asyncio.timeout(20):
        listening.set()
        async for event in stream:
            heard.append(event)
            if isinstance(event, kind):
                break
    await stream.aclose()  # type: ignore[attr-defined]
    return heard


async def listen(client: EngineClient, kind: type[Event]) -> "asyncio.Task[list[Event]]":
    listening = asyncio.Event()
    task = asyncio.ensure_future(until(client, kind, listening))
    await listening.wait()
    await asyncio.sleep(0)
    return task


def saying(*events: Event) -> str:
    return "; ".join(f"say({to_json(event)!r})" for event in events)


async def test_nothing_is_started_before_it_is_needed(make: Make, tmp_path: Path) -> None:
    client = make()
    listening = await listen(client, Trouble)
    await asyncio.sleep(0.1)
    assert client.pid is None
    client.cancel()
    await asyncio.sleep(0.1)
    assert not (tmp_path / "log").exists(), "nothing runs that could be cancelled"
    listening.cancel()


async def test_commands_arrive_as_they_were_given(make: Make, tmp_path: Path) -> None:
    client = make("if command['do'] == 'cancel': " + saying(Trouble("end")))
    done = await listen(client, Trouble)
    client.sync()
    client.sync([3, 4], force=True)
    client.fetch(17)
    client.fetch(18, Source.FEED)
    client.pack(minutes="90")
    client.add("https://example.org", "World")
    client.images(5)
    client.set_offline(True)
    await asyncio.sleep(0.2)
    client.cancel()
    await done
    assert heard_by_engine(tmp_path) == [
        {"do": "sync", "feeds": [], "force": False},
        {"do": "sync", "feeds": [3, 4], "force": True},
        {"do": "fetch", "entry": 17, "source": None},
        {"do": "fetch", "entry": 18, "source": "feed"},
        {"do": "pack", "wishes": {"minutes": "90"}},
        {"do": "add", "url": "https://example.org", "folder": "World"},
        {"do": "images", "entry": 5},
        {"do": "offline", "on": True},
        {"do": "cancel"},
    ]
    assert len(starts(tmp_path)) == 1


async def test_commands_given_before_the_loop_runs_wait(tmp_path: Path) -> None:
    code = ENGINE.format(log=str(tmp_path / "log"), script=saying(Trouble("heard")))
    client = await asyncio.to_thread(_made_outside, code, tmp_path)
    done = await listen(client, Trouble)
    assert await done == [Trouble("heard")]
    await client.close()


def _made_outside(code: str, folder: Path) -> EngineClient:
    client = EngineClient(command=(sys.executable, "-c", code), log=folder / "errors")
    client.sync()
    return client


async def test_an_engine_that_dies_is_mourned_and_started_again(make: Make, tmp_path: Path) -> None:
    dies = f"{saying(SyncStarted(1))}; os._exit(3) if command['do'] == 'fetch' else None"
    client = make(dies)
    done = await listen(client, Trouble)
    client.sync()
    await asyncio.sleep(0.1)
    client.fetch(7)
    heard = await done
    assert SyncFinished(cancelled=True) in heard
    (failed,) = [event for event in heard if isinstance(event, ArticleFailed)]
    assert (failed.entry, failed.reason) == (7, "engine")
    again = await listen(client, SyncStarted)
    client.sync()
    await again
    assert len(starts(tmp_path)) == 2


async def test_an_engine_that_can_not_live_is_given_up(make: Make, tmp_path: Path) -> None:
    client = EngineClient(command=(str(tmp_path / "missing"),), log=tmp_path / "errors")
    done = await listen(client, Trouble)
    client.sync()
    (trouble,) = await done
    assert isinstance(trouble, Trouble)
    assert "can't be started" in trouble.what
    await client.close()


async def test_an_engine_that_starts_later_knows_that_we_are_offline(
    make: Make, tmp_path: Path
) -> None:
    client = make(saying(Trouble("x")), offline=True)
    done = await listen(client, Trouble)
    client.fetch(1)
    await done
    assert starts(tmp_path) == [["--offline"]]


async def test_what_is_no_event_is_skipped(make: Make) -> None:
    client = make(f"say('rubbish'); say('{{}}'); {saying(Trouble('real'))}")
    done = await listen(client, Trouble)
    client.sync()
    assert await done == [Trouble("real")]


async def test_closing_ends_the_engine_and_the_listeners(make: Make) -> None:
    client = make(saying(SyncStarted(1)))
    done = await listen(client, SyncStarted)
    client.sync()
    await done
    pid = client.pid
    assert pid is not None
    endless = await listen(client, Trouble)
    await client.close()
    assert await endless == []
    assert not Path(f"/proc/{pid}").exists()
    client.sync()
    assert client.pid is None


async def test_closing_while_the_engine_starts_ends_it_too(make: Make) -> None:
    client = make("import sys; sys.stdin.read()")
    client.sync()
    await asyncio.sleep(0)  # it is being started, and nobody knows it yet
    await asyncio.wait_for(client.close(), 60)


async def test_an_engine_that_will_not_end_is_ended(make: Make) -> None:
    stubborn = "import signal; signal.signal(15, signal.SIG_IGN); " + saying(SyncStarted(1))
    client = make(f"{stubborn}; time.sleep(60)")
    done = await listen(client, SyncStarted)
    client.sync()
    await done
    pid = client.pid
    await client.close()
    assert not Path(f"/proc/{pid}").exists()


def test_the_readers_process_imports_nothing_heavy() -> None:
    heavy = "httpx httpcore lxml spacy trafilatura feedparser textual sqlite3 ssl PIL"
    code = (
        "import sys; import tui.sync.client; "
        f"print([name for name in {heavy.split()!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    # asyncio itself brings ssl.
    assert done.stdout.strip() == "['ssl']"
