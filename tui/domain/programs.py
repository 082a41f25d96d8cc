"""Programs of the user's that we start: the words of a command line, with an entry's values in it.

    words("mpv --title=%t %u", {"u": link, "t": title})

A line is split as a shell would, but no shell reads it: a value stays one word, whatever is in it.
"""

import re
import shlex
from collections.abc import Mapping

from tui.domain.errors import SettingsError
from tui.domain.text import clean_line

# What may stand in a command, and what it stands for; `config/settings.toml` tells it to people.
VALUES = {
    "u": "link",
    "t": "title",
    "f": "feed",
    "a": "author",
    "e": "link of the enclosure",
    "c": "link of the comments",
    "n": "number",
}
_VALUE = re.compile(r"%(%|[" + "".join(VALUES) + "])")


def words(line: str, values: Mapping[str, str], last: str = "") -> list[str]:
    """The words to start, first the program. "%u" is `values["u"]`, "%%" is "%".

    `last` is the key of the value that is added as the last word where the line has none at all.
    Raises SettingsError for a line that is empty or has a quote without its partner.
    """
    try:
        parts = shlex.split(line)
    except ValueError as error:
        raise SettingsError(f"the command {line!r} can't be split into words: {error}") from error
    if not parts:
        raise SettingsError("the command is empty; `broadsheet config --edit` opens your settings")

    def value(found: re.Match[str]) -> str:
        return "%" if found[1] == "%" else _value(values, found[1])

    filled = [_harmless(part, _VALUE.sub(value, part)) for part in parts]
    named = {found for part in parts for found in _VALUE.findall(part)}
    if last and not named - {"%"}:
        filled.append(_harmless("", _value(values, last)))
    return filled


def _value(values: Mapping[str, str], key: str) -> str:
    return clean_line(values.get(key, ""))


def _harmless(written: str, filled: str) -> str:
    """A title that begins with a dash is no option, unless the user wrote the dash."""
    return f" {filled}" if filled.startswith("-") and not written.startswith("-") else filled
