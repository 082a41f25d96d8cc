"""Headlines on standard output: dense columns for people, one JSON object a line for scripts."""

import json
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from tui.cli.complaints import complain
from tui.cli.statuses import UsageError
from tui.domain.editions import Headline
from tui.domain.query import parse
from tui.ui.render.cells import fit, pad

_MARKS = str.maketrans({"\x02": "", "\x03": ""})
_BOLD = str.maketrans({"\x02": "\x1b[1m", "\x03": "\x1b[22m"})
_FEED = 18
_FIELD = re.compile(r"\{(\w+)\}")
# The stable JSON form: what each field tells.
_FIELDS: dict[str, Callable[[Headline], Any]] = {
    "id": lambda h: h.id,
    "feed": lambda h: h.feed_title,
    "title": lambda h: h.title,
    "url": lambda h: h.url,
    "published": lambda h: h.published.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    "author": lambda h: h.author,
    "read": lambda h: h.read,
    "starred": lambda h: h.starred,
    "queued": lambda h: h.queued,
    "cached": lambda h: h.text_here,
    "status": lambda h: h.status,
}
_PLAIN_WIDTH = 100


def warn(problems: Iterable[str], query: str) -> None:
    """Say on standard error what is wrong with the library, and what of `query` was not used."""
    for line in (*problems, *parse(query).problems):
        complain(line)


def write(found: Sequence[Headline], *, as_json: bool, snippets: bool = False) -> None:
    """Print headlines; `snippets` adds what a search found."""
    if as_json:
        for headline in found:
            print(json.dumps(to_value(headline, snippets=snippets), ensure_ascii=False))
        return
    terminal = sys.stdout.isatty()
    columns = shutil.get_terminal_size((_PLAIN_WIDTH, 24)).columns if terminal else _PLAIN_WIDTH
    for headline in found:
        print(_line(headline, columns))
        if snippets and headline.snippet:
            print(f"{'':12}{headline.snippet.translate(_BOLD if terminal else _MARKS)}")


def template(line: str) -> Callable[[Headline], str]:
    """What writes a headline as `line` says: "{title}" is a field of --json, "\\t" a tab.

    Raises UsageError for a field that there is none of.
    """
    for name in _FIELD.findall(line):
        if name not in _FIELDS:
            raise UsageError(f"--format: no field {name}; known are {', '.join(_FIELDS)}")
    line = line.replace("\\t", "\t").replace("\\n", "\n")

    def write(headline: Headline) -> str:
        return _FIELD.sub(lambda found: _word(_FIELDS[found[1]](headline)), line)

    return write


def _word(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def to_value(headline: Headline, *, snippets: bool) -> dict[str, Any]:
    """The stable JSON form. `snippet` has "\\x02" before and "\\x03" after each hit."""
    value = {name: of(headline) for name, of in _FIELDS.items()}
    return {**value, "snippet": headline.snippet} if snippets else value


def _line(headline: Headline, columns: int) -> str:
    mark = "*" if headline.starred else ">" if headline.queued else "N"
    flags = (" " if mark == "N" and headline.read else mark) + ("." if headline.text_here else " ")
    head = f"{flags} {_when(headline.published):>8} {pad(headline.feed_title, _FEED)} "
    return head + fit(headline.title or headline.url, columns - len(flags) - 11 - _FEED)[0]


def _when(moment: datetime) -> str:
    local = moment.astimezone()
    today = datetime.now().astimezone()
    if local.date() == today.date():
        return local.strftime("%H:%M")
    return local.strftime("%d %b" if local.year == today.year else "%Y-%m")
