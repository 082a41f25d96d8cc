"""The one way out to other programs: a link to a browser, a text to the terminal's clipboard."""

import base64
import shutil
import subprocess
import threading
from collections.abc import Mapping

from tui.domain.errors import SettingsError
from tui.domain.programs import words
from tui.domain.urls import safe_url

_OPENERS = ("xdg-open", "open", "wslview", "termux-open-url")
# xterm and tmux cut longer OSC 52 texts.
_LONGEST_COPY = 74_000


def browser_command(url: str, setting: str, environment: Mapping[str, str]) -> list[str]:
    """The command that opens `url`: the setting, $BROWSER, or the system's own; [] if none.

    The link is always one argument of a list, never part of a command line. Raises ValueError for
    a link that is not to be opened, and SettingsError for a setting that is no command.
    """
    safe = safe_url(url)
    if not safe:
        raise ValueError("this link can't be opened")
    if setting:
        return words(setting, {"u": safe}, last="u")
    if wish := environment.get("BROWSER", "").split(":")[0]:
        # By custom %s stands for the link there.
        return words(wish.replace("%s", "%u"), {"u": safe}, last="u")
    opener = next((path for name in _OPENERS if (path := shutil.which(name))), None)
    return [opener, safe] if opener else []


def open_link(url: str, setting: str, environment: Mapping[str, str]) -> str:
    """Open `url` in a browser, detached from our terminal; returns what to say, in one line."""
    try:
        command = browser_command(url, setting, environment)
    except (ValueError, SettingsError) as error:
        return str(error)
    if not command:
        return "No browser found; set commands.browser. y copies the link."
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        return f"{command[0]} did not start: {error.strerror}. Set commands.browser."
    # Waited for elsewhere, so that it never becomes a zombie of ours.
    threading.Thread(target=process.wait, daemon=True).start()
    return f"Opened with {command[0].rsplit('/', 1)[-1]}"


def clipboard_sequence(text: str, environment: Mapping[str, str]) -> str:
    """OSC 52 for `text`, wrapped for tmux and screen, which would keep it from the terminal."""
    data = base64.b64encode(text.encode()[:_LONGEST_COPY]).decode("ascii")
    sequence = f"\x1b]52;c;{data}\x07"
    if environment.get("TERM", "").startswith("screen") and not environment.get("TMUX"):
        return f"\x1bP{sequence}\x1b\\"
    return sequence
