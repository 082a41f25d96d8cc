"""The small reader as a program, for tests in a real terminal: `python -m tests.ui.driver.program`."""

import sys

from tests.ui.driver.panes import Panes
from tui.ui.driver import BroadsheetDriver


def main(stock: bool) -> int:
    titles = [f"Headline number {n} about the river treaty and the harvest" for n in range(1000)]
    text = [
        f"Line {n} of the article, long enough to be cut off at the edge" * 2 for n in range(900)
    ]
    app = Panes(titles, text, driver_class=None if stock else BroadsheetDriver)
    if "--crash" in sys.argv:
        app.titles = [*titles[:40], None]  # type: ignore[list-item]
    app.run()
    return app.return_code or 0


if __name__ == "__main__":
    sys.exit(main("--stock" in sys.argv))
