"""The entry point. Starts as little as the command needs."""

import _signal  # type: ignore[import-not-found]  # `signal` takes a millisecond to import
import gc
import os
import sys
from collections.abc import Sequence
from types import SimpleNamespace

TYPE_CHECKING = False  # typing itself takes milliseconds to import
if TYPE_CHECKING:
    from argparse import Namespace
    from typing import Protocol

    class Command(Protocol):
        """A module of `tui.cli.commands`."""

        def run(self, args: Namespace | SimpleNamespace) -> int:
            """Do it; returns the exit status."""


def run() -> None:
    """The console script. The reader's last first screen comes before all imports."""
    from tui.ui.driver import splash

    _open_closed_streams()
    argv = sys.argv[1:]
    if _is_bare(argv):
        # What is imported stays: looking through it for garbage again and again is a tenth of the
        # start. The driver turns the collector on after the first frame.
        gc.disable()
        splash.paint()
    else:
        _die_of_interrupts()
    _write_utf8()
    try:
        status = main(argv)
    except KeyboardInterrupt:  # over the splash screen, which has to be taken away
        status = 130
    finally:
        splash.leave()
        _die_of_interrupts()
    sys.exit(status)


def main(argv: Sequence[str]) -> int:
    """Run one command line; returns the exit status (see `parser.EXIT_STATUS`)."""
    from tui.cli.statuses import status_of
    from tui.domain.errors import BroadsheetError

    args = _arguments(argv)
    try:
        command = _command(args.command or "open")
        _hear_interrupts()
        status = command.run(args)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # `broadsheet list | head`: the reader of the pipe has all that it wanted.
        _give_up_output()
        return 0
    except BroadsheetError as error:
        return _fail(error, status_of(error))
    except OSError as error:
        # What no room foresaw: a full disk below standard output, a folder that went away.
        _give_up_output()
        return _fail(f"{error.filename or 'output'}: {error.strerror or error}", 1)
    return status


def _command(name: str) -> "Command":
    import importlib

    name = name.replace("-", "_")
    command: Command = importlib.import_module(
        f"tui.cli.commands.{name}_" if name == "import" else f"tui.cli.commands.{name}"
    )
    return command


def _die_of_interrupts() -> None:
    """Ctrl+C while nothing runs that could be left half done: no traceback of imports."""
    if _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler:
        _signal.signal(_signal.SIGINT, _signal.SIG_DFL)


def _hear_interrupts() -> None:
    """Ctrl+C is a KeyboardInterrupt again, unless our caller had us ignore it."""
    if _signal.getsignal(_signal.SIGINT) is _signal.SIG_DFL:
        _signal.signal(_signal.SIGINT, _signal.default_int_handler)


def _open_closed_streams() -> None:
    """Give the streams that the caller closed (`<&-`) to nobody: no file of ours may take their
    number, and no command has to ask whether they are there."""
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        if getattr(sys, name) is None:
            null = os.open(os.devnull, os.O_RDWR)
            if null != number:
                os.dup2(null, number)
                os.close(null)
            setattr(sys, name, open(number, mode, closefd=False))  # noqa: SIM115


def _write_utf8() -> None:
    """News is written in all of the world's letters, whatever the locale says. File names that are
    no UTF-8 come out as they went in."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="surrogateescape")  # type: ignore[union-attr]


def _give_up_output() -> None:
    """What is still to be written to standard output can't be: the exit must not try again."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, sys.stdout.fileno())
    os.close(null)


def _is_bare(argv: Sequence[str]) -> bool:
    """True for the command line that people type most: `broadsheet`."""
    return not argv or list(argv) == ["--offline"]


def _arguments(argv: Sequence[str]) -> "Namespace | SimpleNamespace":
    if _is_bare(argv):
        # The grammar would be a twentieth of the reader's start; a test compares the two.
        return SimpleNamespace(command=None, offline=bool(argv), linear=False, query=None)
    from tui.cli import parser

    return parser.parse(argv)


def _fail(error: Exception | str, status: int) -> int:
    from tui.cli.complaints import complain
    from tui.ui.driver import splash

    splash.leave()
    complain(str(error))
    return status


if __name__ == "__main__":
    run()
