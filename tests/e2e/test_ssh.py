"""The reader over a real sshd, which `.ci/run` starts on loopback."""

import getpass
import os
import shlex
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.e2e.conftest import READER
from tests.terminal import Terminal

pytestmark = [pytest.mark.service, pytest.mark.pty, pytest.mark.xdist_group("edition")]


@pytest.fixture
def over_ssh(reading: Path) -> list[str]:
    """The command that opens the reader on the other side."""
    service = os.environ.get("BROADSHEET_TEST_SSH")
    if not service:
        pytest.skip("no sshd: BROADSHEET_TEST_SSH=PORT:KEY is not set (.ci/run starts one)")
    port, _, key = service.partition(":")
    remote = (
        f"cd {shlex.quote(str(ROOT))} && BROADSHEET_HOME={shlex.quote(str(reading))} LANG=C.UTF-8 "
    )
    options = ["BatchMode=yes", "StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null"]
    return [
        *("ssh", "-tt", "-q", "-p", port, "-i", key),
        *(part for option in options for part in ("-o", option)),
        f"{getpass.getuser()}@127.0.0.1",
        remote + shlex.join([*READER, "--offline"]),
    ]


def test_reads_and_leaves_the_terminal_clean(over_ssh: list[str]) -> None:
    with Terminal(over_ssh, columns=100, rows=30) as terminal:
        terminal.wait_for("Nine countries agree")
        terminal.press("enter")
        terminal.wait_for("Clara Whitlow")
        terminal.press("Q")
        assert terminal.wait_for_end() == 0
        assert bytes(terminal.raw).rindex(b"\x1b[?1049l") > 0


def test_a_line_that_breaks_ends_the_reader(over_ssh: list[str], reading: Path) -> None:
    """Hang-up: the reader ends by itself and what was read stays read."""
    with Terminal(over_ssh, columns=100, rows=30) as terminal:
        terminal.wait_for("Unread  17")
        terminal.press("enter")
        terminal.wait_for("Unread  16")
    again = [*READER, "--offline"]
    with Terminal(again, columns=100, rows=30) as terminal:
        terminal.wait_for("Unread  16")
        terminal.press("Q")
        assert terminal.wait_for_end() == 0
