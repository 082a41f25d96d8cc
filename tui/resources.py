"""Shipped files: `config/` of the wheel, or of the checkout."""

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path


@cache
def config() -> Traversable:
    """The folder of shipped defaults. A wheel has it inside the package, a checkout beside it."""
    shipped = files("tui") / "config"
    return shipped if shipped.is_dir() else Path(__file__).parent.parent / "config"


def read_text(name: str) -> str:
    """The shipped text file `name` ("settings.toml", "keys/vim.toml"). Raises OSError."""
    return (config() / name).read_text(encoding="utf-8")
