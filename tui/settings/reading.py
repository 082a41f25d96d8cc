"""The user's settings file: what is right is used, what is wrong is named and costs nothing else."""

import difflib
import re
import tomllib
import typing
from dataclasses import field, fields, replace
from pathlib import Path
from typing import Any

from tui.domain.records import dataclass
from tui.settings import toml
from tui.settings.converting import FEED_OPTIONS, converted
from tui.settings.tables import Settings


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a settings file that could not be used."""

    file: Path
    line: int
    message: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else str(self.file)
        return f"{where}: {self.message}"


@dataclass(frozen=True, slots=True)
class Loaded:
    """Settings in force; `origins` tells the file and line of each that is not the default."""

    settings: Settings
    problems: tuple[Problem, ...] = ()
    origins: dict[str, str] = field(default_factory=dict)


def load(file: Path) -> Loaded:
    """The settings in force with the user's `file`, which may be missing."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return Loaded(Settings())
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        message = f"can't be read: {why}; the defaults are in force"
        return Loaded(Settings(), (Problem(file, 0, message),))
    try:
        tables = toml.loads(text)
    except tomllib.TOMLDecodeError as error:
        return Loaded(Settings(), (_syntax_problem(file, error),))
    return _Reader(file, text).read(tables)


def _syntax_problem(file: Path, error: tomllib.TOMLDecodeError) -> Problem:
    found = re.search(r"\(at line (\d+)", str(error))
    message = re.sub(r" \(at .*\)", "", str(error))
    return Problem(file, int(found[1]) if found else 0, f"{message}; the defaults are in force")


class _Reader:
    """Turns the tables of one file into settings, collecting problems."""

    def __init__(self, file: Path, text: str) -> None:
        self.file, self.lines = file, text.splitlines()
        self.problems: list[Problem] = []
        self.origins: dict[str, str] = {}

    def read(self, tables: dict[str, Any]) -> Loaded:
        changes: dict[str, Any] = {}
        known = {f.name: f for f in fields(Settings)}
        for name, table in tables.items():
            if name not in known:
                self._unknown("", name, list(known))
            elif not isinstance(table, dict):
                self._problem("", name, f"[{name}] must be a table")
            elif name == "feeds":
                changes[name] = self._feeds(table)
            else:
                changes[name] = self._table(name, table, getattr(Settings(), name))
        return Loaded(replace(Settings(), **changes), tuple(self.problems), self.origins)

    def _feeds(self, table: dict[str, Any]) -> dict[str, dict[str, str]]:
        feeds: dict[str, dict[str, str]] = {}
        for url, options in table.items():
            if isinstance(options, dict):
                feeds[url] = self._options(url, options)
                self.origins[f'feeds."{url}"'] = f"{self.file}:{self._line('', url)}"
            else:
                self._problem("feeds", url, "must be a table of options")
        return feeds

    def _options(self, url: str, options: dict[str, Any]) -> dict[str, str]:
        """The options of one feed, as text; each room reads its own."""
        table, right = f'feeds."{url}"', {}
        for key, value in options.items():
            if key not in FEED_OPTIONS:
                self._unknown(table, key, list(FEED_OPTIONS))
                continue
            try:
                converted(f"feeds.{key}", value, FEED_OPTIONS[key])
                right[key] = str(value)
            except ValueError as error:
                self._problem(table, key, f"{table}.{key}: {error}")
        return right

    def _table(self, name: str, table: dict[str, Any], default: Any) -> Any:
        types = typing.get_type_hints(type(default))
        changes: dict[str, Any] = {}
        for key, value in table.items():
            if key not in types:
                self._unknown(name, key, list(types))
                continue
            try:
                changes[key] = converted(f"{name}.{key}", value, types[key])
            except ValueError as error:
                self._problem(name, key, f"{name}.{key}: {error}")
            else:
                self.origins[f"{name}.{key}"] = f"{self.file}:{self._line(name, key)}"
        return replace(default, **changes)

    def _unknown(self, table: str, key: str, known: list[str]) -> None:
        full = f"{table}.{key}" if table else key
        near = difflib.get_close_matches(key, known, 1, 0.5)
        hint = f"; did you mean {near[0]}?" if near else ""
        self._problem(table, key, f"unknown setting {full}{hint}")

    def _problem(self, table: str, key: str, message: str) -> None:
        self.problems.append(Problem(self.file, self._line(table, key), message))

    def _line(self, table: str, key: str) -> int:
        """The line of `key` in `table`; TOML readers keep none, so it is looked up."""
        current = ""
        for number, line in enumerate(self.lines, 1):
            if header := re.match(r"\s*\[+\s*([^\]]+?)\s*\]+", line):
                current = header[1]
                if not table and current.strip('"').endswith(key):
                    return number
            elif re.match(rf'\s*"?{re.escape(key)}"?\s*=', line) and current in (table, ""):
                return number
        return 0
