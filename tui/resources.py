"""Shipped files: `config/` of the wheel, or of the checkout."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


@cache
def config() -> "Traversable":
    """The folder of shipped defaults. A wheel has it inside the package, a checkout beside it."""
    here = Path(__file__).parent
    for folder in (here / "config", here.parent / "config"):
        if folder.is_dir():
            return folder
    from importlib.resources import files  # for a zip; its imports cost some milliseconds

    return files("tui") / "config"


def read_text(name: str) -> str:
    """The shipped text file `name` ("settings.toml", "keys/vim.toml"). Raises OSError."""
    return (config() / name).read_text(encoding="utf-8")
