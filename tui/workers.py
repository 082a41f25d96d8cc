"""Worker processes: jobs that may hang, bloat or crash run here, and cost one result, not the session.

A job is a function `(request, body) -> (reply, body)` of JSON objects and bytes, named as
"package.module:function". `Pool.call` runs it in a process of its own, with a time and a memory
limit, and starts the process again after a failure; urgent calls (`tui.turns`) go first. Frames on the pipe are two big-endian 32-bit
lengths, then JSON, then bytes: nothing is ever unpickled.

    pool = Pool("tui.cleaning.jobs:clean_page", size=2, seconds=5, megabytes=512)
    reply, body = await pool.call({"url": url}, page)
    await pool.close()
"""

import asyncio
import contextlib
import importlib
import json
import os
import signal
import struct
import sys
from collections.abc import Callable
from typing import Any, BinaryIO

from tui.domain.errors import WorkerDied, WorkerRaised, WorkerTimeout
from tui.turns import Turns

Request = dict[str, Any]
Job = Callable[[Request, bytes], tuple[Request, bytes]]

_HEAD = struct.Struct(">II")
_START_SECONDS = 120.0  # imports and models, on a slow disk
_LONGEST_ERROR = 500


class _Process:
    """One running worker."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    @classmethod
    async def start(cls, job: str, seconds: float, megabytes: int) -> "_Process":
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tui.workers",
            job,
            str(seconds),
            str(megabytes),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            limit=1 << 20,
        )
        self = cls(process)
        try:
            await asyncio.wait_for(self._receive(), _START_SECONDS)
        except BaseException:
            await self.stop()
            raise
        return self

    @property
    def pid(self) -> int:
        return self._process.pid

    async def _receive(self) -> tuple[Request, bytes]:
        assert self._process.stdout is not None
        try:
            head, size = _HEAD.unpack(await self._process.stdout.readexactly(_HEAD.size))
            reply = json.loads(await self._process.stdout.readexactly(head))
            return reply, await self._process.stdout.readexactly(size)
        except asyncio.IncompleteReadError as error:
            raise WorkerDied("the worker process ended") from error

    async def call(self, request: Request, body: bytes) -> tuple[Request, bytes]:
        assert self._process.stdin is not None
        head = json.dumps(request).encode()
        try:
            self._process.stdin.write(_HEAD.pack(len(head), len(body)) + head + body)
            await self._process.stdin.drain()
        except (ConnectionError, RuntimeError) as error:
            raise WorkerDied("the worker process ended") from error
        return await self._receive()

    async def stop(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        await ended(self._process)


async def ended(process: asyncio.subprocess.Process) -> None:
    """Wait for the end of a process that was killed, its pipes closed first.

    A pipe that is full and read by nobody would keep `wait` from ending. Closing the transport
    itself would ask after the process, and take its end from the watcher that tells `wait` of it.
    """
    transport = process._transport  # type: ignore[attr-defined]
    for number in (0, 1, 2):
        if (pipe := transport.get_pipe_transport(number)) is not None:
            pipe.close()
    await process.wait()


class Pool:
    """`size` processes for one job. Processes start with the first call and stay.

    `seconds` is the limit for one call, `megabytes` the limit for one process's data. Raises
    WorkerTimeout, WorkerDied or WorkerRaised from `call`; the next call gets a new process.
    """

    def __init__(
        self, job: str, *, size: int = 1, seconds: float = 5.0, megabytes: int = 512
    ) -> None:
        self.job, self.seconds, self.megabytes = job, seconds, megabytes
        self._slots = Turns(size)
        self._idle: list[_Process] = []
        self._busy: set[_Process] = set()

    @property
    def pids(self) -> list[int]:
        """The processes that run now, for tests and `doctor`."""
        return [process.pid for process in (*self._idle, *self._busy)]

    async def call(
        self, request: Request, body: bytes = b"", *, seconds: float | None = None
    ) -> tuple[Request, bytes]:
        """Run the job in a worker; `seconds` replaces the pool's limit for this call."""
        limit = seconds or self.seconds
        async with self._slots:
            process = self._idle.pop() if self._idle else await self._start()
            self._busy.add(process)
            healthy = False
            try:
                reply, answer = await asyncio.wait_for(
                    process.call({**request, "_seconds": limit}, body), limit
                )
                healthy = True
            except TimeoutError as error:
                raise WorkerTimeout(f"took longer than {limit:g} s") from error
            finally:
                self._busy.discard(process)
                if healthy:
                    self._idle.append(process)
                else:
                    await asyncio.shield(process.stop())
        if "_raised" in reply:
            raise WorkerRaised(reply["_message"], kind=reply["_raised"])
        return reply, answer

    async def _start(self) -> _Process:
        return await _Process.start(self.job, self.seconds, self.megabytes)

    async def warm(self) -> None:
        """Start a process now, so that the first call does not wait for its imports."""
        async with self._slots:
            if not self._idle:
                self._idle.append(await self._start())

    async def close(self) -> None:
        """End all processes."""
        processes = [*self._idle, *self._busy]
        self._idle.clear()
        for process in processes:
            await process.stop()


def main(argv: list[str]) -> int:
    """Serve one job on standard input and output until the input ends."""
    name, seconds, megabytes = argv[0], float(argv[1]), int(argv[2])
    source = os.fdopen(os.dup(0), "rb")
    target = os.fdopen(os.dup(1), "wb")
    # What the job prints must not get between the frames.
    os.dup2(2, 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    module, _, function = name.partition(":")
    job: Job = getattr(importlib.import_module(module), function)
    # After the imports: code and models are not the job's.
    _limit_memory(megabytes)
    _send(target, {"ready": os.getpid()}, b"")
    while head := source.read(_HEAD.size):
        lengths = _HEAD.unpack(head)
        request = json.loads(source.read(lengths[0]))
        body = source.read(lengths[1])
        # Should our parent be gone or stuck, the job still ends: SIGALRM's default is the end.
        signal.setitimer(signal.ITIMER_REAL, float(request.pop("_seconds", seconds)) + 2)
        _send(target, *_run(job, request, body))
        signal.setitimer(signal.ITIMER_REAL, 0)
    return 0


def _run(job: Job, request: Request, body: bytes) -> tuple[Request, bytes]:
    try:
        return job(request, body)
    except Exception as error:
        return {"_raised": type(error).__name__, "_message": str(error)[:_LONGEST_ERROR]}, b""


def _limit_memory(megabytes: int) -> None:
    import resource

    with contextlib.suppress(ValueError, OSError):
        limit = megabytes << 20
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _send(target: BinaryIO, reply: Request, body: bytes) -> None:
    head = json.dumps(reply).encode()
    target.write(_HEAD.pack(len(head), len(body)) + head + body)
    target.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
