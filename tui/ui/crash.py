"""What the user gets to read when Broadsheet itself is wrong: the last steps, and what to do.

Textual would draw every frame with all its variables: tens of kilobytes, over minutes where the
variables are long, and with whatever a feed put into them.
"""

import traceback

from tui.domain.text import clean

# Steps that are shown, the last ones.
_STEPS = 5
_ADVICE = (
    "Broadsheet crashed. What you changed until then is in the library.\n"
    "`broadsheet` starts again; `broadsheet --linear` reads without a full screen.\n"
    "Please report this with the lines above."
)


def report(error: BaseException) -> str:
    """A short account of `error`, with nothing in it that a terminal would obey."""
    steps = "".join(traceback.format_exception(error, limit=-_STEPS, chain=False))
    return f"{clean(steps).rstrip()}\n\n{_ADVICE}"
