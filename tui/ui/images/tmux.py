"""What is around tmux: it answers for itself when asked by a sequence, but tells by its command."""

import subprocess
from collections.abc import Mapping
from typing import NamedTuple

# Seconds that a server may take; one that is stuck costs pictures, nothing else.
_PATIENCE = 2.0
_QUESTION = "#{client_termname}\t#{allow-passthrough}"


class Outer(NamedTuple):
    """The terminal of the client that we are seen on, and whether tmux hands sequences to it."""

    term: str = ""
    passes: bool = False


def ask(environment: Mapping[str, str]) -> Outer:
    """Ask the server that we run in; takes some milliseconds, so call it in a thread.

    An empty answer where it can't be asked: within ssh, or without tmux on the path.
    """
    if not environment.get("TMUX"):
        return Outer()
    try:
        told = subprocess.run(
            ["tmux", "display-message", "-p", _QUESTION],
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_PATIENCE,
            check=True,
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return Outer()
    term, _, passes = told.strip("\n").partition("\t")
    # "all" is 2; before tmux 3.3 there was no such option, and all was passed on.
    return Outer(term, passes != "0")
