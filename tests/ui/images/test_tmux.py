"""What is around tmux, asked of a real one."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.terminal import Terminal
from tui.ui.images.tmux import Outer, ask

NEEDED = ("tmux", "tic", "infocmp")
PROGRAM = "import os; from tui.ui.images.tmux import ask; print(tuple(ask(os.environ)))"


def test_where_there_is_no_tmux(tmp_path: Path) -> None:
    assert ask({"PATH": os.environ["PATH"]}) == Outer()
    assert ask({"PATH": str(tmp_path), "TMUX": "/tmp/none,1,0"}) == Outer()
    assert ask({"PATH": os.environ["PATH"], "TMUX": f"{tmp_path}/none,1,0"}) == Outer()


@pytest.mark.pty
@pytest.mark.skipif(
    not all(map(shutil.which, NEEDED)), reason="needs tmux and ncurses-bin (Debian packages)"
)
@pytest.mark.parametrize("passes", [True, False])
def test_client_and_option_are_told(tmp_path: Path, passes: bool) -> None:
    # tmux wants to know the terminal that it runs in.
    known = subprocess.run(
        ["infocmp", "xterm-256color"], capture_output=True, text=True, check=True
    )
    source = tmp_path / "kitty"
    source.write_text(known.stdout.replace("xterm-256color|", "xterm-kitty|"), encoding="ascii")
    subprocess.run(["tic", "-x", "-o", tmp_path / "terminfo", source], check=True)
    config = tmp_path / "tmux.conf"
    config.write_text(f"set -g allow-passthrough {'on' if passes else 'off'}\n", encoding="ascii")
    script = tmp_path / "run.sh"
    script.write_text(f'"{sys.executable}" -c "{PROGRAM}"; sleep 60\n', encoding="utf-8")
    socket = tmp_path / "socket"
    environment = {"TERM": "xterm-kitty", "TERMINFO": str(tmp_path / "terminfo")}
    argv = ["tmux", "-S", str(socket), "-f", str(config), "new-session", f"sh {script}"]
    try:
        with Terminal(argv, environment=environment) as terminal:
            terminal.wait_for(f"('xterm-kitty', {passes})")
    finally:
        subprocess.run(["tmux", "-S", socket, "kill-server"], check=False)
