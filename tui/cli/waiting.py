"""What is said while the library is made ready."""

import sys


class Waiting:
    """One line on the terminal that says what takes long, and how far it has come."""

    def __init__(self) -> None:
        self._line = ""

    def told(self, what: str, share: float) -> None:
        """Replace the line, where somebody looks."""
        line = f"{what}: {share * 100:.0f} %"
        if line == self._line or not sys.stderr.isatty():
            return
        if not self._line:
            from tui.ui.driver import splash

            splash.leave()  # the last session's screen would stand still over it
        self._line = line
        print(f"\r\033[K{line}", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        """Take the line away."""
        if self._line:
            print("\r\033[K", end="", file=sys.stderr, flush=True)
