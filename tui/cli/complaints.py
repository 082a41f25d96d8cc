"""What goes wrong, on standard error: a line each."""

import sys

from tui.domain.text import clean_line

# Paths may be 4,096 bytes long; a line of that length helps nobody.
_LONGEST = 1000


def complain(text: str) -> None:
    """Say `text` in one line, with nothing in it that a terminal could obey."""
    print(f"broadsheet: {clean_line(text, _LONGEST)}", file=sys.stderr, flush=True)
