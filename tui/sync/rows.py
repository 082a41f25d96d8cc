"""Jobs in rows by host: `hosts` rows move at once.

A row has two jobs at work: while what one brought is parsed and cleaned, the other has the host's
one connection (the fetcher lets only one in at a time).
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from itertools import islice

Job = Callable[[], Awaitable[None]]

_JOBS_A_ROW = 2


class Rows:
    """Jobs by host; more can be added while they run. A job must not raise."""

    def __init__(self, hosts: int) -> None:
        self._hosts = max(hosts, 1)
        self._rows: dict[str, deque[Job]] = {}
        self._busy: dict[str, int] = {}
        self._tasks: dict[asyncio.Task[None], str] = {}

    def add(self, host: str, job: Job) -> None:
        """Put `job` at the end of the row of `host`."""
        self._rows.setdefault(host, deque()).append(job)

    @property
    def waiting(self) -> int:
        """Jobs that have not begun."""
        return sum(map(len, self._rows.values()))

    def drop(self) -> None:
        """Forget the jobs that have not begun."""
        self._rows.clear()

    async def run(self) -> None:
        """Run until all rows are empty. When this is cancelled, so are the running jobs."""
        try:
            while self._start() or self._tasks:
                done, _ = await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    self._leave(task)
                    task.result()
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
            self._tasks.clear()
            self._busy.clear()

    def _start(self) -> bool:
        """Start what may start; True if anything did."""
        # The rows that are at work first: a host is finished before the next one is begun.
        hosts = list(self._busy)
        waiting = (host for host in self._rows if host not in self._busy)
        hosts += islice(waiting, self._hosts - len(hosts))
        return sum(self._start_row(host) for host in hosts) > 0

    def _start_row(self, host: str) -> bool:
        started = False
        row = self._rows.get(host)
        while row and self._busy.get(host, 0) < _JOBS_A_ROW:
            task = asyncio.ensure_future(_run(row.popleft()))
            self._tasks[task] = host
            self._busy[host] = self._busy.get(host, 0) + 1
            started = True
        if row is not None and not row:
            del self._rows[host]
        return started

    def _leave(self, task: "asyncio.Task[None]") -> None:
        host = self._tasks.pop(task)
        self._busy[host] -= 1
        if not self._busy[host]:
            del self._busy[host]


async def _run(job: Job) -> None:
    await job()
