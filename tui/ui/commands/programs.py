"""The user's own programs, started with an entry, its files or its comments."""

import contextlib
import shutil
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from tui.domain.blocks import Source
from tui.domain.editions import Reading
from tui.domain.feeds import Enclosure
from tui.domain.urls import safe_url
from tui.ui.actions import ARTICLE, LIST, NAMES, Call, action
from tui.ui.commands.linking import open_outside, run_in_terminal
from tui.ui.programs import Ended, program, run_beside
from tui.ui.render.listing import Row, choice
from tui.ui.screens.pick import PickScreen
from tui.ui.widgets.prompt import Prompt

if TYPE_CHECKING:
    from tui.ui.app import Reader

_HISTORY: list[str] = []
_SET = "`broadsheet config --edit` opens your settings"


def _with_entry(reader: "Reader", use: Callable[[Reading], None]) -> None:
    """Go on with the entry under the cursor, or with the one that is shown."""
    shown = reader.desk.article.reading
    headline = reader.desk.list.current
    if reader.place != "list":
        if shown is not None:
            use(shown)
    elif headline is not None:
        number = headline.id
        reader.read(
            lambda: reader.library.reading(number), lambda found: use(found) if found else None
        )


def _values(reading: Reading, enclosure: str = "") -> dict[str, str]:
    """What may stand in a command (see `tui.domain.programs`)."""
    entry, article = reading.entry, reading.article
    files = [file.url for file in entry.enclosures]
    return {
        "u": safe_url(entry.url) or (safe_url(article.url) if article else "") or "",
        "t": entry.title or (article.title if article else ""),
        "f": reading.feed.title,
        "a": entry.author or ", ".join(article.bylines if article else ()),
        "e": safe_url(enclosure or (files[0] if files else "")) or "",
        "c": safe_url(entry.comments) or "",
    }


def _text(reading: Reading) -> str:
    """The article as a program gets it."""
    values = _values(reading)
    text = reading.article.text if reading.article else reading.entry.summary
    head = (values["t"], values["a"], values["u"])
    return "\n".join([*filter(None, head), "", text, ""])


def _start(reader: "Reader", line: str, values: Mapping[str, str], last: str, text: str) -> None:
    started = program(line, values, last)
    if started.terminal:
        # What is added to a command line needs no text, and may ask its user something.
        reader.say(run_in_terminal(reader, started, "" if last else text))
        return

    def say(ended: Ended) -> None:
        with contextlib.suppress(RuntimeError):  # the reader has left
            reader.call_from_thread(partial(reader.say, ended.said, error=not ended.well))

    run_beside(started, text, say)
    reader.say(f"{started.name} is running")


def _own(reader: "Reader") -> Iterable[str]:
    return sorted(reader.settings.commands.own)


@action(
    "run",
    "Run a command of your own on the text",
    LIST,
    ARTICLE,
    NAMES,
    argument="name",
    complete=_own,
)
def run(reader: "Reader", call: Call) -> None:
    """One of the table commands.own in the settings."""
    own = reader.settings.commands.own
    line = own.get(call.argument)
    if line is None:
        known = f"known are {', '.join(_own(reader))}" if own else f"none in commands.own; {_SET}"
        reader.say(f"No command {call.argument}; {known}" if call.argument else f"Which? {known}")
        return
    _with_entry(reader, lambda reading: _start(reader, line, _values(reading), "", _text(reading)))


@action("pipe", "Give the text to a command", LIST, ARTICLE, NAMES, argument="command")
def pipe(reader: "Reader", call: Call) -> None:
    """One that is typed, as `wc -w`; the last line that it prints is shown."""

    def submit(line: str) -> None:
        if line.strip():
            _with_entry(
                reader, lambda reading: _start(reader, line, _values(reading), "", _text(reading))
            )

    if call.argument:
        submit(call.argument)
    else:
        reader.ask(Prompt("| ", submit, history=_HISTORY, hint="%u is the link, %t the title"))


@action("bookmark", "Save the entry elsewhere, by your command", LIST, ARTICLE, NAMES)
def bookmark(reader: "Reader", _call: Call) -> None:
    """What commands.bookmark in the settings says."""
    line = reader.settings.commands.bookmark
    if line:
        _with_entry(
            reader, lambda reading: _start(reader, line, _values(reading), "u", _text(reading))
        )
    else:
        reader.say(f"No commands.bookmark; {_SET}")


@action("comments", "Read the comments on the entry", LIST, ARTICLE, NAMES)
def comments(reader: "Reader", _call: Call) -> None:
    """Those on the page that the feed names for them, else on the entry's own; `back` returns."""

    def show(reading: Reading) -> None:
        url = safe_url(reading.entry.comments)
        if url:
            reader.work(lambda: reader.library.visit(url), open_comments)
        elif safe_url(reading.entry.url):
            open_comments(reading.entry.id)
        else:
            reader.say("This entry has no page that could have comments")

    def open_comments(entry: int) -> None:
        reader.states.asked[entry] = Source.TALK
        reader.desk.open(entry)

    _with_entry(reader, show)


@action("play", "Play what is enclosed: audio, video", LIST, ARTICLE, NAMES)
def play(reader: "Reader", _call: Call) -> None:
    """One file at once, several to choose from."""

    def show(reading: Reading) -> None:
        files = [file for file in reading.entry.enclosures if safe_url(file.url)]
        if not files:
            reader.say("Nothing is enclosed in this entry")
        elif len(files) == 1:
            _play(reader, reading, files[0].url)
        else:
            screen = PickScreen(
                "Enclosed", [_file(file) for file in files], lambda url: _play(reader, reading, url)
            )
            reader.show_list(screen)

    _with_entry(reader, show)


def _file(file: Enclosure) -> Row:
    size = f"{file.length / 1e6:.1f} MB" if file.length else ""
    return choice(file.url.rsplit("/", 1)[-1] or file.url, f"{file.type}  {size}".strip(), file.url)


def _play(reader: "Reader", reading: Reading, url: str) -> None:
    line = reader.settings.commands.player or ("!mpv %e" if shutil.which("mpv") else "")
    if line:
        _start(reader, line, _values(reading, url), "e", "")
    else:
        open_outside(reader, url)
