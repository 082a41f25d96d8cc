"""The arrows between the rooms, and what a quick command must not load."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

# By the top name of the package, as in sys.modules.
SCREEN = {"textual", "rich"}
HEAVY = {"textual", "lxml", "spacy", "httpx", "sqlite3", "readability", "feedparser", "trafilatura"}


def loaded(code: str) -> set[str]:
    """The top names of all modules that a fresh Python holds after `code`."""
    report = "import sys; print(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\n{report}"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    return set(done.stdout.splitlines()[-1].split())


def test_rooms_keep_to_their_arrows(tmp_path: Path) -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_pipeline_knows_no_screen() -> None:
    assert not loaded("import tui.pipeline") & SCREEN


@pytest.mark.parametrize("arguments", [["--help"], ["sync", "--help"], ["--version"]])
def test_help_is_quick(arguments: list[str]) -> None:
    code = (
        "import contextlib, io\nfrom tui.cli.main import main\n"
        "with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()):\n"
        f"    main({arguments!r})"
    )
    assert not loaded(code) & HEAVY


def test_the_domain_needs_the_standard_library_only() -> None:
    code = (
        "import importlib, pkgutil, tui.domain\n"
        "for m in pkgutil.iter_modules(tui.domain.__path__, 'tui.domain.'):\n"
        "    importlib.import_module(m.name)"
    )
    foreign = loaded(code) - set(sys.stdlib_module_names) - {"tui", "__main__"}
    # What the interpreter itself loads at its start, such as hooks of editable installs.
    assert foreign <= loaded("pass")


def test_the_reader_loads_no_room_behind_its_ports() -> None:
    """The process that draws must never wait for a parser, a model or the network."""
    heavy = HEAVY - {"textual", "sqlite3"}
    assert not loaded("import tui.ui.app, tui.sync.client") & heavy
