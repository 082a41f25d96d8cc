"""The driver: what stands between Textual and the terminal.

    looks     styles of cells as the terminal says them (SGR), and the shortest way from one to another
    depth     how many colours there are
    cells     what one string of text is in cells
    grid      a screen of cells; reads Textual's frames
    painter   the difference of two grids as bytes (spans: which cells; scroll: rows moved together;
              moves: the cursor)
    plates    pictures that the driver draws itself (graphics: what the terminal said of them;
              overlay: where they lie over the cells; drawing: when they are sent)
    line      round trip, bytes a key, pacing; what steps down on a slow line
    letters   what stands for characters that the console has no picture of
    terminal  modes and termios, set and put back
    outlet    what goes out
    replies   what the terminal answered, taken out of what the user typed (keyboard);
              sieve: pasted text, and what the terminal says unasked
    driver    the Textual driver that joins them (signals, timers)
    splash    the last session's first screen, painted before the imports

Importing this package is cheap, so that `splash` can run before everything else.
"""

TYPE_CHECKING = False  # typing itself takes milliseconds to import
if TYPE_CHECKING:
    from typing import Any

    from tui.ui.driver.driver import BroadsheetDriver

__all__ = ["BroadsheetDriver"]


def __getattr__(name: str) -> "Any":
    if name == "BroadsheetDriver":
        from tui.ui.driver.driver import BroadsheetDriver

        return BroadsheetDriver
    raise AttributeError(name)
