"""Queries that are typed: a search, or what narrows the list; unread ones only, feed after feed."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.timer import Timer

from tui.domain.editions import Counts, Edition, Order
from tui.domain.feeds import Feed
from tui.domain.query import FIELDS, STATES, narrowed, parse, quoted, without
from tui.ui.actions import ARTICLE, LIST, NAMES, Call, action
from tui.ui.editions import feed_query
from tui.ui.rows import Rows
from tui.ui.widgets.prompt import Prompt

if TYPE_CHECKING:
    from tui.ui.app import Reader

_HISTORY: list[str] = []
_WHILE_TYPING_SECONDS = 0.12
_UNREAD = "is:unread"


def query_words(text: str) -> Iterable[str]:
    """Completions of the last word of a query: fields and states."""
    head, _, last = text.rpartition(" ")
    lead = f"{head} " if head else ""
    words = [f"is:{state}" for state in sorted(STATES)]
    words += [f"{name}:" for name in sorted(FIELDS) if name != "is"]
    return [lead + word for word in words if word.startswith(last)]


@action("search", "Search as you type", LIST, NAMES, argument="query")
def search(reader: "Reader", call: Call) -> None:
    """The search language of `broadsheet search`; esc goes back to where we were."""
    order = reader.edition.order

    def edition(query: str) -> Edition:
        return Edition(query, Order.BEST if query.strip() else order)

    if call.argument:
        reader.desk.show_edition(edition(call.argument))
    else:
        _type(reader, "search: ", edition)


@action("narrow", "Only those of the list that a query finds too", LIST, argument="query")
def narrow(reader: "Reader", call: Call) -> None:
    """As `search`, within the edition on screen and in its order."""
    whole = reader.edition

    def edition(words: str) -> Edition:
        return replace(whole, query=narrowed(whole.query, words))

    if call.argument:
        reader.desk.show_edition(edition(call.argument))
    else:
        _type(reader, "only: ", edition)


def _type(reader: "Reader", label: str, edition: Callable[[str], Edition]) -> None:
    """Let words be typed and show their edition meanwhile."""
    desk = reader.desk
    before, cursor, top = desk.list.rows, desk.list.cursor, desk.list.top
    timer: Timer | None = None

    def show(words: str) -> None:
        asked = edition(words)
        reader.read(lambda: Rows(reader.library, asked), lambda rows: arrived(words, rows))

    def arrived(words: str, rows: Rows) -> None:
        prompt = reader.front.bottom.prompt
        if prompt is None or prompt.text == words:
            reader.edition = rows.edition
            unused = parse(words).problems
            desk.list.empty_text = unused[0] if unused else "Nothing found."
            desk.list.show(rows)
            desk.update_counts()
            if unused and prompt is None:
                reader.say(unused[0], error=True)

    def change(words: str) -> None:
        nonlocal timer
        if timer is not None:
            timer.stop()
        timer = desk.set_timer(_WHILE_TYPING_SECONDS, lambda: show(words))

    def cancel(_words: str) -> None:
        if timer is not None:
            timer.stop()
        reader.edition = before.edition
        desk.list.show(before)
        desk.list.cursor, desk.list.top = cursor, top
        desk.list.redraw()
        desk.update_counts()

    desk.focus_pane("list")
    reader.ask(Prompt(label, show, change, cancel, complete=query_words, history=_HISTORY))


@action("show-read", "Show what was read too, or only the unread", LIST)
def show_read(reader: "Reader", _call: Call) -> None:
    """In the edition on screen."""
    whole = without(reader.edition.query, _UNREAD)
    unread = whole == reader.edition.query
    query = narrowed(whole, _UNREAD) if unread else whole
    reader.desk.show_edition(replace(reader.edition, query=query))
    reader.say("Only what is unread" if unread else "Read ones too")


@action("next-feed", "The next feed with unread entries", LIST, ARTICLE, NAMES)
def next_feed(reader: "Reader", _call: Call) -> None:
    """Its unread entries become the list; feeds come by folder and title, and round again."""
    _step_feed(reader, 1)


@action("previous-feed", "The feed with unread entries before", LIST, ARTICLE, NAMES)
def previous_feed(reader: "Reader", _call: Call) -> None:
    """The other way."""
    _step_feed(reader, -1)


def _step_feed(reader: "Reader", step: int) -> None:
    library, shown = reader.library, reader.edition

    def found(known: tuple[Sequence[Feed], dict[int, Counts]]) -> None:
        feeds, counts = known
        feed = _stepped(feeds, counts, shown.query, step)
        if feed is None:
            reader.say("No other feed has unread entries")
            return
        query = f"{feed_query(feed)} {_UNREAD}"
        order = Order.NEWEST if shown.order is Order.BEST else shown.order
        reader.desk.focus_pane("list")
        reader.desk.show_edition(Edition(query, order))

    reader.read_first(lambda: (library.feeds(), library.counts()), found)


def _stepped(
    feeds: Sequence[Feed], counts: dict[int, Counts], query: str, step: int
) -> Feed | None:
    """The feed with unread entries that follows the one which `query` asks for."""
    terms = (term for group in parse(query).groups for term in group if term.field == "feed")
    named = {quoted("feed", term.value) for term in terms}
    here = next((n for n, feed in enumerate(feeds) if feed_query(feed) in named), None)
    start = (-1 if step > 0 else 0) if here is None else here
    turns = (feeds[(start + step * n) % len(feeds)] for n in range(1, len(feeds) + 1))
    others = (feed for feed in turns if here is None or feed.id != feeds[here].id)
    return next((feed for feed in others if counts.get(feed.id, Counts()).unread), None)
