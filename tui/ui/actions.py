"""Every action of the reader by name: keys, `?`, the palette and the `:` line all read this list.

    @action("star", "Star or unstar", LIST, ARTICLE)
    def star(reader, call): ...

`call.count` is the number typed before the key (None without), `call.argument` what follows the
name on the `:` line or in a key file ("order feed").
"""

import difflib
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from tui.domain.records import dataclass

if TYPE_CHECKING:
    from tui.ui.app import Reader

# Where a key can mean something of its own. ANY counts where the place itself has no such key.
ANY, LIST, ARTICLE, NAMES = "any", "list", "article", "names"
FEEDS, RULES, LOG, HELP, ENTITY, PICK = "feeds", "rules", "log", "help", "entity", "pick"
PLACES = (ANY, LIST, ARTICLE, NAMES, FEEDS, RULES, LOG, HELP, ENTITY, PICK)


@dataclass(frozen=True, slots=True)
class Call:
    """How an action was asked for."""

    count: int | None = None
    argument: str = ""

    @property
    def times(self) -> int:
        """The count, 1 without one."""
        return 1 if self.count is None else self.count


Run = Callable[["Reader", Call], None]
Complete = Callable[["Reader"], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that the reader can do. `places` is where; `argument` names what may follow."""

    name: str
    text: str
    places: tuple[str, ...]
    run: Run
    argument: str = ""
    complete: Complete | None = None


_ACTIONS: dict[str, Action] = {}


def action(
    name: str,
    text: str,
    *places: str,
    argument: str = "",
    complete: Complete | None = None,
) -> Callable[[Run], Run]:
    """Register a function as the action `name`; without `places` it works everywhere."""

    def register(run: Run) -> Run:
        if name in _ACTIONS:
            raise ValueError(f"two actions are called {name!r}")
        _ACTIONS[name] = Action(name, text, places or (ANY,), run, argument, complete)
        return run

    return register


def all_actions() -> dict[str, Action]:
    """Every action by name."""
    from tui.ui import commands

    commands.load()
    return _ACTIONS


def find(name: str) -> Action | None:
    """The action called `name`."""
    return all_actions().get(name)


def nearest(name: str) -> str:
    """The known name that looks most like `name`, or ""."""
    found = difflib.get_close_matches(name, all_actions(), 1, 0.5)
    return found[0] if found else ""


def possible(place: str) -> list[Action]:
    """The actions that mean something at `place`."""
    return [a for a in all_actions().values() if ANY in a.places or place in a.places]
