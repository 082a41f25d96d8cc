"""Themes: names of looks ("title", "link", "mention") to styles. Shipped in config/themes/*.toml;
a file of the same form in the user's `themes` folder comes first.

`auto` keeps the terminal's own colours, or none at all where NO_COLOR is set or the terminal has
none. Colour never carries a meaning alone: every look that means something has a glyph or an
attribute too.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path

from rich.color import ColorParseError
from rich.errors import StyleSyntaxError
from rich.style import Style

from tui import resources
from tui.domain.records import dataclass
from tui.settings import toml

NAMES = ("auto", "terminal", "light", "dark", "high-contrast", "mono")
_PLAIN_TERMINALS = ("dumb", "vt100", "vt102", "vt220", "")


@dataclass(frozen=True, eq=False)
class Theme:
    """Looks by name. `paper` and `ink` are colours of everything, "default" for the terminal's."""

    name: str
    paper: str = "default"
    ink: str = "default"
    looks: Mapping[str, Style] = field(default_factory=dict)

    def style(self, look: str) -> Style:
        """The style of `look`, on paper; unknown looks are plain text."""
        return self.looks.get(look) or self.looks["text"]


def choose(name: str, environment: Mapping[str, str]) -> str:
    """The name of the theme in force for the setting `name`."""
    if environment.get("NO_COLOR") or environment.get("TERM", "") in _PLAIN_TERMINALS:
        return "mono"
    return "terminal" if name == "auto" else name


def load(name: str, folder: Path | None = None) -> tuple[Theme, list[str]]:
    """The theme `name` and what was wrong with its file, one line each."""
    own = folder / f"{name}.toml" if folder else None
    try:
        text = own.read_text(encoding="utf-8") if own and own.is_file() else _shipped(name)
    except (OSError, ValueError):  # not there, no name of a file, or not UTF-8
        theme, _ = load("terminal")
        return theme, [f"no theme {name!r}; known are {', '.join(NAMES)}"]
    try:
        table = toml.loads(text)
    except tomllib.TOMLDecodeError as error:
        theme, _ = load("terminal")
        return theme, [f"theme {name!r} can't be read: {error}"]
    return _build(name, table)


def _shipped(name: str) -> str:
    return resources.read_text(f"themes/{name}.toml")


def _build(name: str, table: Mapping[str, object]) -> tuple[Theme, list[str]]:
    problems: list[str] = []
    paper, ink = str(table.get("paper", "default")), str(table.get("ink", "default"))
    base = Style() if paper == ink == "default" else Style(color=ink, bgcolor=paper)
    given = table.get("looks", {})
    looks = {"text": base}
    for look, value in given.items() if isinstance(given, dict) else ():
        try:
            looks[str(look)] = base + Style.parse(str(value))
        except (StyleSyntaxError, ColorParseError) as error:
            problems.append(f"theme {name!r}, {look}: {error}")
    return Theme(name, paper, ink, looks), problems
