"""What goes wrong around a command: one line that says what to do, a status, never a traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.run import broadsheet

PROGRAM = f'"{sys.executable}" -m tui'


def shell(command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A line of shell in which BROADSHEET stands for the program."""
    return subprocess.run(
        ["/bin/sh", "-c", command.replace("BROADSHEET", PROGRAM)],
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, **environment},
        check=False,
    )


def one_line(done: subprocess.CompletedProcess[str]) -> str:
    """The only line on standard error."""
    lines = done.stderr.splitlines()
    assert len(lines) == 1, done.stderr
    return lines[0]


@pytest.mark.parametrize("command", ["read -", "entities -", "feed -"])
def test_closed_input_is_empty_input(command: str) -> None:
    done = shell(f"BROADSHEET {command} <&-")
    assert "Traceback" not in done.stderr
    assert one_line(done).startswith("broadsheet: -: ")


@pytest.mark.parametrize("command", ["list", "export", "doctor --terminal", "read nothing"])
def test_closed_output_is_output_to_nobody(command: str) -> None:
    for closed in (">&-", "2>&-", "<&- >&- 2>&-"):
        done = shell(f"BROADSHEET {command} {closed}")
        assert "Traceback" not in done.stderr
        assert done.returncode in (0, 1)


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="no /dev/full here")
@pytest.mark.parametrize("command", ["config", "export", "read --json nothing"])
def test_a_full_disk_below_the_output_is_told(command: str) -> None:
    done = shell(f"BROADSHEET {command} >/dev/full")
    assert one_line(done) == "broadsheet: output: No space left on device"
    assert done.returncode == 1


def test_a_closed_pipe_ends_quietly() -> None:
    done = shell("BROADSHEET config | head -n 1")
    assert done.stdout.count("\n") == 1
    assert done.stderr == ""


@pytest.mark.parametrize("home", ["/dev/null/x", "/tmp/" + "long" * 80, "~nobody-of-that-name/x"])
@pytest.mark.parametrize("command", [["list"], ["config"], ["doctor"], ["sync"]])
def test_a_home_that_cannot_be(home: str, command: list[str]) -> None:
    done = broadsheet("--offline", *command, BROADSHEET_HOME=home)
    assert "Traceback" not in done.stderr
    assert done.returncode != 0 or command == ["config"]


def test_a_library_that_cannot_be_reached_says_where_and_what_to_do() -> None:
    done = broadsheet("list", BROADSHEET_HOME="/tmp/" + "long" * 80)
    assert done.returncode == 3
    last = done.stderr.splitlines()[-1]
    assert "can't be reached: File name too long" in last
    assert "XDG_DATA_HOME" in last


def test_nonsense_in_the_settings_costs_those_settings_only(home: Path) -> None:
    file = home / "config" / "settings.toml"
    file.parent.mkdir(parents=True)
    file.write_text(
        '[sync]\narticles = 99999999999999999999\nkeep = "99999999999999999999d"\n'
        '[screen]\norder = "nonsense"\nmark_read = "now"\nimages = "all"\n'
    )
    done = broadsheet("list")
    assert done.returncode == 0
    lines = done.stderr.splitlines()
    assert [line.split(": ")[2] for line in lines] == [
        "sync.articles",
        "sync.keep",
        "screen.order",
        "screen.mark_read",
        "screen.images",
    ]
    assert lines[2].endswith("expected newest, oldest, feed, folder, story or title")


def test_unreadable_settings_are_told_in_words(home: Path) -> None:
    file = home / "config" / "settings.toml"
    file.mkdir(parents=True)
    done = broadsheet("config")
    assert one_line(done) == (
        f"broadsheet: {file}: can't be read: Is a directory; the defaults are in force"
    )
    assert done.returncode == 1


def test_export_writes_into_a_pipe_instead_of_replacing_it(tmp_path: Path) -> None:
    pipe, got = tmp_path / "pipe", tmp_path / "got"
    os.mkfifo(pipe)
    done = shell(f"cat {pipe} > {got} & BROADSHEET export --to {pipe}; wait")
    assert done.returncode == 0, done.stderr
    assert pipe.is_fifo()
    assert "<opml" in got.read_text()


def test_export_follows_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "there.opml", tmp_path / "link.opml"
    target.write_text("old")
    link.symlink_to(target)
    assert broadsheet("export", "--to", str(link)).returncode == 0
    assert link.is_symlink()
    assert "<opml" in target.read_text()


def test_read_says_that_a_page_is_binary(tmp_path: Path) -> None:
    file = tmp_path / "picture.html"
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)
    done = broadsheet("read", str(file))
    assert one_line(done).endswith("no page but a picture, a PDF or other data; open it outside")
    assert done.stdout == ""
    assert done.returncode == 1


@pytest.mark.parametrize("encoding", ["ascii:strict", "latin-1:strict", "utf-8:strict"])
def test_news_is_written_in_all_letters_whatever_the_locale_says(
    home: Path, tmp_path: Path, encoding: str
) -> None:
    file = tmp_path / "feed.xml"
    file.write_text(
        "<rss><channel><title>新聞</title><item><title>犬吠埼</title></item></channel></rss>"
    )
    assert broadsheet("add", "--no-sync", f"file:{file}").returncode == 0
    broadsheet("sync", "--quiet", "--no-articles")
    for command in ("list", "list --json", "feeds", "export", "search 犬吠埼", "犬"):
        done = shell(f"BROADSHEET {command}", PYTHONIOENCODING=encoding)
        assert "Traceback" not in done.stderr
        assert "犬" in done.stdout + done.stderr or "新聞" in done.stdout


@pytest.mark.parametrize("command", ["read --json", "feed --json", "entities --json", "import"])
def test_file_names_that_are_no_utf_8_are_told(command: str) -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", f"{PROGRAM} {command} \"$(printf 'a\\377b')\""],
        capture_output=True,
        timeout=120,
        env={**os.environ, "PYTHONIOENCODING": "utf-8:strict"},
        check=False,
    )
    assert b"Traceback" not in done.stderr
    assert done.returncode == 1


def test_nothing_that_a_terminal_could_obey_is_said(tmp_path: Path) -> None:
    for command in ("read", "feed", "entities", "import", "add", "list --query", "sync"):
        done = shell(f"BROADSHEET {command} \"$(printf 'is:\\033[31m\\nx')\"")
        assert "\x1b" not in done.stderr and done.stderr.count("\n") <= 1, done.stderr


def test_the_reader_for_lines_ends_with_its_input() -> None:
    done = shell("BROADSHEET --linear </dev/null")
    assert done.returncode == 0
    assert done.stderr == ""
