"""Settings of the screen, changed for this session."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tui.settings.converting import CHOICES, converted
from tui.ui.actions import Call, action
from tui.ui.render.listing import choice
from tui.ui.screens.pick import PickScreen
from tui.ui.themes import NAMES as THEMES
from tui.ui.typography import Typography
from tui.ui.widgets.prompt import Prompt

if TYPE_CHECKING:
    from tui.ui.app import Reader

# What takes effect at once, with the values that are completed.
_SWITCH = ("on", "off")
_VALUES: dict[str, tuple[str, ...]] = {
    "measure": ("60", "72", "80"),
    "justify": _SWITCH,
    "hyphenate": _SWITCH,
    "theme": THEMES,
    "order": CHOICES["screen.order"],
    "mark_read": CHOICES["screen.mark_read"],
    "sidebar": _SWITCH,
    "line_speed": _SWITCH,
}
_WORDS = {"on": True, "true": True, "yes": True, "off": False, "false": False, "no": False}


def _completions(_reader: "Reader") -> Iterable[str]:
    return [f"{name} {value}" for name, values in _VALUES.items() for value in values]


@action(
    "set",
    "Change a setting for this session",
    argument="setting value",
    complete=_completions,
)
def change_setting(reader: "Reader", call: Call) -> None:
    """`:set measure 60`; a switch without a value is turned; without a name all are shown."""
    name, _, text = call.argument.partition(" ")
    if not name:
        _show(reader)
    elif name not in _VALUES:
        reader.say(f"No setting {name} that changes here; known are {', '.join(_VALUES)}")
    else:
        _take(reader, name, text.strip())


def _take(reader: "Reader", name: str, text: str) -> None:
    before = getattr(reader.settings.screen, name)
    switch = isinstance(before, bool)
    if not text and not switch:
        reader.ask(Prompt(f"{name}: ", lambda typed: _set(reader, name, typed), text=str(before)))
    else:
        _set(reader, name, text or ("off" if before else "on"))


def _set(reader: "Reader", name: str, text: str) -> None:
    kind = type(getattr(reader.settings.screen, name))
    try:
        value = converted(f"screen.{name}", _read(text, kind), kind)
    except ValueError as error:
        reader.say(f"{name}: {error}")
        return
    screen = replace(reader.settings.screen, **{name: value})
    reader.settings = replace(reader.settings, screen=screen)
    reader.say(f"{name}: {_said(value)}")
    _apply(reader, name, text)


def _read(text: str, kind: type) -> Any:
    if kind is int and text.isdecimal():
        return int(text)
    return _WORDS.get(text, text) if kind is bool else text


def _said(value: object) -> str:
    return ("on" if value else "off") if isinstance(value, bool) else str(value)


def _apply(reader: "Reader", name: str, text: str) -> None:
    if name in ("theme", "order"):
        reader.perform(name, text)
    elif name in ("measure", "justify", "hyphenate"):
        spacing = reader.typography.spacing
        reader.typography = replace(Typography.of(reader.settings.screen), spacing=spacing)
        reader.desk.article.relay()
    elif name == "sidebar":
        reader.desk.share_width()


def _show(reader: "Reader") -> None:
    screen = reader.settings.screen
    rows = [choice(name, _said(getattr(screen, name)), name) for name in _VALUES]
    reader.show_list(PickScreen("Settings", rows, lambda name: _take(reader, name, "")))
