"""Signals that ask us to end, to stop and to go on."""

import os
import signal
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any

# Seconds after which a process that was told to end does so, however stuck it is.
_MERCY = 3


class Signals:
    """Handlers of SIGTERM, SIGHUP, SIGINT, SIGTSTP and SIGCONT, and those that were there before.

    They are Python's own, not the loop's: they run also while the loop is busy.
    """

    def __init__(
        self,
        *,
        end: Callable[[int], None],
        stop: Callable[[], None],
        go_on: Callable[[], None],
    ) -> None:
        self._end, self._stop, self._go_on = end, stop, go_on
        self._before: dict[int, Any] = {}

    def watch(self) -> None:
        """Install the handlers. Only the main thread may."""
        if self._before or threading.current_thread() is not threading.main_thread():
            return
        for number, handler in (
            (signal.SIGTERM, self._told_to_end),
            (signal.SIGHUP, self._told_to_end),
            # From elsewhere; Ctrl+C is a key here. asyncio's own handler may leave us waiting.
            (signal.SIGINT, self._told_to_end),
            (signal.SIGTSTP, self._told_to_stop),
            (signal.SIGCONT, self._told_to_go_on),
        ):
            self._before[number] = signal.signal(number, handler)

    def stop(self) -> None:
        """Stop this process as Ctrl+Z does, until it is told to go on. Where no shell would take
        notice the kernel passes over it."""
        signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGTSTP)
        signal.signal(signal.SIGTSTP, self._told_to_stop)

    def leave(self) -> None:
        """Put back what was there before."""
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._before.clear()

    def _told_to_end(self, number: int, _frame: FrameType | None) -> None:
        # The default handler of SIGALRM ends the process, should the app be stuck.
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(_MERCY)
        self._end(number)

    def _told_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stop()

    def _told_to_go_on(self, _number: int, _frame: FrameType | None) -> None:
        self._go_on()
