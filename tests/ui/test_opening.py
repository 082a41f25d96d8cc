"""The way out: links are one argument, never a command line; copies are said to be sent."""

import base64
import os
import stat
import time
from pathlib import Path

import pytest

from tui.ui.opening import browser, clipboard_sequence, open_link
from tui.ui.programs import Program


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "-rf",
        "https://user:pw@x.example/",
        "",
        "ssh://x",
    ],
)
def test_what_may_not_be_opened_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="can't be opened"):
        browser(url, "firefox", {})
    assert open_link(url, "firefox", {}) == "this link can't be opened"


def test_the_link_is_one_argument_whatever_is_in_it() -> None:
    url = "https://example.org/a;touch%20x?q=$(id)&b='"
    assert words(browser(url, "firefox -x", {})) == ["firefox", "-x", url]
    assert words(browser(url, "sh-like --at=%u -x", {})) == ["sh-like", f"--at={url}", "-x"]
    assert words(browser(url, "", {"BROWSER": "chrome %s:w3m"})) == ["chrome", url]


@pytest.mark.parametrize("setting", ["w3m -N", "!my-browser", "/usr/bin/lynx %u"])
def test_a_browser_for_terminals_gets_the_terminal(setting: str) -> None:
    said = open_link("https://example.org/", setting, {}, lambda p: f"{p.terminal} {p.words[-1]}")
    assert said == "True https://example.org/"


def words(found: Program | None) -> list[str]:
    """What would be started."""
    assert found is not None and not found.terminal
    return list(found.words)


def test_a_browser_is_started_with_the_link(tmp_path: Path) -> None:
    program, told = tmp_path / "browser", tmp_path / "told"
    program.write_text(f'#!/bin/sh\nprintf "%s|" "$@" > "{told}.part"\nmv "{told}.part" "{told}"\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    said = open_link("https://example.org/a b", f"{program} -x", dict(os.environ))
    assert said == "Opened with browser"
    for _ in range(200):
        if told.exists():
            break
        time.sleep(0.02)
    assert told.read_text() == "-x|https://example.org/a%20b|"


def test_a_browser_that_is_not_there_is_said() -> None:
    assert "did not start" in open_link("https://example.org/", "/no/such/browser", {})


def test_copies_go_by_osc_52() -> None:
    sequence = clipboard_sequence("https://example.org/é", {"TERM": "xterm"})
    assert sequence.startswith("\x1b]52;c;") and sequence.endswith("\x07")
    assert base64.b64decode(sequence[7:-1]).decode() == "https://example.org/é"
    assert clipboard_sequence("x", {"TERM": "screen"}).startswith("\x1bP")
