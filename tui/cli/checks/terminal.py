"""The terminal: size, colours, letters, and what stands between it and us."""

import os
import shutil
import sys
from collections.abc import Iterator

from tui.cli.checks import Check, bad, good, note

_DUMB = ("", "dumb", "unknown")


def look() -> Iterator[Check]:
    """Look at the terminal that we are started from."""
    term = os.environ.get("TERM", "")
    if not sys.stdout.isatty():
        yield note("terminal", "output is not a terminal", "the reader needs one")
    elif term in _DUMB:
        yield note(
            "terminal",
            f"TERM={term or '(not set)'}: linear mode will be used",
            "set TERM to your terminal's name for the full screen",
        )
    else:
        yield good("terminal", f"TERM={term}")
    yield _size()
    yield _colours(term)
    yield _letters()
    yield from _between()


def _size() -> Check:
    columns, rows = shutil.get_terminal_size((80, 24))
    said = f"{columns}x{rows}"
    panes = "three panes" if columns >= 120 else "two panes" if columns >= 80 else "one pane"
    if columns < 30 or rows < 8:
        return bad("size", said, "make the window at least 30x8; 80x24 shows two panes")
    return good("size", f"{said}: {panes} at once")


def _colours(term: str) -> Check:
    if os.environ.get("NO_COLOR"):
        return note("colours", "NO_COLOR is set: monochrome")
    if os.environ.get("COLORTERM", "") in ("truecolor", "24bit"):
        return good("colours", "24 bit (COLORTERM)")
    if "256" in term:
        return good("colours", "256 (TERM)")
    return note("colours", "16", "set COLORTERM=truecolor if your terminal can do more")


def _letters() -> Check:
    encoding = sys.stdout.encoding or "none"
    names = ("LC_ALL", "LC_CTYPE", "LANG")
    locale = next((os.environ[n] for n in names if os.environ.get(n)), "not set")
    if "utf" in locale.lower():
        return good("letters", f"UTF-8 ({locale})")
    return note(
        "letters",
        f"locale {locale}, Python writes {encoding}",
        "set LANG=C.UTF-8 if letters look wrong",
    )


def _between() -> Iterator[Check]:
    if os.environ.get("SSH_CONNECTION"):
        yield note("line", "over SSH: frames are paced by what your terminal acknowledges")
    if os.environ.get("TMUX"):
        yield note("line", "inside tmux", "set -g set-clipboard on, so that y can copy")
    elif os.environ.get("STY"):
        yield note("line", "inside screen", "screen does not pass copied text on")
