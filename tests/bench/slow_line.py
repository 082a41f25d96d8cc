"""A real ssh over a slow line: an sshd of our own on loopback, behind the relay of ../shared.

The relay delays each way by half the round trip and lets through so many bits a second, with small
buffers, so that who writes too fast is held up as on a real line.
"""

import contextlib
import getpass
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

SSHD = shutil.which("sshd") or "/usr/sbin/sshd"


def free_port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def server(folder: Path) -> Iterator[int]:
    """An sshd with keys and settings of its own; gives its port."""
    for name in ("host", "user"):
        (folder / name).unlink(missing_ok=True)
        subprocess.run(
            ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name], check=True
        )
    shutil.copy(folder / "user.pub", folder / "authorized")
    port = free_port()
    settings = folder / "sshd_config"
    settings.write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {folder / 'host'}\n"
        f"AuthorizedKeysFile {folder / 'authorized'}\nPidFile none\nStrictModes no\n"
        "PasswordAuthentication no\nKbdInteractiveAuthentication no\nUsePAM no\n"
        "PermitRootLogin prohibit-password\nAcceptEnv BROADSHEET_HOME\n"
    )
    Path("/run/sshd").mkdir(exist_ok=True)
    process = subprocess.Popen([SSHD, "-D", "-e", "-f", settings], stderr=subprocess.DEVNULL)
    try:
        _wait(port)
        yield port
    finally:
        process.terminate()
        process.wait()


@contextlib.contextmanager
def relay(shared: Path, target: int, bits: int, round_trip: int) -> Iterator[int]:
    """A line of `bits` a second and `round_trip` ms to port `target`; gives its port."""
    port = free_port()
    command = [sys.executable, shared / "tools" / "relay.py", port, target, bits, round_trip]
    process = subprocess.Popen([str(part) for part in command])
    try:
        _wait(port)
        yield port
    finally:
        process.terminate()
        process.wait()


def ssh(folder: Path, port: int, command: list[str]) -> list[str]:
    """The command line that runs `command` at the other end, in a terminal."""
    options = (
        "StrictHostKeyChecking=no",
        "UserKnownHostsFile=/dev/null",
        "IdentitiesOnly=yes",
        "LogLevel=ERROR",
        "SendEnv=BROADSHEET_HOME",
        "Compression=no",
    )
    flags = [part for option in options for part in ("-o", option)]
    who = f"{getpass.getuser()}@127.0.0.1"
    return ["ssh", "-tt", "-F", os.devnull, *flags, "-i", str(folder / "user"), "-p", str(port),
            who, *command]  # fmt: skip


def _wait(port: int) -> None:
    for _ in range(200):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise TimeoutError(f"nothing listens on port {port}")
