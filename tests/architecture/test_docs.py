"""The manual and the completions are in step with the command line's grammar."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tui.cli import completions, parser
from tui.paths import Paths, find

DOCS = ROOT / "docs"
MANUAL = DOCS / "broadsheet.1"
COMMANDS = completions.commands(parser.build())


def sections() -> dict[str, str]:
    """The manual's text of each command, "" for what stands before the first."""
    text = MANUAL.read_text(encoding="utf-8")
    names = "|".join(command.name for command in COMMANDS if command.name)
    parts = re.split(rf"^\.It Xo\n\.Cm ({names})$", text.partition(".Sh SEARCH")[0], flags=re.M)
    return {"": parts[0], **dict(zip(parts[1::2], parts[2::2], strict=True))}


def test_the_manual_has_every_command_and_option_and_no_other() -> None:
    manual = sections()
    assert set(manual) == {command.name for command in COMMANDS}
    for command in COMMANDS:
        described = {
            flag
            for line in re.findall(r"^\.It (Fl .*)$", manual[command.name], flags=re.M)
            for flag in re.findall(r"(?:Fl|,) ?(-[\w-]+|h\b)", line)
        }
        wanted = {name for option in command.options for name in option.names}
        if command.name:
            wanted -= {"-h", "--help"}
        assert {"-" + flag for flag in described} == wanted, command.name


@pytest.mark.skipif(shutil.which("mandoc") is None, reason="mandoc is not installed")
def test_the_manual_is_well_formed() -> None:
    done = subprocess.run(
        ["mandoc", "-Tlint", "-W", "warning", str(MANUAL)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "")


def test_the_manual_has_every_exit_status() -> None:
    text = MANUAL.read_text(encoding="utf-8")
    stated = set(re.findall(r"^\.It (\d+)$", text.partition(".Sh EXIT STATUS")[2], flags=re.M))
    assert stated == set(re.findall(r"^  (\d+) ", parser.EXIT_STATUS, flags=re.M))


def test_the_manual_names_the_files_where_they_are() -> None:
    text = MANUAL.read_text(encoding="utf-8")
    paths: Paths = find({"HOME": "/h"})
    files = [paths.settings, paths.keys, paths.rules, paths.library, paths.backups, paths.log]
    for file in [*files, paths.cache]:
        assert str(file).replace("/h/", "~/", 1) in text


@pytest.mark.parametrize(("file", "shell"), completions.FILES.items())
def test_completions_are_what_the_grammar_gives(file: str, shell: str) -> None:
    """`python -m tui.cli.completions docs/completions` makes them anew."""
    written = (DOCS / "completions" / file).read_text(encoding="utf-8")
    assert written == completions.write(shell, parser.build())
    for command in COMMANDS:
        assert command.name in written
        for option in command.options:
            for name in option.names:
                spelling = name if shell != "fish" else name.lstrip("-")
                assert spelling in written


def bash(line: str, folder: Path) -> list[str]:
    """What bash offers after `line`, whose last word is being written."""
    words = line.split(" ")
    script = (
        f'source "{DOCS}/completions/broadsheet.bash"; compopt() {{ :; }}\n'
        f"COMP_WORDS=({' '.join(repr(w) for w in words)}); COMP_CWORD={len(words) - 1}\n"
        f"_broadsheet broadsheet {words[-1]!r} {words[-2]!r}\n"
        'printf "%s\\n" "${COMPREPLY[@]}"'
    )
    done = subprocess.run(
        ["bash", "--norc", "-c", script], capture_output=True, text=True, check=True, cwd=folder
    )
    assert done.stderr == ""
    return sorted(done.stdout.split())


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("broadsheet ex", ["export"]),
        ("broadsheet --off", ["--offline"]),
        ("broadsheet export --format ", ["corrections", "epub", "jsonl", "markdown", "opml"]),
        ("broadsheet export --fo", ["--format"]),
        ("broadsheet import feeds", ["feeds.opml"]),
        ("broadsheet import --dr", ["--dry-run"]),
        ("broadsheet export --to feeds", ["feeds.opml"]),
        ("broadsheet list --order ne", ["newest"]),
        ("broadsheet --query ", []),
        (
            "broadsheet sync --query ",
            ["--all", "--help", "--json", "--no-articles", "--quiet", "-h"],
        ),
    ],
)
def test_bash_offers(tmp_path: Path, line: str, offered: list[str]) -> None:
    (tmp_path / "feeds.opml").write_text("")
    assert bash(line, tmp_path) == offered


@pytest.mark.parametrize(("shell", "file"), [("zsh", "_broadsheet"), ("fish", "broadsheet.fish")])
def test_zsh_and_fish_can_read_theirs(shell: str, file: str) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    done = subprocess.run(
        [shell, "-n", str(DOCS / "completions" / file)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ,
    )
    assert (done.returncode, done.stderr) == (0, "")
