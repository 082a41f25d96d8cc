"""The entry point. Starts as little as the command needs."""

import gc
import sys
from collections.abc import Sequence
from types import SimpleNamespace

TYPE_CHECKING = False  # typing itself takes milliseconds to import
if TYPE_CHECKING:
    from argparse import Namespace


def run() -> None:
    """The console script. The reader's last first screen comes before all imports."""
    from tui.ui.driver import splash

    argv = sys.argv[1:]
    if _is_bare(argv):
        # What is imported stays: looking through it for garbage again and again is a tenth of the
        # start. The driver turns the collector on after the first frame.
        gc.disable()
        splash.paint()
    try:
        status = main(argv)
    finally:
        splash.leave()
    sys.exit(status)


def main(argv: Sequence[str]) -> int:
    """Run one command line; returns the exit status (see `parser.EXIT_STATUS`)."""
    import importlib

    from tui.domain import errors

    args = _arguments(argv)
    name = (args.command or "open").replace("-", "_")
    module = importlib.import_module(
        f"tui.cli.commands.{name}_" if name == "import" else f"tui.cli.commands.{name}"
    )
    try:
        status: int = module.run(args)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # `broadsheet list | head`: the reader of the pipe has all that it wanted.
        sys.stderr.close()
        return 0
    except errors.SyncRunning as error:
        return _fail(error, 4)
    except errors.Offline as error:
        return _fail(error, 5)
    except errors.LibraryError as error:
        return _fail(error, 3)
    except errors.BroadsheetError as error:
        return _fail(error, 1)
    return status


def _is_bare(argv: Sequence[str]) -> bool:
    """True for the command line that people type most: `broadsheet`."""
    return not argv or list(argv) == ["--offline"]


def _arguments(argv: Sequence[str]) -> "Namespace | SimpleNamespace":
    if _is_bare(argv):
        # The grammar would be a twentieth of the reader's start; a test compares the two.
        return SimpleNamespace(command=None, offline=bool(argv), linear=False, query=None)
    from tui.cli import parser

    return parser.build().parse_args(argv)


def _fail(error: Exception, status: int) -> int:
    from tui.ui.driver import splash

    splash.leave()
    print(f"broadsheet: {error}", file=sys.stderr)
    return status


if __name__ == "__main__":
    run()
