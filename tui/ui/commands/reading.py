"""Reading: open, read on, the next unread, back and forth, another reading, find in page."""

import re
from secrets import randbelow
from typing import TYPE_CHECKING

from tui.domain.blocks import Source
from tui.domain.editions import Edition
from tui.ui.actions import ARTICLE, LIST, NAMES, Call, action
from tui.ui.render.paint import Mark
from tui.ui.widgets.prompt import Prompt

if TYPE_CHECKING:
    from tui.ui.app import Reader

_MOST_HITS = 2000


@action("open", "Read the entry", LIST)
def open_entry(reader: "Reader", _call: Call) -> None:
    """Open what the cursor is on."""
    headline = reader.desk.list.current
    if headline is not None:
        reader.desk.open(headline.id)


@action("read-on", "A page down; at the end the next unread", LIST, ARTICLE)
def read_on(reader: "Reader", _call: Call) -> None:
    """The space bar: through an article, then to the next one."""
    article = reader.desk.article
    if article.document is None or (reader.place == "list" and _cursor_elsewhere(reader)):
        open_entry(reader, Call())
    elif article.at_end:
        next_unread(reader, Call())
    else:
        article.move(article.page)


def _cursor_elsewhere(reader: "Reader") -> bool:
    headline, reading = reader.desk.list.current, reader.desk.article.reading
    return headline is not None and reading is not None and headline.id != reading.entry.id


@action("next-unread", "The next unread", LIST, ARTICLE, NAMES)
def next_unread(reader: "Reader", call: Call) -> None:
    """In the list to its row, elsewhere open it."""
    _unread(reader, call.times)


@action("previous-unread", "The previous unread", LIST, ARTICLE, NAMES)
def previous_unread(reader: "Reader", call: Call) -> None:
    """The other way."""
    _unread(reader, -call.times)


def _unread(reader: "Reader", step: int) -> None:
    desk = reader.desk
    reading = desk.article.reading
    start = reading.entry.id if reading and reader.place != "list" else None
    if start is None and desk.list.current is not None:
        start = desk.list.current.id
    rows = desk.list.rows

    def found(next_one: tuple[int, int | None] | None) -> None:
        if next_one is None:
            reader.say("Nothing unread " + ("below" if step > 0 else "above"))
            return
        entry, row = next_one
        if row is not None:
            desk.list.when_here(row, lambda: desk.list.set_cursor(row), between=False)
        if reader.place != "list":
            desk.open(entry)

    reader.read_first(lambda: rows.unread(start, step), found)


@action("random-unread", "Any unread entry, by chance")
def random_unread(reader: "Reader", _call: Call) -> None:
    """For who has more unread than time."""
    unread = Edition("is:unread")

    def draw() -> int | None:
        total = reader.library.count(unread.query).total
        drawn = reader.library.window(unread, randbelow(total), 1).headlines if total else ()
        return drawn[0].id if drawn else None

    def found(entry: int | None) -> None:
        if entry is None:
            reader.say("Nothing unread")
        else:
            reader.close_lists()
            reader.desk.open(entry)

    reader.read(draw, found)


@action("next-entry", "The next entry", LIST, ARTICLE, NAMES)
def next_entry(reader: "Reader", call: Call) -> None:
    """Open the entry below."""
    _step(reader, call.times)


@action("previous-entry", "The previous entry", LIST, ARTICLE, NAMES)
def previous_entry(reader: "Reader", call: Call) -> None:
    """Open the entry above."""
    _step(reader, -call.times)


def _step(reader: "Reader", by: int) -> None:
    before = reader.desk.list.cursor
    reader.desk.list.move(by)
    if reader.desk.list.cursor != before:
        open_entry(reader, Call())


@action("back", "Back to where we were", LIST, ARTICLE, NAMES)
def back(reader: "Reader", _call: Call) -> None:
    """The entry that was open before, at its line."""
    _travel(reader, -1)


@action("forth", "Forth again", LIST, ARTICLE, NAMES)
def forth(reader: "Reader", _call: Call) -> None:
    """The other way."""
    _travel(reader, 1)


def _travel(reader: "Reader", by: int) -> None:
    entry = reader.history.step(by)
    if entry is None:
        reader.say("No further back" if by < 0 else "No further forth")
        return
    reader.desk.open(entry)


_READINGS = (Source.PAGE, Source.FEED, Source.SECOND, Source.WHOLE, Source.TALK)
_READING_NAMES = {
    Source.PAGE: "our reading of the page",
    Source.FEED: "the feed's text",
    Source.SECOND: "the second opinion",
    Source.WHOLE: "all text of the page",
    Source.TALK: "the comments on the page",
}


@action("another-reading", "Try another reading of the page", LIST, ARTICLE, NAMES)
def another_reading(reader: "Reader", _call: Call) -> None:
    """Step through the readings and keep the choice for the feed; comments are no such choice."""
    reading = reader.desk.article.reading
    if reading is None:
        reader.say("Open an entry first")
        return
    current = reading.article.source if reading.article else Source.PAGE
    source = _READINGS[(_READINGS.index(current) + 1) % len(_READINGS)]
    kept = None if source is Source.TALK else source
    reader.work(lambda: reader.library.choose_reading(reading.feed.id, kept))
    reader.sync.fetch(reading.entry.id, source)
    reader.say(f"Asking for {_READING_NAMES[source]}")


@action("find", "Find in the article", ARTICLE)
def find(reader: "Reader", _call: Call) -> None:
    """Type words; hits are marked while typing."""
    pane = reader.desk.article
    if pane.document is None:
        return
    before = pane.top

    def change(words: str) -> None:
        _mark_hits(reader, words, before_offset)

    def cancel(_words: str) -> None:
        pane.set_marks("find", ())
        pane.scroll_to_place(before)

    before_offset = pane.document.offset_at(before)
    reader.ask(Prompt("/", change, change, cancel))


def _mark_hits(reader: "Reader", words: str, start: int) -> None:
    pane = reader.desk.article
    if pane.document is None:
        return
    spans = hits(pane.document.text, words)
    pane.set_marks("find", tuple(Mark(a, b, "hit") for a, b in spans))
    pane.set_marks("find-now", ())
    if spans:
        show_hit(reader, next((s for s in spans if s[0] >= start), spans[0]))
    reader.say(f"{len(spans)} found" if words else "")


def hits(text: str, words: str) -> list[tuple[int, int]]:
    """Where `words` stands in `text`; capitals count only if `words` has one."""
    if not words.strip():
        return []
    flags = 0 if any(c.isupper() for c in words) else re.IGNORECASE
    pattern = re.compile(r"\s+".join(map(re.escape, words.split())), flags)
    spans = []
    for match in pattern.finditer(text):
        spans.append(match.span())
        if len(spans) == _MOST_HITS:
            break
    return spans


def show_hit(reader: "Reader", span: tuple[int, int]) -> None:
    """Bring a hit on screen and mark it as the one where we are."""
    pane = reader.desk.article
    pane.set_marks("find-now", (Mark(*span, "hit-now"),))
    pane.reveal(span[0])
