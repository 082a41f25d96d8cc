"""How far work has come that takes a large library some time: said while it is made ready."""

from collections.abc import Callable

Progress = Callable[[float], None]
"""Hears how much is done, 0 to 1."""
Told = Callable[[str, float], None]
"""Hears what is being done, and how much of it."""


def unheard(_share: float) -> None:
    """A `Progress` for nobody."""


def untold(_what: str, _share: float) -> None:
    """A `Told` for nobody."""


def part(whole: Progress, start: float, end: float) -> Progress:
    """The progress of a part that is `start` to `end` of the whole."""
    return lambda share: whole(start + (end - start) * share)
