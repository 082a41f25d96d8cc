"""The reader with a fault: every key crashes it. `python -m tests.ui.crashing`."""

import sys
from typing import NoReturn

from tui.cli.main import run
from tui.ui.lean import import_textual

EVIL = "wrong \x1b]52;c;ZXZpbA==\x07\x1b[2J\u202e here"


def crash(_dispatch: object, key: str) -> NoReturn:
    """What every key does."""
    raise ValueError(f"{EVIL} {key}")


if __name__ == "__main__":
    import_textual()
    from tui.ui.dispatch import Dispatch

    Dispatch.press = crash  # type: ignore[assignment]
    sys.argv[1:] = ["--offline"]
    run()
