"""Broadsheet, a news reader for the terminal. README.md tells what it does; DESIGN words are in `tui.domain`."""

__version__ = "0.1.0"
