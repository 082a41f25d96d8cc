"""The small reader as a program, for tests in a real terminal: `python -m tests.ui.driver.program`."""

import sys
import time

from tests.ui.driver.panes import Panes
from tui.ui.driver import BroadsheetDriver


def main(stock: bool) -> int:
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


def _crash(app: Panes) -> None:
    raise ValueError(f"a crash of {app.title}")


def _for_ever(app: Panes, step: int) -> None:
    while app and step:
        time.sleep(0.01)


if __name__ == "__main__":
    sys.exit(main("--stock" in sys.argv))
