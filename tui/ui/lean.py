"""Textual without what the reader never shows.

Textual's command palette brings along an input line, trees, option lists and a fuzzy search: a
twentieth of the reader's start, for a palette that is switched off (ours is another). While
`textual.app` is imported a module stands in for it; who imports the real one later gets it.
"""

import sys
from types import ModuleType

_PALETTE = "textual.command"


class _Absent(ModuleType):
    """Gives an empty class for every name, so that it can be imported from and derived from."""

    def __getattr__(self, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)
        made = type(name, (), {"__module__": self.__name__})
        setattr(self, name, made)
        return made


def import_textual() -> None:
    """Import `textual.app`, if that was not done before."""
    if "textual.app" in sys.modules or _PALETTE in sys.modules:
        return
    sys.modules[_PALETTE] = _Absent(_PALETTE)
    try:
        import textual.app

        # The package holds its modules as attributes, too.
        vars(textual).pop("command", None)
    finally:
        del sys.modules[_PALETTE]
