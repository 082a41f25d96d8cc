"""The Textual driver. `App(driver_class=BroadsheetDriver)` is the public hook it hangs on.

Textual writes frames into `wanted`; the painter sends what differs from what the terminal shows,
when the line is free. Everything happens in the event loop: no thread is to be waited for at the
end, and no write ever waits.
"""

import atexit
import contextlib
import gc
import os
import signal
import sys
import threading
from typing import Any

from textual import events
from textual.app import App
from textual.driver import Driver
from textual.geometry import Size

from tui.ui.driver import graphics, grid, line, plates, splash
from tui.ui.driver.depth import Depth, detect
from tui.ui.driver.drawing import Drawing
from tui.ui.driver.keyboard import Keyboard
from tui.ui.driver.letters import letters
from tui.ui.driver.looks import MOST, Looks
from tui.ui.driver.outlet import Outlet
from tui.ui.driver.painter import Painter
from tui.ui.driver.signals import Signals
from tui.ui.driver.terminal import Terminal, erases_in_colour

_SYNC_MODE = 2026
_ASK_SYNC = f"\x1b[?{_SYNC_MODE}$p"
# Frames longer than this are shown at once where the terminal can.
_SYNC_FROM = 512
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
        source, out, error = sys.__stdin__, sys.__stdout__, sys.__stderr__
        assert source is not None
        assert out is not None
        assert error is not None
        target = out if out.isatty() else error
        self.terminal = Terminal(source.fileno(), target.fileno(), os.environ)
        self.meter = line.meter()
        self.full_depth = detect(os.environ)
        self._graphics = graphics.graphics()
        self._letters = letters(os.environ, self.terminal.target)
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
            rack=plates.rack(),
        )
        self._dirty = self._stale = self._resuming = False
        self._outlet = Outlet(
            self._loop, self.terminal, self.meter, flush=self.flush, gone=self._gone
        )
        self._keyboard = Keyboard(
            self._loop,
            self.terminal,
            self.meter,
            deliver=self.process_message,
            answered=self.flush,
            ask=self._outlet.ask,
            gone=self._gone,
        )
        self._drawing = Drawing(
            self._loop,
            self._painter,
            self.meter,
            self._graphics,
            free=lambda: self._outlet.idle and not (self._dirty or self._stale),
            send=self._outlet.ask,
        )
        self._signals = Signals(end=self._told_to_end, stop=self._told_to_stop, go_on=self._go_on)
        # Whatever way the process ends, short of SIGKILL.
        atexit.register(self._end)

    # Textual's side

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
        self.meter.forget()
        self._keyboard.start()
        self._signals.watch()
        with contextlib.suppress(ValueError, RuntimeError):  # not in the main thread
            self._loop.add_signal_handler(signal.SIGWINCH, self._resized)
        # With an acknowledgement, so that pieces of the answers are known for what they are.
        self._outlet.ask(graphics.ASK + ("" if self.terminal.simple else _ASK_SYNC))
        self._send_size()
        if self._resuming:
            self._resuming = False
            self._paint()
            self.send_message(self.SignalResume())

    def disable_input(self) -> None:
        """The app is ending: the user gets the screen back now, what is left to do is done after."""
        self.stop_application_mode()

    def stop_application_mode(self) -> None:
        """Give the terminal back."""
        self._keep_first_screen()
        self._end()

    def suspend_application_mode(self) -> None:
        """Give the terminal back for a while."""
        self._end()

    def close(self) -> None:
        """Close what is ours."""
        self._end()
        self._signals.leave()
        self.terminal.close()
        atexit.unregister(self._end)

    def write(self, data: str) -> None:
        """A frame goes into `wanted`; anything else is sent as it is."""
        if not self.terminal.active or not data or data.startswith(_POINTER):
            return
        if grid.is_frame(data):
            self._frames.read(data, self._wanted)
            self._stale = False
            self._dirty = True
        else:
            self._outlet.send(data)

    def flush(self) -> None:
        """Paint, if the line is free; else with the next acknowledgement."""
        if self._dirty:
            self._paint()
        if not plates.rack().empty and not self._dirty:
            self._drawing.look(self._wanted)

    def repaint(self) -> None:
        """Send the whole screen: something else wrote to the terminal."""
        self._painter.lose(self._wanted.columns, self._wanted.rows)
        self._dirty = True
        self.flush()

    # Out

    def _paint(self) -> None:
        if self._stale or not self._outlet.free:
            return
        self._dirty = False
        fewer = Depth.INDEXED if self.meter.crawls else self.full_depth
        self._painter.depth = min(self.full_depth, fewer)
        text = self._painter.paint(self._wanted)
        if self._frames.cursor != (0, 0):
            text += self._painter.place(*self._frames.cursor)
        if not text:
            return
        if self._letters is not None:
            text = text.translate(self._letters)
        if _SYNC_MODE in self._keyboard.modes and len(text) > _SYNC_FROM:
            text = f"\x1b[?{_SYNC_MODE}h{text}\x1b[?{_SYNC_MODE}l"
        self._outlet.ask(text)
        self._tidy()

    def _tidy(self) -> None:
        if not gc.isenabled():
            # What the start made stays for the session; later collections pass over it.
            gc.freeze()
            gc.enable()
        if len(self._looks.known) > MOST:
            numbers = self._looks.compact([*self._wanted.looks, *self._painter.rows()])
            self._wanted.looks = [row.translate(numbers) for row in self._wanted.looks]
            self._painter.renumber(numbers)
            self._frames.forget()

    # The size

    def _measure(self) -> tuple[int, int]:
        columns, rows, width, height = self.terminal.size()
        self._graphics.measured(width, height, columns, rows)
        return self._fixed_size or (columns, rows)

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

    # The end

    def _end(self, *, drain: bool = True) -> None:
        if not self.terminal.active:
            return
        self._stop_listening()
        self.terminal.leave()
        if drain:
            self._keyboard.drain()
        self.terminal.restore()

    def _stop_listening(self) -> None:
        self._outlet.stop()
        self._drawing.stop()
        self._keyboard.stop()
        with contextlib.suppress(OSError, RuntimeError):
            if threading.current_thread() is threading.main_thread():
                self._loop.remove_signal_handler(signal.SIGWINCH)

    def _gone(self) -> None:
        """The terminal is gone (hang-up)."""
        self._stop_listening()
        self.terminal.abandon()
        self._app.exit(return_code=128 + signal.SIGHUP)

    def _told_to_end(self, number: int) -> None:
        self.stop_application_mode()
        self._loop.call_soon_threadsafe(lambda: self._app.exit(return_code=128 + number))

    def _told_to_stop(self) -> None:
        if self._auto_restart:
            self._resuming = self.terminal.active
            self.suspend_application_mode()
        self._signals.stop()
        if self._resuming:
            # No SIGCONT has come: there was no shell to stop for.
            self._go_on()

    def _go_on(self) -> None:
        if not self._auto_restart:
            return
        if not self._resuming and self.terminal.active:
            # Stopped by SIGSTOP, without a chance to leave: the shell has had the terminal since.
            # What was typed meanwhile is for us.
            self._resuming = True
            self._end(drain=False)
        if self._resuming:
            self.resume_application_mode()

    def _keep_first_screen(self) -> None:
        """Of an app that is well, on its first screen, and has painted it."""
        app, text = self._app, self._wanted.text
        if not self.terminal.active or app.return_code or len(app.screen_stack) != 1:
            return
        if self.meter.frames and any(row.strip() for row in text):
            shown = self._painter.pieces(self._wanted)
            if (table := self._letters) is not None:
                shown = [
                    [(x, look, text.translate(table)) for x, look, text in row] for row in shown
                ]
            splash.save(shown, self._wanted.columns)
