"""`broadsheet config`: the settings in force, and where each comes from."""

import os
import re
import subprocess
from argparse import Namespace

from tui import resources
from tui.cli import compose
from tui.domain.errors import SettingsError
from tui.domain.programs import words
from tui.paths import make
from tui.settings import Duration, Size, values


def run(args: Namespace) -> int:
    """Print settings; with --defaults the documented file, with --edit open the user's own."""
    if args.defaults:
        print(resources.read_text("settings.toml"), end="")
        return 0
    at = compose.home()
    if args.edit:
        return _edit(at)
    print(f"# your settings: {at.paths.settings}{_missing(at)}")
    print(f"# your keys:     {at.paths.keys}")
    print(f"# library:       {at.paths.library}")
    print(f"# cache:         {at.paths.cache}")
    for name, value in values(at.settings).items():
        origin = at.loaded.origins.get(name, "default")
        print(f"{f'{name} = {_written(value)}':<48} # {origin}")
    return 1 if at.loaded.problems else 0


def _missing(at: compose.Home) -> str:
    if at.loaded.problems or at.paths.settings.exists():
        return ""
    return " (not there yet; broadsheet config --edit)"


def _written(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case Duration():
            return f'"{_with_unit(value, {"d": 86400, "h": 3600, "min": 60, "s": 1})}"'
        case Size():
            return f'"{_with_unit(value, {"GB": 10**9, "MB": 10**6, "kB": 10**3, "B": 1})}"'
        case str():
            return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
        case tuple():
            return "[" + ", ".join(map(_written, value)) + "]"
        case dict():
            pairs = ", ".join(f"{_key(key)} = {_written(item)}" for key, item in value.items())
            return "{ " + pairs + " }" if pairs else "{}"
        case _:
            return str(value)


def _key(name: str) -> str:
    """A key of TOML, in quotes where it needs them."""
    return name if re.fullmatch(r"[\w-]+", name, re.ASCII) else _written(name)


def _with_unit(value: int, units: dict[str, int]) -> str:
    for unit, size in units.items():
        if value and value % size == 0:
            return f"{value // size}{unit}"
    return f"0{list(units)[-1]}"


def _edit(at: compose.Home) -> int:
    file = at.paths.settings
    wish = at.settings.commands.editor
    editor = words(wish or os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi", {})
    try:
        make(file.parent)
        if not file.exists():
            file.write_text(resources.read_text("settings.toml"), encoding="utf-8")
        status = subprocess.run([*editor, str(file)], check=False).returncode
    except OSError as error:
        raise SettingsError(f"can't edit {file}: {error.strerror or error}") from error
    for problem in compose.home(quiet=True).loaded.problems:
        print(f"broadsheet: {problem}")
        status = status or 1
    return status
