"""What the actions do, by theme. Importing these modules registers them (see `tui.ui.actions`)."""

from functools import cache
from importlib import import_module

MODULES = (
    "moving",
    "reading",
    "marking",
    "sweeping",
    "searching",
    "editions",
    "ruling",
    "naming",
    "correcting",
    "linking",
    "saving",
    "programs",
    "looks",
    "setting",
    "feeds",
    "system",
)


@cache
def load() -> None:
    """Register every action, once."""
    for module in MODULES:
        import_module(f"{__name__}.{module}")
