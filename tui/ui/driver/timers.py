"""Named timers: setting one again moves it."""

import asyncio
from collections.abc import Callable


class Timers:
    """The timers of one loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._set: dict[str, asyncio.TimerHandle] = {}

    def later(self, name: str, seconds: float, call: Callable[[], None]) -> None:
        """Call in so many seconds, and not when it was to be called before."""
        if (timer := self._set.pop(name, None)) is not None:
            timer.cancel()
        self._set[name] = self._loop.call_later(max(seconds, 0.001), call)

    def stop(self) -> None:
        """None of them is called any more."""
        for timer in self._set.values():
            timer.cancel()
        self._set.clear()
