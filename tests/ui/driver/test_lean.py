"""Textual without its palette: less is imported, and the real one is there for who wants it."""

import subprocess
import sys


def run(code: str) -> list[str]:
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()


def test_the_palette_and_its_widgets_stay_out() -> None:
    loaded = run(
        "from tui.ui.lean import import_textual; import_textual()\n"
        "import sys, textual.app; print(*sys.modules)"
    )
    assert "textual.app" in loaded
    assert not {"textual.command", "textual.types", "textual.widgets._option_list"} & set(loaded)


def test_the_real_palette_can_be_imported_later() -> None:
    parents = run(
        "from tui.ui.lean import import_textual; import_textual()\n"
        "from textual.command import CommandPalette as palette\n"
        "print(*(kind.__name__ for kind in palette.__mro__))"
    )
    assert "Screen" in parents


def test_what_was_imported_before_stays() -> None:
    (same,) = run(
        "import textual.command as before\n"
        "from tui.ui.lean import import_textual; import_textual()\n"
        "import textual.command; print(textual.command is before)"
    )
    assert same == "True"
