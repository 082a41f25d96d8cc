"""Runs the installed command as a user would."""

import os
import subprocess
import sys


def broadsheet(*args: str, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """`broadsheet ARGS` in a process of its own, in the test's home."""
    return subprocess.run(
        [sys.executable, "-m", "tui", *args],
        input=stdin,
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, **environment},
        check=False,
    )
