"""The small reader as a program, for tests in a real terminal: `python -m tests.ui.driver.program`."""

import sys
import time
from typing import TYPE_CHECKING

from tui.ui.driver import splash

if TYPE_CHECKING:
    from tests.ui.driver.panes import Panes


def main(stock: bool) -> int:
    if "--waits" in sys.argv:
        time.sleep(60)
    if "--fails" in sys.argv:
        splash.leave()
        print("no library", file=sys.stderr)
        return 1
    from tests.ui.driver.panes import Panes
    from tui.ui.driver import BroadsheetDriver

    titles = [f"Story {n}: about the river treaty and the harvest" for n in range(1000)]
    text = [
        f"Line {n} of the article, long enough to be cut off at the edge" * 2 for n in range(900)
    ]
    app = Panes(titles, text, driver_class=None if stock else BroadsheetDriver)
    if "--crash" in sys.argv:
        Panes.action_alone = _crash  # type: ignore[method-assign,assignment]
    if "--stuck" in sys.argv:
        Panes.action_move = _for_ever  # type: ignore[method-assign,assignment]
    app.run()
    return app.return_code or 0


def _crash(app: "Panes") -> None:
    raise ValueError(f"a crash of {app.title}")


def _for_ever(app: "Panes", step: int) -> None:
    while app and step:
        time.sleep(0.01)


if __name__ == "__main__":
    if "--splash" in sys.argv:
        splash.paint()
    try:
        status = main("--stock" in sys.argv)
    except KeyboardInterrupt:
        status = 130
    finally:
        splash.leave()
    sys.exit(status)
