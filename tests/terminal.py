"""A real terminal for tests: a program in a pty, its output on an emulated screen (pyte).

    with Terminal(["broadsheet"], columns=80, rows=24) as terminal:
        terminal.wait_for("Headlines")
        terminal.press("j")
        assert "…" in terminal.text()

Waiting ends with the text or, after `PATIENCE` seconds, with an error that shows the screen; no
test asserts how long something took.
"""

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from codecs import getincrementaldecoder
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Self

from tests.emulator import Emulator, Stream

PATIENCE = 60.0
_NAMED = {
    "enter": "\r",
    "tab": "\t",
    "escape": "\x1b",
    "space": " ",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
}


class Terminal:
    """One program in one pty. `raw` holds every byte that it sent."""

    def __init__(
        self,
        argv: Sequence[str],
        *,
        columns: int = 80,
        rows: int = 24,
        environment: dict[str, str] | None = None,
    ) -> None:
        self.raw = bytearray()
        self._emulator = Emulator(columns, rows)
        self.screen = self._emulator.screen
        self._decode = getincrementaldecoder("utf-8")("replace").decode
        self.status: int | None = None
        env = {**os.environ, "TERM": "xterm-256color", "LANG": "C.UTF-8", **(environment or {})}
        self.pid, self._fd = pty.fork()
        if self.pid == 0:  # pragma: no cover (the child)
            # Before the program can ask: a new pty is 0x0.
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            os.execvpe(argv[0], list(argv), env)
        self.modes = termios.tcgetattr(self._fd)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, _: TracebackType | None
    ) -> None:
        if self.status is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            self.status = os.waitpid(self.pid, 0)[1]
        os.close(self._fd)

    def resize(self, columns: int, rows: int) -> None:
        """Change the size of the window; the program gets SIGWINCH."""
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.screen.resize(rows, columns)

    def press(self, *keys: str) -> None:
        """Type: names as "enter" and "pagedown", "ctrl+x", or text as it is."""
        for key in keys:
            if key.startswith("ctrl+"):
                data = chr(ord(key[-1].upper()) - 64)
            else:
                data = _NAMED.get(key, key)
            os.write(self._fd, data.encode())

    def send(self, data: bytes) -> None:
        """Send what no key sends: pasted text, a report. It is read meanwhile what comes back."""
        while data:
            self._read(0)
            if select.select([], [self._fd], [], 0.1)[1]:
                data = data[os.write(self._fd, data[:1024]) :]

    def is_as_it_was(self) -> bool:
        """True if the line discipline is as before the program."""
        return termios.tcgetattr(self._fd) == self.modes

    def text(self) -> str:
        """The screen as lines, without trailing blanks."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def wait_for(self, expected: str | Callable[["Terminal"], bool]) -> None:
        """Read output until the screen holds `expected`, or until it is true."""
        end = time.monotonic() + PATIENCE
        while not (expected in self.text() if isinstance(expected, str) else expected(self)):
            if time.monotonic() > end or not self._read(0.2):
                raise AssertionError(f"waited for {expected!r}; the screen was:\n{self.text()}")

    def wait_for_end(self) -> int:
        """Read until the program ends; returns its exit status (negative: the signal)."""
        end = time.monotonic() + PATIENCE
        while self._read(0.2):
            if time.monotonic() > end:
                raise AssertionError(f"it did not end; the screen was:\n{self.text()}")
        self.status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return self.status

    def settle(self, seconds: float = 0.4) -> None:
        """Read until nothing came for `seconds`."""
        while select.select([self._fd], [], [], seconds)[0] and self._read(0):
            pass

    def _read(self, seconds: float) -> bool:
        """Take what the program sent; False when it has ended."""
        if not select.select([self._fd], [], [], seconds)[0]:
            return True
        try:
            data = os.read(self._fd, 1 << 16)
        except OSError:  # EIO: the other side of the pty is closed
            return False
        self.raw += data
        try:
            self._emulator.feed(self._decode(data))
        except TypeError:
            # ctrl-c made the kernel throw away output in the middle of a sequence, and pyte took what
            # came next for its parameters: it begins anew.
            self._emulator.stream = Stream(self._emulator.screen)
        if answers := self.answers(data):
            os.write(self._fd, answers)
        return bool(data)

    def answers(self, data: bytes) -> bytes:
        """What a terminal must answer to `data`: where the cursor is, and that it is there. Others
        may do otherwise."""
        cursor = f"\x1b[{self.screen.cursor.y + 1};{self.screen.cursor.x + 1}R".encode()
        return (
            cursor * data.count(b"\x1b[6n")
            + b"\x1b[0n" * data.count(b"\x1b[5n")
            + b"\x1b[?62;22c" * data.count(b"\x1b[c")
        )
