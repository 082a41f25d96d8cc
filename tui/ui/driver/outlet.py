"""What goes out: never waits, is counted, and may ask the terminal whether it has arrived."""

import asyncio
import contextlib
from collections.abc import Callable

from tui.ui.driver.line import ASK, LineMeter
from tui.ui.driver.terminal import Terminal
from tui.ui.driver.timers import Timers


class Outlet:
    """`flush` is called when there is room again, `gone` when the terminal is."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        terminal: Terminal,
        meter: LineMeter,
        *,
        flush: Callable[[], None],
        gone: Callable[[], None],
    ) -> None:
        self._loop, self._terminal, self._meter = loop, terminal, meter
        self._flush, self._gone, self._timers = flush, gone, Timers(loop)

    @property
    def idle(self) -> bool:
        """Nothing is under way, and nothing waits for room."""
        terminal = self._terminal
        return terminal.active and not terminal.blocked and not self._meter.outstanding

    @property
    def free(self) -> bool:
        """Another frame may be sent; if not, `flush` is called when it may."""
        if not self._terminal.active or self._terminal.blocked:
            return False
        if self._meter.asks and not self._meter.free:
            self._wait()
            return False
        return True

    def send(self, text: str) -> None:
        """Send."""
        self._write(text.encode("utf-8", "replace"), asked=False)

    def ask(self, text: str) -> None:
        """Send, and ask for an acknowledgement if the terminal gives any."""
        asked = self._meter.asks
        self._write((text + (ASK if asked else "")).encode("utf-8", "replace"), asked=asked)
        if asked:
            self._wait()

    def stop(self) -> None:
        """Nothing more goes out."""
        self._timers.stop()
        with contextlib.suppress(OSError, RuntimeError):
            self._loop.remove_writer(self._terminal.out)

    def _write(self, data: bytes, *, asked: bool) -> None:
        self._meter.sent(len(data), asked=asked)
        try:
            self._terminal.write(data)
        except OSError:
            self._gone()
            return
        if self._terminal.blocked:
            self._loop.add_writer(self._terminal.out, self._advance)

    def _advance(self) -> None:
        try:
            self._terminal.advance()
        except OSError:
            self._gone()
            return
        if not self._terminal.blocked:
            self._loop.remove_writer(self._terminal.out)
            self._flush()

    def _wait(self) -> None:
        self._timers.later("overdue", self._meter.overdue(), self._overdue)

    def _overdue(self) -> None:
        self._meter.overdue()
        self._flush()
