"""The small reader as a program, for tests in a real terminal: `python -m tests.ui.driver.program`."""

import os
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
    if "--picture" in sys.argv:
        text[4:4] = picture()
        # The pop-up reaches over a part of it.
        Panes.CSS = Panes.CSS.replace("width: 30", "width: 50")
    app = Panes(titles, text, driver_class=None if stock else BroadsheetDriver)
    if "--crash" in sys.argv:
        Panes.action_alone = _crash  # type: ignore[method-assign,assignment]
    if "--stuck" in sys.argv:
        Panes.action_move = _for_ever  # type: ignore[method-assign,assignment]
    app.run()
    return app.return_code or 0


def picture() -> list[str]:
    """Rows of a picture, in cells as large as the terminal's."""
    from tests.ui.driver.plates import plate
    from tui.ui.driver.graphics import graphics
    from tui.ui.driver.plates import rack
    from tui.ui.driver.terminal import Terminal

    _, _, width, height = Terminal(0, 1, {}).size()
    columns, rows = os.get_terminal_size()
    graphics().measured(width, height, columns, rows)
    # Far enough from the edge that the names, cut at 20, have none of it.
    return [" " * 20 + row for row in plate(rack(), 12, 8, graphics().cell).cells()]


def _crash(app: "Panes") -> None:
    raise ValueError(f"a crash of {app.title}")


def _for_ever(app: "Panes", step: int) -> None:
    while app and step:
        time.sleep(0.01)


if __name__ == "__main__":
    try:
        if "--splash" in sys.argv:
            splash.paint()
        status = main("--stock" in sys.argv)
    except KeyboardInterrupt:
        status = 130
    finally:
        splash.leave()
    sys.exit(status)
