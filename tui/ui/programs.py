"""Programs of the user's: in the background with a text as input, or with the terminal to themselves.

A command that begins with "!" gets the terminal until it ends, as text browsers must.
"""

import contextlib
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import IO

from tui.domain.programs import words
from tui.domain.records import dataclass
from tui.domain.text import clean_line

# Browsers that need the terminal, also where $BROWSER names them bare.
_IN_TERMINAL = frozenset({"w3m", "lynx", "links", "links2", "elinks", "browsh", "carbonyl"})
_LONGEST_SAID = 200
_TAIL = 4096  # bytes of output that are kept


@dataclass(frozen=True, slots=True)
class Program:
    """A program and its words; `terminal` is true where it takes the terminal."""

    words: tuple[str, ...]
    terminal: bool = False

    @property
    def name(self) -> str:
        """What the user calls it."""
        return self.words[0].rsplit("/", 1)[-1]


def program(line: str, values: Mapping[str, str], last: str = "") -> Program:
    """What `line` of the settings starts (see `tui.domain.programs`). Raises SettingsError."""
    bare = line.strip().removeprefix("!")
    return in_place(words(bare, values, last), terminal=line.lstrip().startswith("!"))


def in_place(command: Sequence[str], *, terminal: bool = False) -> Program:
    """The program of these words, in the terminal where it can't do without."""
    name = command[0].rsplit("/", 1)[-1]
    return Program(tuple(command), terminal or name in _IN_TERMINAL)


def run_here(started: Program, text: str = "") -> str:
    """Run with our terminal until it ends; returns what to say, in one line.

    A `text` is its input, as for a pager; without one that is the terminal, too.
    """
    try:
        with _as_file(text) as source:
            given = source if text else None
            status = subprocess.run(started.words, stdin=given, check=False).returncode
    except OSError as error:
        return _failed(started, error)
    return f"{started.name} ended with status {status}" if status else ""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a program ended: `well` or not, and what to say of it in one line."""

    well: bool
    said: str


def run_beside(
    started: Program, text: str, then: Callable[[Ended], None], *, seconds: float | None = None
) -> None:
    """Run without a terminal, `text` as its input; `then`, called in a thread, hears how it ended.

    With `seconds` this waits for the end, so long at most.
    """

    def run() -> None:
        try:
            then(_run(started, text))
        except OSError as error:
            then(Ended(False, _failed(started, error)))

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    if seconds is not None:
        thread.join(seconds)


def _run(started: Program, text: str) -> Ended:
    with _as_file(text) as source:
        process = subprocess.Popen(
            started.words,
            stdin=source,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    assert process.stdout is not None
    tail = b""
    while chunk := process.stdout.read1(1 << 16):  # type: ignore[attr-defined]
        tail = (tail + chunk)[-_TAIL:]
    process.stdout.close()
    return _said(started, process.wait(), tail)


@contextlib.contextmanager
def _as_file(text: str) -> Iterator[IO[bytes]]:
    """A file to read `text` from: unlike a pipe, it never waits for a program that reads nothing."""
    with tempfile.TemporaryFile() as file:
        file.write(text.encode("utf-8", "replace"))
        file.seek(0)
        yield file


def _said(started: Program, status: int, output: bytes) -> Ended:
    lines = [
        clean_line(line, _LONGEST_SAID) for line in output.decode(errors="replace").split("\n")
    ]
    last = next((line for line in reversed(lines) if line), "")
    if status:
        said = f"{started.name} ended with status {status}"
        return Ended(False, f"{said}: {last}" if last else said)
    return Ended(True, last or f"{started.name}: done")


def _failed(started: Program, error: OSError) -> str:
    return f"{started.name} did not start: {error.strerror}; `broadsheet config --edit` mends it"
