"""The Textual driver. `App(driver_class=BroadsheetDriver)` is the public hook it hangs on.

Textual writes frames into `wanted`; the painter sends what differs from what the terminal shows,
when the line is free. Everything happens in the event loop: no thread is to be waited for at the
end, and no write ever waits.
"""

import asyncio
import atexit
import contextlib
import gc
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

from textual import constants, events
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.driver import Driver
from textual.geometry import Size

from tui.ui.driver import grid, line, splash
from tui.ui.driver.depth import Depth, detect
from tui.ui.driver.looks import MOST, Looks
from tui.ui.driver.painter import Painter
from tui.ui.driver.replies import Ear
from tui.ui.driver.terminal import Terminal, erases_in_colour

_SYNC_MODE = 2026
_ASK_SYNC = f"\x1b[?{_SYNC_MODE}$p"
# Frames longer than this are shown at once where the terminal can.
_SYNC_FROM = 512
# Seconds that answers under way are waited for at the end, so that the shell doesn't get them.
_LAST_ANSWERS = 1.0
# Seconds after which a process that was told to end does so, however stuck it is.
_MERCY = 3
# Pointer shapes are not worth their bytes.
_POINTER = "\x1b]22;"


class BroadsheetDriver(Driver):
    """Sends only what changed, and no faster than the terminal takes it."""

    def __init__(
        self,
        app: App[Any],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        # Textual keeps the size that it last saw in `_size`; only one given here is fixed.
        self._fixed_size = size
        assert sys.__stdin__ is not None
        assert sys.__stdout__ is not None
        assert sys.__stderr__ is not None
        target = sys.__stdout__ if sys.__stdout__.isatty() else sys.__stderr__
        self.terminal = Terminal(sys.__stdin__.fileno(), target.fileno(), os.environ)
        self.meter = line.meter()
        self.full_depth = detect(os.environ)
        self._looks = Looks()
        self._frames = grid.Reader(self._looks)
        columns, rows = self._measure()
        self._wanted = grid.Grid(columns, rows)
        self._painter = Painter(
            columns,
            rows,
            self._looks,
            depth=self.full_depth,
            erases=erases_in_colour(os.environ),
            links=not self.terminal.simple,
        )
        self._ear = Ear()
        self._parser = XTermParser(debug)
        self._dirty = False
        self._syncs = False
        self._resuming = False
        self._stale = False
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._handlers: dict[int, Any] = {}
        atexit.register(self._at_end)

    # ---- Textual's side -------------------------------------------------------------------

    @property
    def can_suspend(self) -> bool:
        """Ctrl+Z works."""
        return True

    def start_application_mode(self) -> None:
        """Take the terminal, going on from the splash screen if there is one."""
        painted = splash.take()
        columns, rows = self._measure()
        self.terminal.enter(
            mouse=self._mouse, attributes=splash.attributes(), fresh=painted is None
        )
        if (columns, rows) != (self._wanted.columns, self._wanted.rows):
            self._wanted = grid.Grid(columns, rows)
        shown = grid.Grid(columns, rows)
        self._frames.read(painted or "", shown)
        self._painter.start(shown)
        self._listen()
        if not self.terminal.simple:
            self._send(_ASK_SYNC)
        self._send_size()
        if self._resuming:
            self._resuming = False
            self._dirty = True
            self._paint()
            self.send_message(self.SignalResume())

    def disable_input(self) -> None:
        """The app is ending: the user gets the screen back now, what is left to do is done after."""
        self._keep_first_screen()
        self._end()

    def stop_application_mode(self) -> None:
        """Give the terminal back."""
        self._keep_first_screen()
        self._end()

    def close(self) -> None:
        """Close what is ours."""
        self._end()
        self.terminal.close()

    def suspend_application_mode(self) -> None:
        """Give the terminal back for a while."""
        self._end()

    def write(self, data: str) -> None:
        """A frame goes into `wanted`; anything else is sent as it is."""
        if not self.terminal.active or not data or data.startswith(_POINTER):
            return
        if grid.is_frame(data):
            self._frames.read(data, self._wanted)
            self._stale = False
            self._dirty = True
        else:
            self._send(data)

    def flush(self) -> None:
        """Paint, if the line is free; else with the next acknowledgement."""
        if self._dirty:
            self._paint()

    # ---- out -------------------------------------------------------------------------------

    def _paint(self) -> None:
        if not self.terminal.active or self.terminal.blocked or self._stale:
            return
        if self.meter.asks and not self.meter.free:
            self._later("overdue", self.meter.overdue(), self._overdue)
            return
        self._dirty = False
        self._step_down()
        text = self._painter.paint(self._wanted)
        if self._frames.cursor != (0, 0):
            text += self._painter.place(*self._frames.cursor)
        if not text:
            return
        if self._syncs and len(text) > _SYNC_FROM:
            text = f"\x1b[?{_SYNC_MODE}h{text}\x1b[?{_SYNC_MODE}l"
        self._send(text, ask=self.meter.asks)
        if not gc.isenabled():
            # What the start made stays for the session; later collections pass over it.
            gc.freeze()
            gc.enable()
        if len(self._looks.known) > MOST:
            self._compact()

    def _send(self, text: str, *, ask: bool = False) -> None:
        data = (text + (line.ASK if ask else "")).encode("utf-8", "replace")
        self.meter.sent(len(data), asked=ask)
        if ask:
            self._later("overdue", self.meter.overdue(), self._overdue)
        try:
            self.terminal.write(data)
        except OSError:
            self._gone()
            return
        if self.terminal.blocked:
            self._loop.add_writer(self.terminal.out, self._advance)

    def _advance(self) -> None:
        try:
            self.terminal.advance()
        except OSError:
            self._gone()
            return
        if not self.terminal.blocked:
            self._loop.remove_writer(self.terminal.out)
            self.flush()

    def _overdue(self) -> None:
        self.meter.overdue()
        self.flush()

    def _step_down(self) -> None:
        fewer = Depth.INDEXED if self.meter.crawls else self.full_depth
        self._painter.depth = min(self.full_depth, fewer)

    def _compact(self) -> None:
        numbers = self._looks.compact([*self._wanted.looks, *self._painter.rows()])
        self._wanted.looks = [row.translate(numbers) for row in self._wanted.looks]
        self._painter.renumber(numbers)
        self._frames.forget()

    # ---- in --------------------------------------------------------------------------------

    def _listen(self) -> None:
        with contextlib.suppress(OSError):
            self._loop.add_reader(self.terminal.source, self._hear)
        if threading.current_thread() is not threading.main_thread():
            return
        self._loop.add_signal_handler(signal.SIGWINCH, self._resized)
        for number, handler in (
            (signal.SIGTERM, self._told_to_end),
            (signal.SIGHUP, self._told_to_end),
            (signal.SIGTSTP, self._told_to_stop),
            (signal.SIGCONT, self._told_to_go_on),
        ):
            self._handlers.setdefault(number, signal.signal(number, handler))

    def _hear(self) -> None:
        try:
            data = os.read(self.terminal.source, 1 << 14)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._gone()
            return
        heard = self._ear.hear(data, expecting=self.meter.outstanding > 0)
        for _ in range(heard.acknowledged):
            self.meter.answered()
        self._syncs = self._syncs or _SYNC_MODE in heard.modes
        if self._ear.keeps:
            self._later("kept", constants.ESCAPE_DELAY, self._release)
        if heard.keys:
            self._type(heard.keys)
        if heard.acknowledged:
            self.flush()

    def _release(self) -> None:
        if text := self._ear.release():
            self._type(text)
            if text == "\x1b":
                # It has waited already.
                self._later("tick", constants.ESCAPE_DELAY / 10, self._tick)

    def _type(self, text: str) -> None:
        self.meter.key()
        for event in self._parser.feed(text):
            self.process_message(event)
        self._later("tick", constants.ESCAPE_DELAY + 0.005, self._tick)

    def _tick(self) -> None:
        for event in self._parser.tick():
            self.process_message(event)

    def _measure(self) -> tuple[int, int]:
        if self._fixed_size is not None:
            return self._fixed_size
        try:
            size = os.get_terminal_size(self.terminal.target)
        except OSError:
            return 80, 24
        return size.columns or 80, size.lines or 24

    def _send_size(self) -> None:
        size = Size(*self._measure())
        self.send_message(events.Resize(size, size))

    def _resized(self) -> None:
        columns, rows = self._size = self._measure()
        if (columns, rows) == (self._wanted.columns, self._wanted.rows):
            return
        # What terminals make of the old screen differs: all is painted anew, with the first frame
        # of the new size.
        self._wanted = grid.Grid(columns, rows)
        self._painter.lose(columns, rows)
        self._stale = True
        self._send_size()

    def _later(self, name: str, seconds: float, call: Callable[[], None]) -> None:
        if (timer := self._timers.pop(name, None)) is not None:
            timer.cancel()
        self._timers[name] = self._loop.call_later(max(seconds, 0.001), call)

    # ---- the end ---------------------------------------------------------------------------

    def _end(self) -> None:
        if not self.terminal.active:
            return
        self._stop_listening()
        self.terminal.leave()
        self._drain()
        self.terminal.restore()

    def _stop_listening(self) -> None:
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()
        with contextlib.suppress(OSError, RuntimeError):
            self._loop.remove_reader(self.terminal.source)
            self._loop.remove_writer(self.terminal.out)
            if threading.current_thread() is threading.main_thread():
                self._loop.remove_signal_handler(signal.SIGWINCH)

    def _drain(self) -> None:
        """Read the answers that are under way: they are not for the shell."""
        end = time.monotonic() + min(_LAST_ANSWERS, max(0.1, 3 * (self.meter.round_trip or 0)))
        while self.meter.outstanding and (left := end - time.monotonic()) > 0:
            data = self.terminal.read_within(left)
            if not data:
                return
            for _ in range(self._ear.hear(data, expecting=True).acknowledged):
                self.meter.answered()

    def _at_end(self) -> None:
        # Whatever way the process ends, short of SIGKILL.
        self._end()

    def _gone(self) -> None:
        """The terminal is gone (hang-up)."""
        self._stop_listening()
        self.terminal.abandon()
        self._app.exit(return_code=128 + signal.SIGHUP)

    def _told_to_end(self, number: int, frame: object) -> None:
        del frame
        self._keep_first_screen()
        self._end()
        # The default handler of SIGALRM ends the process, should the app be stuck.
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(_MERCY)
        self._loop.call_soon_threadsafe(lambda: self._app.exit(return_code=128 + number))

    def _told_to_stop(self, number: int, frame: object) -> None:
        del number, frame
        if self._auto_restart:
            self._resuming = self.terminal.active
            self.suspend_application_mode()
        os.kill(os.getpid(), signal.SIGSTOP)

    def _told_to_go_on(self, number: int, frame: object) -> None:
        del number, frame
        if self._auto_restart and self._resuming:
            self.resume_application_mode()

    def _keep_first_screen(self) -> None:
        """Of an app that is well, on its first screen, and has painted it."""
        app, text = self._app, self._wanted.text
        if not self.terminal.active or app.return_code or len(app.screen_stack) != 1:
            return
        if self.meter.frames and any(row.strip() for row in text):
            splash.save(self._painter.pieces(self._wanted), self._wanted.columns)
