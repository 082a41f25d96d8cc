"""Help, palette, command line, log, first steps, leaving."""

import os
import signal
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from tui.ui.actions import Call, action, all_actions, possible
from tui.ui.render.listing import Row, choice
from tui.ui.screens.base import ListScreen
from tui.ui.screens.help import HelpScreen
from tui.ui.screens.log import LogScreen
from tui.ui.screens.pick import PickScreen
from tui.ui.widgets.prompt import Prompt

if TYPE_CHECKING:
    from tui.ui.app import Reader

_HISTORY: list[str] = []


@action("quit", "Leave Broadsheet")
def quit_reader(reader: "Reader", _call: Call) -> None:
    """From anywhere."""
    reader.leave()


@action("close", "A step back; from the headlines leave Broadsheet")
def close(reader: "Reader", _call: Call) -> None:
    """What `q` does: a step back, and out at the end."""
    if isinstance(reader.front, ListScreen):
        reader.pop_screen()
        reader.show_status()
    elif reader.place == "names":
        reader.desk.close_names()
    elif reader.place == "article":
        reader.desk.focus_pane("list")
    else:
        reader.leave()


@action("suspend", "Stop and go to the shell; its `fg` comes back")
def suspend(reader: "Reader", _call: Call) -> None:
    """As Ctrl+Z does where the terminal sees to it: the whole job stops, `make demo` too."""
    if not reader.is_headless:
        os.kill(0, signal.SIGTSTP)


@action("dismiss", "Close this, unmark, or stop what runs")
def dismiss(reader: "Reader", _call: Call) -> None:
    """What `esc` does: never leaves."""
    front = reader.front
    if isinstance(front, ListScreen):
        if front.listing.words and not isinstance(front, PickScreen):
            front.listing.filter("")
        else:
            reader.pop_screen()
            reader.show_status()
    elif front.place == "names" and not reader.desk.marked:
        reader.desk.close_names()
    elif front.place != "list":
        reader.perform("unmark")
    elif reader.desk.list.selected:
        reader.perform("select-none")
    elif reader.news.working:
        reader.perform("cancel")
    else:
        reader.desk.close_names()


@action("help", "The keys in force here; / searches them")
def show_help(reader: "Reader", _call: Call) -> None:
    """For the pane where we are."""
    if not isinstance(reader.front, HelpScreen):
        reader.show_list(HelpScreen(reader.place))


@action("log", "What went wrong, and what to do")
def show_log(reader: "Reader", _call: Call) -> None:
    """The newest first."""
    if not isinstance(reader.front, LogScreen):
        reader.show_list(LogScreen())


@action("palette", "Find an action by name and do it")
def palette(reader: "Reader", _call: Call) -> None:
    """Every action that means something here."""
    place = reader.place

    def take(name: str) -> None:
        known = all_actions()[name]
        if known.argument and known.complete is not None:
            reader.ask(_command_prompt(reader, f"{name} "))
        else:
            reader.perform(name)

    rows = [_palette_row(reader, known.name, known.text, place) for known in possible(place)]
    reader.show_list(PickScreen("Do", rows, take))


def _palette_row(reader: "Reader", name: str, text: str, place: str) -> Row:
    keys = reader.keymap.keys_for(name, place)
    return choice(text, f"{name}  {keys[0] if keys else '':>6}", name)


@action("command", "Type an action by name, with its argument")
def command(reader: "Reader", _call: Call) -> None:
    """Tab completes, up and down recall."""
    reader.ask(_command_prompt(reader, ""))


def _command_prompt(reader: "Reader", text: str) -> Prompt:
    def submit(line: str) -> None:
        run_line(reader, line)

    def complete(line: str) -> Iterable[str]:
        return completions(reader, line)

    return Prompt(":", submit, complete=complete, history=_HISTORY, text=text)


def run_line(reader: "Reader", line: str) -> None:
    """Do what a line of the `:` prompt says: a number goes to that row, else "action argument"."""
    name, _, argument = line.strip().partition(" ")
    if name.isdigit():
        reader.front.pane.go(max(1, int(name[:9])))
    elif name:
        reader.perform(name, argument.strip())
    reader.show_status()


def completions(reader: "Reader", line: str) -> list[str]:
    """Lines that begin with `line`: names of actions, then what their argument may be."""
    name, space, argument = line.partition(" ")
    if not space:
        return sorted(n for n in all_actions() if n.startswith(name))
    known = all_actions().get(name)
    if known is None or known.complete is None:
        return []
    return [f"{name} {value}" for value in known.complete(reader) if value.startswith(argument)]


@action("erase", "Take the last letter back", "pick")
def erase(reader: "Reader", _call: Call) -> None:
    """In a choice by typing."""
    if isinstance(reader.front, PickScreen):
        reader.front.erase()


@action("first-steps", "Sample edition, subscriptions, well-known feeds")
def first_steps(reader: "Reader", _call: Call) -> None:
    """What an empty library offers."""
    from tui.ui.screens.first import FirstScreen

    reader.show_list(FirstScreen())


@action("import", "Subscribe from OPML, newsboat and others", argument="file")
def import_file(reader: "Reader", call: Call) -> None:
    """Nothing is partly imported; can be undone."""
    importer = reader.importer
    if importer is None:
        reader.say("Imports are made with: broadsheet import FILE")
        return

    def submit(name: str) -> None:
        if not name.strip():
            return
        file = Path(name.strip()).expanduser()
        reader.say(f"Importing {file.name}")
        reader.work(lambda: importer(file), lambda said: _imported(reader, said))

    if call.argument:
        submit(call.argument)
    else:
        reader.ask(Prompt("file: ", submit, complete=files))


def _imported(reader: "Reader", said: str) -> None:
    reader.say(said)
    reader.desk.renew()
    if not reader.offline:
        reader.sync.sync()


def files(typed: str) -> list[str]:
    """Completions of a path."""
    head, slash, tail = typed.rpartition("/")
    folder = Path(head + slash).expanduser() if head or slash else Path()
    try:
        found = sorted(f for f in folder.iterdir() if f.name.startswith(tail))
    except OSError:
        return []
    return [f"{head}{slash}{f.name}{'/' if f.is_dir() else ''}" for f in found]
