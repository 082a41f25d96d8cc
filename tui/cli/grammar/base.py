"""argparse, as we want it: errors of one line with what to do, help that fits any terminal, and the
types of what may follow an option.
"""

import argparse
import difflib
import re
from collections.abc import Callable, Sequence
from typing import Any, NoReturn, TypeAlias

Commands: TypeAlias = "argparse._SubParsersAction[Grammar]"


class Help(argparse.HelpFormatter):
    """Paragraphs are filled; a text of several lines, such as examples, stays as it is."""

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        if "\n" in text:
            return "".join(f"{indent}{line}\n" for line in text.splitlines()).rstrip("\n")
        return super()._fill_text(text, width, indent)


class Grammar(argparse.ArgumentParser):
    """A parser of a command line."""

    def error(self, message: str) -> NoReturn:
        """End with one line and status 2."""
        self.exit(2, f"broadsheet: {message}; `{self.prog} --help` tells more\n")

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        known = [str(choice) for choice in action.choices or ()]
        if not known or value in known:
            return
        if isinstance(action, argparse._SubParsersAction):
            near = difflib.get_close_matches(value, known, 1)
            hint = f" (did you mean {near[0]}?)" if near else ""
            raise argparse.ArgumentError(None, f"there is no command {value!r}{hint}")
        raise argparse.ArgumentError(action, f"{value!r} is none of {', '.join(known)}")


def command(
    commands: Commands, name: str, summary: str, description: str = "", more: str = ""
) -> Grammar:
    """Add a command. `summary` is its line in the list of all, `more` stands below its options."""
    return commands.add_parser(
        name,
        help=summary,
        description=description or summary[0].upper() + summary[1:] + ".",
        epilog=more or None,
        formatter_class=Help,
    )


def examples(*lines: str) -> str:
    """Command lines that run as they stand, below the options."""
    return "\n".join(["examples:", *(f"  broadsheet {line}" for line in lines)])


def as_term(word: str) -> str:
    """A term with "without" before it (-is:read) is no option: ours have two dashes, but for -h."""
    term = len(word) > 2 and word.startswith("-") and not word.startswith("--")
    return f" {word}" if term else word


def whole(text: str) -> int:
    """A number from 0 that SQLite can count, too."""
    if not re.fullmatch(r"[0-9]{1,15}", text.strip()):
        raise argparse.ArgumentTypeError(f"expected a whole number from 0, not {text.strip()!r}")
    return int(text)


def time(text: str) -> str:
    """A time as 8h, left as it is written."""
    from tui.settings import parse_duration

    return _measured(text, parse_duration)


def size(text: str) -> str:
    """A size as 40MB, left as it is written."""
    from tui.settings import parse_size

    return _measured(text, parse_size)


def _measured(text: str, parse: Callable[[str], int]) -> str:
    try:
        parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{error}, not {text!r}") from None
    return text


def one_of(words: Sequence[str]) -> str:
    """Choices in the words of a help text."""
    return f"{', '.join(words[:-1])} or {words[-1]}"


def json_option(parser: argparse._ActionsContainer, what: str = "object") -> None:
    """Add --json: one `what` a line."""
    parser.add_argument("--json", action="store_true", help=f"one {what} a line")
