"""`python -m tui` is `broadsheet`."""

from tui.cli.main import run

run()
