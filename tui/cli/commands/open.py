"""`broadsheet` without a command: the reader."""

import gc
import os
import sys
from typing import TYPE_CHECKING

from tui.cli import compose
from tui.domain.editions import Edition, Order
from tui.domain.errors import BroadsheetError

if TYPE_CHECKING:
    from argparse import Namespace


def run(args: "Namespace") -> int:
    """Open the reader, full screen where the terminal can, linear where it can't."""
    status = read(
        compose.home(quiet=True), offline=args.offline, linear=args.linear, query=args.query
    )
    # The library is closed. Taking Textual apart piece by piece would keep the shell waiting.
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


def read(
    at: compose.Home, *, offline: bool = False, linear: bool = False, query: str | None = None
) -> int:
    """Read the library of `at` until the user leaves; returns the exit status."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()) and not linear:
        raise BroadsheetError(
            "the reader needs a terminal; `broadsheet list` and `broadsheet read` print without one"
        )
    _read_utf8()
    _import_asyncio_without_tls()
    from tui.sync.client import EngineClient

    screen = at.settings.screen
    edition = Edition(screen.edition if query is None else query, Order(screen.order))
    with compose.library(at) as shelf:
        sync = EngineClient(offline=offline)
        if linear or screen.linear or os.environ.get("TERM", "") in ("", "dumb", "unknown"):
            from tui.ui import linear as lines
            from tui.ui.driver import splash

            splash.leave()
            gc.enable()
            return lines.run(shelf, sync, at.settings, edition=edition, offline=offline)
        # Textual reads these when it is imported.
        os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
        from tui.ui.lean import import_textual

        import_textual()
        from tui.cli.commands.import_ import importer
        from tui.ui.app import Reader
        from tui.ui.driver import BroadsheetDriver

        reader = Reader(
            shelf,
            sync,
            at.settings,
            at.paths,
            edition=edition,
            offline=offline,
            problems=[str(problem) for problem in at.loaded.problems],
            driver_class=BroadsheetDriver,
            importer=importer(shelf),
        )
        wish = reader.run()
    if wish == "sample":
        # A process of its own: the sample edition has another home.
        os.execv(sys.executable, [sys.executable, "-m", "tui", "demo"])  # noqa: S606 - ourselves, no shell
    return reader.return_code or 0


def _import_asyncio_without_tls() -> None:
    """asyncio loads OpenSSL for nothing: this process speaks to no server. It goes without, as on
    a Python that has none; who imports ssl later gets it."""
    if "asyncio" not in sys.modules and "ssl" not in sys.modules:
        sys.modules["ssl"] = None  # type: ignore[assignment]
        try:
            import asyncio  # noqa: F401
        finally:
            del sys.modules["ssl"]


def _read_utf8() -> None:
    """What is typed in another encoding must not end the linear mode."""
    sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
