"""Who goes first. What a person waits for overtakes what a round of fetching does in advance.

A `Turns` is a semaphore whose urgent waiters go before the others. Work is urgent inside
`with urgent():`, also in the tasks that are started there: the context variable travels with them,
so no port needs a parameter for it.

    turns = Turns(1)
    async with turns:
        ...

    one_by_one = OneByOne()
    async with one_by_one.turn("news.example"):
        ...                             # alone with this key
"""

import asyncio
import contextlib
from collections import Counter, deque
from collections.abc import AsyncIterator, Iterator
from contextvars import ContextVar

_URGENT: ContextVar[bool] = ContextVar("urgent", default=False)


@contextlib.contextmanager
def urgent() -> Iterator[None]:
    """What is awaited in here goes before everything else."""
    token = _URGENT.set(True)
    try:
        yield
    finally:
        _URGENT.reset(token)


def is_urgent() -> bool:
    """True where a person waits."""
    return _URGENT.get()


class Turns:
    """At most `size` holders at once; the others wait, urgent ones in front."""

    def __init__(self, size: int) -> None:
        self._free = size
        self._urgent: deque[asyncio.Future[None]] = deque()
        self._patient: deque[asyncio.Future[None]] = deque()

    @property
    def idle(self) -> bool:
        """True if nobody waits."""
        return not self._urgent and not self._patient

    async def __aenter__(self) -> None:
        if self._free > 0:
            self._free -= 1
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        row = self._urgent if is_urgent() else self._patient
        row.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._pass_on()  # the turn came together with the cancellation
            else:
                row.remove(turn)
            raise

    async def __aexit__(self, *_: object) -> None:
        self._pass_on()

    def _pass_on(self) -> None:
        for row in (self._urgent, self._patient):
            while row:
                turn = row.popleft()
                if not turn.done():
                    turn.set_result(None)
                    return
        self._free += 1


class OneByOne:
    """Turns by key: those with the same one wait for each other. Keys that nobody uses are forgotten."""

    def __init__(self) -> None:
        self._turns: dict[str, Turns] = {}
        self._users: Counter[str] = Counter()

    @contextlib.asynccontextmanager
    async def turn(self, key: str) -> AsyncIterator[None]:
        """In here nobody else has `key`."""
        self._users[key] += 1
        try:
            async with self._turns.setdefault(key, Turns(1)):
                yield
        finally:
            self._users[key] -= 1
            if not self._users[key]:
                del self._users[key], self._turns[key]
