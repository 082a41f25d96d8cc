"""The one way out to other programs: a link to a browser, a text to the terminal's clipboard."""

import base64
import shutil
import subprocess
import threading
from collections.abc import Callable, Mapping

from tui.domain.errors import SettingsError
from tui.domain.urls import safe_url
from tui.ui.programs import Program, program, run_here

_OPENERS = ("xdg-open", "open", "wslview", "termux-open-url")
# xterm and tmux cut longer OSC 52 texts.
_LONGEST_COPY = 74_000


def browser(url: str, setting: str, environment: Mapping[str, str]) -> Program | None:
    """What opens `url`: the setting, $BROWSER, or the system's own; None if there is nothing.

    The link is always one argument of a list, never part of a command line. Raises ValueError for
    a link that is not to be opened, and SettingsError for a setting that is no command.
    """
    safe = safe_url(url)
    if not safe:
        raise ValueError("this link can't be opened")
    if setting:
        return program(setting, {"u": safe}, last="u")
    if wish := environment.get("BROWSER", "").split(":")[0]:
        # By custom %s stands for the link there.
        return program(wish.replace("%s", "%u"), {"u": safe}, last="u")
    opener = next((path for name in _OPENERS if (path := shutil.which(name))), None)
    return Program((opener, safe)) if opener else None


def open_link(
    url: str,
    setting: str,
    environment: Mapping[str, str],
    run_here: Callable[[Program], str] = run_here,
) -> str:
    """Open `url` in a browser, detached from our terminal unless it is one for terminals; that
    one `run_here` gets. Returns what to say, in one line, or "".
    """
    try:
        started = browser(url, setting, environment)
    except (ValueError, SettingsError) as error:
        return str(error)
    if started is None:
        return "No browser found; set commands.browser. y copies the link."
    if started.terminal:
        return run_here(started)
    try:
        process = subprocess.Popen(
            started.words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        return f"{started.name} did not start: {error.strerror}. Set commands.browser."
    # Waited for elsewhere, so that it never becomes a zombie of ours.
    threading.Thread(target=process.wait, daemon=True).start()
    return f"Opened with {started.name}"


def clipboard_sequence(text: str, environment: Mapping[str, str]) -> str:
    """OSC 52 for `text`, wrapped for tmux and screen, which would keep it from the terminal."""
    data = base64.b64encode(text.encode()[:_LONGEST_COPY]).decode("ascii")
    sequence = f"\x1b]52;c;{data}\x07"
    if environment.get("TERM", "").startswith("screen") and not environment.get("TMUX"):
        return f"\x1bP{sequence}\x1b\\"
    return sequence
