"""The entry point. Starts as little as the command needs."""

import gc
import sys
from collections.abc import Sequence


def run() -> None:
    """The console script. The reader's last first screen comes before all imports."""
    from tui.ui.driver import splash

    argv = sys.argv[1:]
    if not argv or argv == ["--offline"]:
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

    from tui.cli import parser
    from tui.domain import errors

    args = parser.build().parse_args(argv)
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


def _fail(error: Exception, status: int) -> int:
    from tui.ui.driver import splash

    splash.leave()
    print(f"broadsheet: {error}", file=sys.stderr)
    return status


if __name__ == "__main__":
    run()
