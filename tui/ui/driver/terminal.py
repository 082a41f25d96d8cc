"""The terminal itself: modes and termios set and put back, bytes written without ever waiting."""

import contextlib
import fcntl
import os
import select
import struct
import termios
import time
from collections.abc import Mapping
from typing import Any

# No cursor, no wrap, bracketed paste.
_ENTER = "\x1b[?25l\x1b[?7l\x1b[?2004h"
# The alternate screen; consoles that have none need the clearing.
_FRESH = "\x1b[?1049h\x1b[m\x1b[H\x1b[2J"
_MOUSE = "\x1b[?1000h\x1b[?1002h\x1b[?1006h"
# Kitty's protocol, lowest step: Esc is told from the start of a sequence without waiting.
_KEYS = "\x1b[>1u"
_LEAVE = (
    "\x1b[?2026l\x1b[m\x1b[r\x1b[?1006l\x1b[?1002l\x1b[?1000l\x1b[?2004l\x1b[?7h"
    # Pixels must not stay behind; and where there is no alternate screen (older consoles, GNU screen
    # as it comes) the shell would go on in the middle of ours.
    "\x1b[H\x1b[2J\x1b[?1049l\x1b[?25h"
)
_LEAVE_KEYS = "\x1b]8;;\x1b\\\x1b[<u"
# Terminals that would show a sequence with a private mark that they do not know.
_SIMPLE = ("linux", "screen", "vt1", "vt2", "vt3", "vt4", "vt5", "cons25", "ansi")
# Seconds that the last words may take on a line that does not move.
_LAST_WORDS = 1.0


def erases_in_colour(environment: Mapping[str, str]) -> bool:
    """True if the terminal erases in the background of its pen (bce)."""
    term = environment.get("TERM", "")
    return not term.startswith(("screen", "vt", "ansi", "cons25", "dumb")) or bool(
        environment.get("TMUX")
    )


class Terminal:
    """Two file descriptors, `source` for keys and `target` for the screen."""

    def __init__(self, source: int, target: int, environment: Mapping[str, str]) -> None:
        self.source, self.target = source, target
        self.simple = environment.get("TERM", "").startswith(_SIMPLE)
        self._attributes: list[Any] | None = None
        self._pending = b""
        self.active = False
        self.out, self._chunk = self._own(target)

    @staticmethod
    def _own(target: int) -> tuple[int, int]:
        """A descriptor of our own that never blocks, and how much to write at once.

        O_NONBLOCK belongs to the open file, which we share with the shell, so the terminal is
        opened anew. Where that is not allowed (after `su`) small pieces are written when there is
        room.
        """
        try:
            flags = os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK | os.O_CLOEXEC
            return os.open(os.ttyname(target), flags), 1 << 16
        except OSError:
            return os.dup(target), 256

    def size(self) -> tuple[int, int, int, int]:
        """Columns and rows of the window, and its width and height in pixels (0: not told)."""
        rows = columns = width = height = 0
        with contextlib.suppress(OSError):
            told = fcntl.ioctl(self.target, termios.TIOCGWINSZ, bytes(8))
            rows, columns, width, height = struct.unpack("HHHH", told)
        return columns or 80, rows or 24, width, height

    def enter(self, *, mouse: bool, attributes: list[Any] | None, fresh: bool) -> None:
        """Take the terminal. `attributes` are those to put back, where they were changed already;
        `fresh` tells that the alternate screen is to be entered and cleared."""
        with contextlib.suppress(termios.error):
            now = termios.tcgetattr(self.source)
            self._attributes = attributes or now
            termios.tcsetattr(self.source, termios.TCSANOW, raw(now))
        self.active = True
        keys = "" if self.simple else _KEYS
        # xterm clears the alternate screen also when it is there already.
        start = _FRESH if fresh else ""
        self.write((start + _ENTER + (_MOUSE if mouse else "") + keys).encode())

    def leave(self) -> None:
        """Give the terminal back as it was. Safe to call twice, in a signal handler, without a
        terminal."""
        if not self.active:
            return
        self.active = False
        # CAN ends a sequence that was cut off.
        cut = "\x18" if self._pending else ""
        self._pending = b""
        keys = "" if self.simple else _LEAVE_KEYS
        self._insist((cut + keys + _LEAVE).encode())

    def restore(self) -> None:
        """Put the line discipline back, after the last answer has been read."""
        if self._attributes is not None:
            with contextlib.suppress(termios.error):
                termios.tcsetattr(self.source, termios.TCSANOW, self._attributes)
            self._attributes = None

    def abandon(self) -> None:
        """The terminal is gone: nothing is to be said to it any more."""
        self.active = False
        self._pending = b""

    def read_within(self, seconds: float) -> bytes:
        """What the terminal sends within this time; b"" if nothing."""
        try:
            if select.select([self.source], [], [], seconds)[0]:
                return os.read(self.source, 4096)
        except (OSError, ValueError):
            pass
        return b""

    def close(self) -> None:
        """Close our own descriptor."""
        if self.out >= 0:
            os.close(self.out)
            self.out = -1

    @property
    def blocked(self) -> bool:
        """True while bytes wait for room; `advance` when the descriptor is writable."""
        return bool(self._pending)

    def write(self, data: bytes) -> None:
        """Send what there is room for; the rest waits."""
        self._pending += data
        self.advance()

    def advance(self) -> None:
        """Send more of what waits. Raises OSError if the terminal is gone."""
        while self._pending and self.active:
            if self._chunk < 1 << 16 and not select.select([], [self.out], [], 0)[1]:
                return
            try:
                count = os.write(self.out, self._pending[: self._chunk])
            except BlockingIOError:
                return
            self._pending = self._pending[count:]

    def _insist(self, data: bytes) -> None:
        end = time.monotonic() + _LAST_WORDS
        while data and (left := end - time.monotonic()) > 0:
            try:
                if select.select([], [self.out], [], left)[1]:
                    data = data[os.write(self.out, data[: self._chunk]) :]
            except BlockingIOError:
                continue
            except (OSError, ValueError):
                return


def raw(attributes: list[Any]) -> list[Any]:
    """Termios attributes for keys as they are typed: no echo, no signals, no flow control, and no
    output processing, so that a line feed keeps its column."""
    new = list(attributes)
    new[0] &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)
    new[1] &= ~termios.OPOST
    new[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
    new[6] = list(new[6])
    new[6][termios.VMIN], new[6][termios.VTIME] = 1, 0
    return new
