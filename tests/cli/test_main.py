"""The entry point: what the bare reader does without."""

import subprocess
import sys

import pytest

from tui.cli import main, parser


@pytest.mark.parametrize("argv", [[], ["--offline"]])
def test_bare_reader_is_what_the_grammar_says(argv: list[str]) -> None:
    assert vars(main._arguments(argv)) == vars(parser.build().parse_args(argv))


def test_other_command_lines_go_through_the_grammar() -> None:
    assert main._arguments(["--offline", "--linear"]).linear is True


@pytest.mark.parametrize(
    ("first", "absent"),
    [
        ("import tui.cli.main", ["typing", "dataclasses", "pathlib", "argparse", "textual"]),
        ("import tui.ui.driver.splash", ["typing", "re", "dataclasses", "pathlib", "textual"]),
        (
            "import tui.cli.commands.open as o; o._import_asyncio_without_tls(); import asyncio",
            ["ssl", "_ssl", "argparse"],
        ),
    ],
)
def test_imports_before_the_first_paint(first: str, absent: list[str]) -> None:
    code = f"{first}\nimport sys\nprint(*sys.modules)"
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    bare = subprocess.run(
        [sys.executable, "-c", "import sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert not set(absent) & set(found) - set(bare)


def test_tls_is_there_for_who_imports_it_later() -> None:
    code = (
        "import tui.cli.commands.open as o; o._import_asyncio_without_tls()\n"
        "import ssl; print(ssl.OPENSSL_VERSION)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


def interrupted(*steps: str, ignoring: bool = False) -> tuple[int, str]:
    """Status and errors of a process that takes these steps of main and then interrupts itself."""
    # Tests in the background of a shell are born ignoring interrupts.
    born = "" if ignoring else "signal.signal(signal.SIGINT, signal.default_int_handler)"
    code = (
        f"import os, signal; {born}\nfrom tui.cli import main\n"
        + "".join(f"main.{step}()\n" for step in steps)
        + "os.kill(os.getpid(), 2)\nprint('went on')"
    )
    before = "trap '' INT; " if ignoring else ""
    done = subprocess.run(
        ["/bin/sh", "-c", f'{before}exec "{sys.executable}" -c "$0"', code],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_an_interrupt_before_or_after_the_work_ends_us_without_a_word() -> None:
    assert interrupted("_die_of_interrupts") == (-2, "")
    status, said = interrupted("_die_of_interrupts", "_hear_interrupts")
    assert status != 0 and "KeyboardInterrupt" in said


def test_who_has_us_ignore_interrupts_is_heard() -> None:
    assert interrupted("_die_of_interrupts", ignoring=True) == (0, "went on\n")
    assert interrupted("_die_of_interrupts", "_hear_interrupts", ignoring=True)[0] == 0
