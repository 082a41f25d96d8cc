"""Links: listed, hinted, followed inside, opened outside, copied."""

from functools import partial
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from tui.domain.editions import Reading
from tui.domain.urls import safe_url
from tui.ui import opening
from tui.ui.actions import ARTICLE, LIST, NAMES, Call, action
from tui.ui.programs import Program, run_here
from tui.ui.render.hints import hint_letters
from tui.ui.render.listing import choice
from tui.ui.screens.pick import PickScreen
from tui.ui.widgets.prompt import Prompt

if TYPE_CHECKING:
    from tui.ui.app import Reader

_MOST_TABS = 20


def _entry_url(reader: "Reader") -> str:
    headline, reading = reader.desk.list.current, reader.desk.article.reading
    if reader.place == "list":
        return headline.url if headline else ""
    if reading is None:
        return ""
    return reading.entry.url or (reading.article.url if reading.article else "")


def open_outside(reader: "Reader", url: str) -> None:
    """Open a link in a browser, and say so."""
    setting = reader.settings.commands.browser
    lend = partial(run_in_terminal, reader)
    reader.say(opening.open_link(url, setting, reader.environment, lend))


def run_in_terminal(reader: "Reader", started: Program, text: str = "") -> str:
    """Lend the terminal to a program until it ends, with `text` as its input if there is one;
    returns what to say.
    """
    try:
        with reader.suspend():
            return run_here(started, text)
    except SuspendNotSupported:
        return f"{started.name} needs a terminal"


def _copy(reader: "Reader", text: str, what: str) -> None:
    """Copy by the terminal. It can't tell us whether it did."""
    reader.send(opening.clipboard_sequence(text, reader.environment))
    reader.say(f"{what} sent to terminal")


@action("browser", "Open the page in a browser, or all selected", LIST, ARTICLE, NAMES)
def browser(reader: "Reader", _call: Call) -> None:
    """Outside of Broadsheet; with a selection the pages of all of it."""
    if reader.place == "list" and reader.desk.list.selected:
        _open_selected(reader)
        return
    url = _entry_url(reader)
    if url:
        open_outside(reader, url)
    else:
        reader.say("This entry has no link")


def _open_selected(reader: "Reader") -> None:
    entries, library = sorted(reader.desk.list.selected), reader.library
    if len(entries) > _MOST_TABS:
        reader.say(f"{len(entries)} pages are too many for a browser; select at most {_MOST_TABS}")
        return

    def found(readings: list[Reading | None]) -> None:
        urls = [url for reading in readings if reading and (url := safe_url(reading.entry.url))]
        for url in urls:
            open_outside(reader, url)
        if len(urls) > 1:
            reader.say(f"Opened {len(urls)} pages")

    reader.read(lambda: [library.reading(entry) for entry in entries], found)


@action("copy-link", "Copy the link of the entry", LIST, ARTICLE, NAMES)
def copy_link(reader: "Reader", _call: Call) -> None:
    """By OSC 52: terminals don't say whether they did."""
    url = safe_url(_entry_url(reader))
    if url:
        _copy(reader, url, "Link")
    else:
        reader.say("This entry has no link")


@action("copy-text", "Copy the text of the article", ARTICLE)
def copy_text(reader: "Reader", _call: Call) -> None:
    """The story alone."""
    document = reader.desk.article.document
    if document is not None and document.text:
        _copy(reader, document.text, "Text")


@action("links", "The links of the article, numbered", ARTICLE)
def links(reader: "Reader", _call: Call) -> None:
    """Type a number or a part of the address."""
    document = reader.desk.article.document
    urls = document.links.urls if document else []
    if not urls:
        reader.say("No links in this article")
        return
    rows = [choice(f"{number:>3}  {url}", "", url, "link") for number, url in enumerate(urls, 1)]
    reader.show_list(PickScreen("Links", rows, reader.follow))


@action("hints", "Follow a link by letters; with a count by number", ARTICLE)
def hints(reader: "Reader", call: Call) -> None:
    """Letters stand over the links on screen; typing them follows."""
    pane = reader.desk.article
    if pane.document is None:
        return
    urls = pane.document.links.urls
    if call.count is not None:
        if 1 <= call.count <= len(urls):
            reader.follow(urls[call.count - 1])
        else:
            reader.say(f"No link {call.count}; there are {len(urls)}")
        return
    numbers = pane.links_on_screen()
    if not numbers:
        reader.say("No links on screen")
        return
    letters = hint_letters(len(numbers))
    pane.hints = dict(zip(numbers, letters, strict=False))
    pane.redraw()
    by_letters = {hint: number for number, hint in pane.hints.items()}

    def close(_text: str = "") -> None:
        pane.hints = {}
        pane.redraw()

    def change(text: str) -> None:
        if text in by_letters:
            close()
            reader.front.bottom.ask(None)
            reader.follow(urls[by_letters[text]])
        elif not any(hint.startswith(text) for hint in by_letters):
            close()
            reader.front.bottom.ask(None)
            reader.say(f"No link {text}")

    reader.ask(Prompt("follow: ", close, change, close, hint="letters of a link, esc leaves"))


@action("follow-link", "Follow a link inside Broadsheet", argument="link")
def follow_link(reader: "Reader", call: Call) -> None:
    """An article opens as an article, and `back` returns to the line; other links go outside."""
    url = safe_url(call.argument)
    if not url:
        reader.say("This link can't be opened")
        return
    if reader.desk.article.document is not None:
        reader.desk.keep_position()

    reader.work(lambda: reader.library.visit(url), reader.desk.open)
