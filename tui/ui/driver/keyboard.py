"""What comes in: keys become Textual's events, answers go to the meter.

Read in the event loop, so that no thread is to be waited for at the end.
"""

import asyncio
import contextlib
import os
import time
from collections.abc import Callable

from textual import constants, events
from textual._xterm_parser import XTermParser
from textual.message import Message

from tui.ui.driver.graphics import graphics
from tui.ui.driver.line import LineMeter
from tui.ui.driver.replies import Ear
from tui.ui.driver.sieve import Pasted, Sieve
from tui.ui.driver.terminal import Terminal
from tui.ui.driver.timers import Timers

# Seconds that answers under way are waited for at the end, so that the shell doesn't get them.
_LAST_ANSWERS = 1.0


class Keyboard:
    """`deliver` gets events; `answered` is called after acknowledgements, `gone` at a hang-up; `ask`
    sends a question that an answer brought up."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        terminal: Terminal,
        meter: LineMeter,
        *,
        deliver: Callable[[Message], None],
        answered: Callable[[], None],
        ask: Callable[[str], None],
        gone: Callable[[], None],
    ) -> None:
        self._loop, self._terminal, self._meter = loop, terminal, meter
        self._deliver, self._answered, self._ask, self._gone = deliver, answered, ask, gone
        self._ear, self._parser, self._timers = Ear(), XTermParser(), Timers(loop)
        self._sieve = Sieve()
        self.modes: set[int] = set()
        """Private modes that the terminal says it has."""

    def start(self) -> None:
        """Begin to listen."""
        with contextlib.suppress(OSError):
            self._loop.add_reader(self._terminal.source, self._hear)

    def stop(self) -> None:
        """Listen no more."""
        self._timers.stop()
        with contextlib.suppress(OSError, RuntimeError):
            self._loop.remove_reader(self._terminal.source)

    def drain(self) -> None:
        """Read the answers that are under way: they are not for the shell."""
        patience = max(0.1, 3 * (self._meter.round_trip or 0))
        end = time.monotonic() + min(_LAST_ANSWERS, patience)
        while self._meter.outstanding and (left := end - time.monotonic()) > 0:
            data = self._terminal.read_within(left)
            if not data:
                return
            for _ in range(self._ear.hear(data, expecting=True).acknowledged):
                self._meter.answered()

    def _hear(self) -> None:
        try:
            data = os.read(self._terminal.source, 1 << 14)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._gone()
            return
        heard = self._ear.hear(data, expecting=self._meter.outstanding > 0)
        for _ in range(heard.acknowledged):
            self._meter.answered()
        self.modes.update(heard.modes)
        for said in heard.said:
            if question := graphics().hear(*said):
                self._ask(question)
        if self._ear.keeps:
            self._timers.later("kept", constants.ESCAPE_DELAY, self._release)
        if heard.keys:
            self._type(heard.keys)
        if heard.acknowledged:
            self._answered()

    def _release(self) -> None:
        if text := self._ear.release():
            self._type(text)

    def _type(self, text: str) -> None:
        self._meter.key()
        for piece in self._sieve.sort(text):
            if isinstance(piece, Pasted):
                self._deliver(events.Paste(piece))
            else:
                self._press(piece)
        # Textual's parser tells an Esc alone from the start of a sequence by this delay.
        self._timers.later("tick", constants.ESCAPE_DELAY + 0.005, self._tick)

    def _press(self, text: str) -> None:
        try:
            for event in self._parser.feed(text):
                self._deliver(event)
        except (ValueError, OverflowError):
            # A key by a number that is none: Textual's parser has given up, for good.
            self._parser = XTermParser()

    def _tick(self) -> None:
        for event in self._parser.tick():
            self._deliver(event)
