"""Keys: presets in config/keys/*.toml, the user's keys.toml over them, sequences, counts, macros.

    inherit = "default"            # the preset that this file changes
    [list]                         # a place of tui.ui.actions, or [any]
    "j" = "down"
    "g g" = "top"
    "S" = "order feed"             # with an argument
    "X" = ["star", "next-unread"]  # a macro
    "q" = ""                       # no key

`Keyboard.press` is a small machine without a screen: it takes key names and gives commands.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from typing import Any

from tui import resources
from tui.domain.records import dataclass
from tui.settings import toml
from tui.ui.actions import ANY, PLACES, Call, find, nearest

PRESETS = ("default", "newsboat", "vim", "arrows")
_NAMES = {
    "escape": "esc",
    "pagedown": "pgdn",
    "pageup": "pgup",
    "slash": "/",
    "question_mark": "?",
    "colon": ":",
}

Steps = tuple[tuple[str, str], ...]  # (action, argument), one after the other


@dataclass(slots=True)
class Keymap:
    """Keys in force: place -> sequence -> steps. `problems` is what could not be used."""

    places: dict[str, dict[tuple[str, ...], Steps]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def lookup(self, place: str, keys: tuple[str, ...]) -> Steps | None:
        """What `keys` mean at `place`; the place's own keys come before those for everywhere."""
        for where in (place, ANY):
            if (steps := self.places.get(where, {}).get(keys)) is not None:
                return steps
        return None

    def begins(self, place: str, keys: tuple[str, ...]) -> bool:
        """True if a longer sequence begins with `keys`."""
        return any(
            len(known) > len(keys) and known[: len(keys)] == keys
            for where in (place, ANY)
            for known in self.places.get(where, {})
        )

    def following(self, place: str, keys: tuple[str, ...]) -> list[tuple[str, str]]:
        """What may follow `keys` at `place`: (the rest of a sequence, the first action it calls)."""
        known = {**self.places.get(ANY, {}), **self.places.get(place, {})}
        return sorted(
            (" ".join(sequence[len(keys) :]), " ".join(filter(None, steps[0])))
            for sequence, steps in known.items()
            if steps and len(sequence) > len(keys) and sequence[: len(keys)] == keys
        )

    def keys_for(self, name: str, place: str) -> list[str]:
        """The sequences that call the action `name` at `place`, as a person types them."""
        own = self.places.get(place, {})
        shared = {k: v for k, v in self.places.get(ANY, {}).items() if k not in own}
        return [
            " ".join(keys)
            for keys, steps in (*own.items(), *shared.items())
            if len(steps) == 1 and steps[0][0] == name and not steps[0][1]
        ]

    def rows(self, place: str) -> list[tuple[str, Steps]]:
        """All keys in force at `place`, the place's own first."""
        own = self.places.get(place, {})
        shared = {k: v for k, v in self.places.get(ANY, {}).items() if k not in own}
        return [(" ".join(k), v) for k, v in (*own.items(), *shared.items()) if v]


def load(preset: str, own: Path | None = None) -> Keymap:
    """The keys in force: the `preset`, then the file `own` if it is there."""
    keymap = Keymap()
    if preset not in PRESETS:
        keymap.problems.append(f"no keys {preset!r}; known are {', '.join(PRESETS)}")
        preset = "default"
    text = ""
    if own is not None and own.is_file():
        try:
            text = own.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            keymap.problems.append(f"{own}: can't be read: {error}")
    table = _parse(text, str(own), keymap)
    base = table.pop("inherit", preset)
    if base not in PRESETS:
        keymap.problems.append(
            f"{own}: no keys {base!r} to inherit; known are {', '.join(PRESETS)}"
        )
        base = preset
    _add_preset(keymap, base)
    _add(keymap, table, str(own), text)
    _report_clashes(keymap)
    return keymap


def _parse(text: str, file: str, keymap: Keymap) -> dict[str, Any]:
    try:
        return toml.loads(text)
    except tomllib.TOMLDecodeError as error:
        keymap.problems.append(f"{file}: {error}; the preset's keys are in force")
        return {}


def _add_preset(keymap: Keymap, name: str) -> None:
    text = resources.read_text(f"keys/{name}.toml")
    table = tomllib.loads(text)
    if base := table.pop("inherit", ""):
        _add_preset(keymap, base)
    _add(keymap, table, f"keys/{name}.toml", text)


def _add(keymap: Keymap, table: Mapping[str, Any], file: str, text: str) -> None:
    for place, keys in table.items():
        if place not in PLACES or not isinstance(keys, dict):
            where = f"{file}:{_line(text, f'[{place}')}"
            keymap.problems.append(f"{where}: no place {place!r}; known are {', '.join(PLACES)}")
            continue
        for key, value in keys.items():
            steps, problem = _steps(value, place)
            if problem:
                keymap.problems.append(f'{file}:{_line(text, key)}: "{key}": {problem}')
            else:
                keymap.places.setdefault(place, {})[tuple(key.split())] = steps


def _steps(value: Any, place: str) -> tuple[Steps, str]:
    """The steps of one key, or what is wrong with it."""
    parts = [value] if isinstance(value, str) else value
    if not isinstance(parts, list) or not all(isinstance(p, str) for p in parts):
        return (), "expected an action or a list of actions"
    steps: list[tuple[str, str]] = []
    for part in filter(None, parts):
        name, _, argument = part.partition(" ")
        known = find(name)
        if known is None:
            near = nearest(name)
            return (), f"no action {name!r}" + (f"; did you mean {near}?" if near else "")
        if place not in known.places and ANY not in (place, *known.places):
            return (), f"{name} works in {', '.join(known.places)}, not in {place}"
        steps.append((name, argument.strip()))
    return tuple(steps), ""


def _report_clashes(keymap: Keymap) -> None:
    """A key that is also the beginning of another at the same place can't be reached."""
    for place, keys in keymap.places.items():
        for sequence, steps in keys.items():
            for length in range(1, len(sequence)):
                short = sequence[:length]
                if steps and keys.get(short):
                    keymap.problems.append(
                        f'keys in [{place}] clash: "{" ".join(short)}" is also the beginning of '
                        f'"{" ".join(sequence)}"; the shorter one wins'
                    )


def _line(text: str, key: str) -> int:
    return next((n for n, row in enumerate(text.splitlines(), 1) if key in row), 0)


def key_name(key: str, character: str | None) -> str:
    """The name that key files use for what Textual calls `key`."""
    if character == " " or key == "space":
        return "space"
    if character and character.isprintable() and len(character) == 1:
        return character
    return _NAMES.get(key, key).replace("+", "-")


@dataclass(slots=True)
class Keyboard:
    """Counts, sequences and macros. `typed` is what waits for more, for the status line."""

    keymap: Keymap
    count: str = ""
    waiting: tuple[str, ...] = ()

    @property
    def typed(self) -> str:
        """What was typed and means nothing yet."""
        return self.count + " ".join(self.waiting)

    def clear(self) -> None:
        """Forget what was typed."""
        self.count, self.waiting = "", ()

    def press(self, place: str, key: str) -> list[tuple[str, Call]] | None:
        """The commands that `key` completes at `place`; [] while it waits, None if it means nothing."""
        if not self.waiting and key.isascii() and key.isdigit() and (self.count or key != "0"):
            self.count = (self.count + key)[-6:]
            return []
        keys = (*self.waiting, key)
        steps = self.keymap.lookup(place, keys)
        if steps:
            count = int(self.count) if self.count else None
            self.clear()
            return [(name, Call(count, argument)) for name, argument in steps]
        if steps is None and self.keymap.begins(place, keys):
            self.waiting = keys
            return []
        interrupted = bool(self.typed)
        self.clear()
        return [] if interrupted and key == "esc" else None
