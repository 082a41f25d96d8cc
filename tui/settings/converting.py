"""One value of a settings file, as the type and the choice that its setting wants."""

import shlex
import typing
from typing import Any

from tui.settings.measures import MOST, Duration, Size, duration, size

# Settings that are one word of a few; themes and keys are files, and tell what they know themselves.
CHOICES = {
    "screen.images": ("auto", "kitty", "sixel", "blocks", "ask", "never"),
    "screen.order": ("newest", "oldest", "feed", "folder", "story", "title"),
    "screen.mark_read": ("open", "end", "never"),
    "feeds.auth": ("basic", "bearer"),
}
# What may stand in a table [feeds."URL"].
FEED_OPTIONS: dict[str, Any] = {
    "title": str,
    "user": str,
    "password_command": str,
    "auth": str,
    "cookies": str,
    "user_agent": str,
    "header": str,
    "proxy": str,
    "selector": str,
    "interval": Duration,
    "keep": Duration,
    "articles": int,
}


def converted(name: str, value: Any, kind: Any) -> Any:
    """`value` as the setting `name` of the type `kind` wants it. Raises ValueError."""
    made = _convert(value, kind)
    known = CHOICES.get(name)
    if known and made not in known:
        raise ValueError(f"expected {', '.join(known[:-1])} or {known[-1]}")
    if name.startswith("commands."):
        for command in made.values() if isinstance(made, dict) else (made,):
            _check_command(command)
    return made


def _check_command(line: str) -> None:
    try:
        shlex.split(line)
    except ValueError as error:
        raise ValueError(f"{line!r} can't be split into words: {error}") from error


def _convert(value: Any, kind: Any) -> Any:
    if kind is Duration:
        return duration(value)
    if kind is Size:
        return size(value)
    if kind is bool or kind is str:
        if not isinstance(value, kind):
            raise ValueError("expected true or false" if kind is bool else "expected a text")
        return value
    if kind is int:
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST:
            raise ValueError("expected a whole number from 0")
        return value
    return _convert_many(value, typing.get_origin(kind))


def _convert_many(value: Any, origin: Any) -> Any:
    if origin is tuple:
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            raise ValueError("expected a list of texts")
        return tuple(value)
    if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
        raise ValueError("expected a table of texts")
    return dict(value)
