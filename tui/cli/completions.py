"""Completions for bash, zsh and fish, made from the command line's own grammar.

python -m tui.cli.completions docs/completions     writes the three files
"""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tui.cli import parser

FILES = {"broadsheet.bash": "bash", "_broadsheet": "zsh", "broadsheet.fish": "fish"}
_HEAD = "# Made from the grammar by `python -m tui.cli.completions`; do not edit.\n"
# Arguments and options that are files or folders, by the name that the help shows for them.
_PATHS = frozenset({"FILE", "FOLDER", "file", "source"})
_NO_PATHS = frozenset({"folder"})


@dataclass(frozen=True, slots=True)
class Option:
    """An option: its spellings, one line of help, and what may follow it."""

    names: tuple[str, ...]
    summary: str
    value: str = ""
    choices: tuple[str, ...] = ()

    @property
    def takes_path(self) -> bool:
        """True if a file or folder follows."""
        return self.value in _PATHS


@dataclass(frozen=True, slots=True)
class Command:
    """A command of the grammar; the first has no name and holds the options before a command."""

    name: str
    summary: str
    options: tuple[Option, ...]
    takes_paths: bool = False


def commands(grammar: argparse.ArgumentParser) -> tuple[Command, ...]:
    """Every command that is for people, the bare one first."""
    found = [Command("", "", tuple(_options(grammar)))]
    for action in grammar._actions:
        if isinstance(action, argparse._SubParsersAction):
            for shown in action._choices_actions:
                found.append(_command(shown.dest, shown.help or "", action.choices[shown.dest]))
    return tuple(found)


def _command(name: str, summary: str, grammar: argparse.ArgumentParser) -> Command:
    arguments = [a for a in grammar._actions if not a.option_strings]
    paths = any(a.dest in _PATHS for a in arguments)
    return Command(name, summary, tuple(_options(grammar)), paths)


def _options(grammar: argparse.ArgumentParser) -> Iterator[Option]:
    for action in grammar._actions:
        if action.option_strings and action.help is not argparse.SUPPRESS:
            value = "" if action.nargs == 0 else _value(action)
            choices = tuple(map(str, action.choices or ()))
            summary = (action.help or "").replace("%%", "%")
            yield Option(tuple(action.option_strings), summary, value, choices)


def _value(action: argparse.Action) -> str:
    if isinstance(action, argparse.BooleanOptionalAction):
        return ""
    metavar = action.metavar[0] if isinstance(action.metavar, tuple) else action.metavar
    # A folder of feeds is no folder of the file system; only --keep FOLDER and --to FILE are.
    return "NAME" if action.dest in _NO_PATHS else metavar or action.dest.upper()


def write(shell: str, grammar: argparse.ArgumentParser) -> str:
    """The completions for "bash", "zsh" or "fish"."""
    return {"bash": _bash, "zsh": _zsh, "fish": _fish}[shell](commands(grammar))


def _bash(found: tuple[Command, ...]) -> str:
    names = " ".join(command.name for command in found if command.name)
    cases = "".join(_bash_case(command, "" if command.name else f"{names} ") for command in found)
    return f"""{_HEAD}
_broadsheet() {{
    local current=$2 previous=$3 command="" word
    local -i at
    COMPREPLY=()
    for ((at = 1; at < COMP_CWORD; at++)); do
        word=${{COMP_WORDS[at]}}
        case " {names} " in
        *" $word "*) command=$word; break ;;
        esac
    done
    local words="" files=""
    case $command in
{cases}    esac
    if [[ -n $files && $current != -* ]]; then
        compopt -o filenames
        mapfile -t COMPREPLY < <(compgen -f -- "$current")
    else
        mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
    fi
}}
complete -F _broadsheet broadsheet
"""


def _bash_case(command: Command, more: str) -> str:
    words = more + " ".join(name for option in command.options for name in option.names)
    values = "".join(
        f"        {'|'.join(option.names)}) words={_bash_choices(option)} ;;\n"
        for option in command.options
        if option.value
    )
    files = "yes" if command.takes_paths else ""
    return f"""    {command.name or '""'})
        words="{words}" files="{files}"
        case $previous in
{values}        esac
        ;;
"""


def _bash_choices(option: Option) -> str:
    return f'"{" ".join(option.choices)}" files="{"yes" if option.takes_path else ""}"'


def _zsh(found: tuple[Command, ...]) -> str:
    names = "".join(
        f"    '{command.name}:{_quoted(command.summary)}'\n" for command in found if command.name
    )
    cases = "".join(_zsh_case(command) for command in found if command.name)
    top = "".join(f"    {line} \\\n" for line in _zsh_options(found[0]))
    return f"""#compdef broadsheet
{_HEAD}
_broadsheet() {{
  local context state line
  typeset -A opt_args
  local -a commands
  commands=(
{names}  )
  _arguments -C \\
{top}    '1: :->command' '*:: :->arguments'
  case $state in
  command) _describe command commands ;;
  arguments)
    case $line[1] in
{cases}    esac
    ;;
  esac
}}

_broadsheet "$@"
"""


def _zsh_case(command: Command) -> str:
    lines = [*_zsh_options(command), *(["'*:file:_files'"] if command.takes_paths else [])]
    joined = " \\\n        ".join(lines)
    return f"    {command.name})\n      _arguments \\\n        {joined} ;;\n"


def _zsh_options(command: Command) -> Iterator[str]:
    for option in command.options:
        action = ""
        if option.value:
            choices = f"({' '.join(option.choices)})" if option.choices else ""
            action = f":{option.value.lower()}:{'_files' if option.takes_path else choices}"
        for name in option.names:
            yield f"'*{name}[{_quoted(option.summary)}]{action}'"


def _quoted(text: str) -> str:
    """`text` inside single quotes and the brackets of _arguments."""
    escaped = text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
    return escaped.replace(":", "\\:").replace("'", "'\\''")


def _fish(found: tuple[Command, ...]) -> str:
    lines = ["complete -c broadsheet -f"]
    for command in found:
        if command.name:
            lines.append(
                "complete -c broadsheet -n __fish_use_subcommand "
                f"-a {command.name} -d {_fish_quoted(command.summary)}"
            )
        seen = "__fish_use_subcommand"
        condition = f"'__fish_seen_subcommand_from {command.name}'" if command.name else seen
        lines += [_fish_option(condition, option) for option in command.options]
        if command.takes_paths:
            lines.append(f"complete -c broadsheet -n {condition} -F")
    return _HEAD + "\n".join(lines) + "\n"


def _fish_option(condition: str, option: Option) -> str:
    flags = " ".join(
        f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}" for name in option.names
    )
    line = f"complete -c broadsheet -n {condition} {flags}"
    if option.summary:
        line += f" -d {_fish_quoted(option.summary)}"
    if option.choices:
        line += f" -xa {_fish_quoted(' '.join(option.choices))}"
    elif option.value:
        line += " -rF" if option.takes_path else " -x"
    return line


def _fish_quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def main(argv: list[str]) -> int:
    """Write the three files into the folder that is named."""
    grammar = parser.build()
    for name, shell in FILES.items():
        (Path(argv[0]) / name).write_text(write(shell, grammar), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
