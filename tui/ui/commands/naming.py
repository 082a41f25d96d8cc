"""Names: choose and step through mentions, the entity page, follow, correct."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.domain.naming import Entity, Said
from tui.ui.actions import ARTICLE, ENTITY, LIST, NAMES, Call, action
from tui.ui.render.listing import choice
from tui.ui.render.paint import Mark
from tui.ui.screens.entity import EntityScreen
from tui.ui.screens.pick import PickScreen
from tui.ui.widgets.prompt import Prompt

if TYPE_CHECKING:
    from tui.ui.app import Reader


@action("choose", "Take this row", NAMES, ENTITY, "feeds", "rules", "log", "pick", "help")
def choose(reader: "Reader", _call: Call) -> None:
    """In the pane of names: mark the mentions, go to the first. Elsewhere: take the row."""
    from tui.ui.screens.base import ListScreen

    if isinstance(reader.front, ListScreen):
        reader.front.chosen()
        return
    value = reader.desk.names.value
    if isinstance(value, Entity):
        _choose_entity(reader, value)
    elif isinstance(value, Said):
        reader.desk.article.set_marks("names", (Mark(value.start, value.end, "mention"),))
        reader.desk.article.reveal(value.start)


def _choose_entity(reader: "Reader", entity: Entity) -> None:
    names, article = reader.desk.names, reader.desk.article
    names.chosen = entity.key
    names.build()
    article.set_marks("find", ())
    article.set_marks("find-now", ())
    article.set_marks("names", tuple(Mark(m.start, m.end, "mention") for m in entity.mentions))
    if entity.mentions:
        _at_mention(reader, 0, entity)


def _at_mention(reader: "Reader", number: int, entity: Entity) -> None:
    mention = entity.mentions[number]
    article = reader.desk.article
    article.set_marks("mention-now", (Mark(mention.start, mention.end, "mention-now"),))
    article.reveal(mention.start)
    reader.say(f"{entity.name}: {number + 1} of {entity.count}")


@action("next-hit", "The next hit or mention; else the next unread", ARTICLE, NAMES)
def next_hit(reader: "Reader", call: Call) -> None:
    """Through hits of `find`, or mentions of the chosen name, with the text following."""
    _step(reader, call.times)


@action("previous-hit", "The previous hit or mention", ARTICLE, NAMES)
def previous_hit(reader: "Reader", call: Call) -> None:
    """The other way."""
    _step(reader, -call.times)


def _step(reader: "Reader", by: int) -> None:
    from tui.ui.commands.reading import show_hit

    article = reader.desk.article
    if found := article.marks.get("find"):
        spans = [(mark.start, mark.end) for mark in found]
        now = article.marks.get("find-now", ())
        number = _stepped(spans, now, by)
        show_hit(reader, spans[number])
        reader.say(f"{number + 1} of {len(spans)}")
        return
    entity = _chosen(reader)
    if entity is None and reader.place == "names" and reader.desk.names.entity:
        _choose_entity(reader, reader.desk.names.entity)
    elif entity is None:
        reader.perform("next-unread" if by > 0 else "previous-unread")
    else:
        spans = [(m.start, m.end) for m in entity.mentions]
        _at_mention(reader, _stepped(spans, article.marks.get("mention-now", ()), by), entity)


def _stepped(spans: list[tuple[int, int]], now: Sequence[Mark], by: int) -> int:
    here = (now[0].start, now[0].end) if now else None
    number = spans.index(here) + by if here in spans else 0
    return number % len(spans)


def _chosen(reader: "Reader") -> Entity | None:
    reading, key = reader.desk.names.reading, reader.desk.names.chosen
    if reading is None or reading.recognition is None or not key:
        return None
    found = (e for e in reading.recognition.entities if e.key == key and e.mentions)
    return next(found, None)


@action("underline", "Underline all names in the text, or none", ARTICLE, NAMES)
def underline(reader: "Reader", _call: Call) -> None:
    """All mentions of all names."""
    article, reading = reader.desk.article, reader.desk.article.reading
    if reading is None or reading.recognition is None:
        reader.say("No names in this article")
        return
    if article.marks.get("all"):
        article.set_marks("all", ())
        return
    found = [m for e in reading.recognition.entities for m in e.mentions]
    marks = tuple(Mark(m.start, m.end, "mention") for m in sorted(found, key=lambda m: m.start))
    # First, so that the marks of a chosen name lie above.
    article.marks = {"all": (), **article.marks}
    article.set_marks("all", marks)


@action("unmark", "Take all marks off the text", ARTICLE, NAMES)
def unmark(reader: "Reader", _call: Call) -> None:
    """No hits, no mentions, no hints; while something runs, stop that."""
    article, names = reader.desk.article, reader.desk.names
    article.hints.clear()
    if names.words:
        names.filter("")
    if any(article.marks.values()):
        article.marks.clear()
        names.chosen = ""
        names.build()
        article.redraw()
    elif reader.news.working:
        reader.perform("cancel")


@action("filter", "Filter the list by typing", NAMES, "feeds", "rules", "log", "help", ENTITY)
def filter_rows(reader: "Reader", _call: Call) -> None:
    """Only rows that hold the words; esc shows all again."""
    from tui.ui.widgets.listing import Listing

    pane = reader.front.pane
    if isinstance(pane, Listing):
        reader.ask(
            Prompt("filter: ", pane.filter, pane.filter, lambda _words: pane.filter(""), text="")
        )


# Across articles


def _subject(reader: "Reader") -> Entity | None:
    if reader.place == "names":
        return reader.desk.names.entity
    chosen = _chosen(reader)
    reading = reader.desk.names.reading
    if chosen is None and reading and reading.recognition and reading.recognition.entities:
        return reading.recognition.entities[0]
    return chosen


@action(
    "entity-page",
    "Everything about this name, in all articles",
    LIST,
    ARTICLE,
    NAMES,
    argument="name",
)
def entity_page(reader: "Reader", call: Call) -> None:
    """The page of the entity under the cursor, or of the names chosen for one page."""
    if call.argument:
        name = call.argument
        reader.read(
            lambda: reader.library.entities(name, 1),
            lambda rows: (
                _show_page(reader, (rows[0].key,))
                if rows
                else reader.say(f"Nobody called {name} in the library")
            ),
        )
        return
    if reader.place == "names" and len(reader.desk.names.together) > 1:
        _show_page(reader, tuple(sorted(reader.desk.names.together)))
        return
    entity = _subject(reader)
    if entity is None:
        _pick_entity(reader)
    elif not entity.shared:
        reader.say(f"{entity.name} is known here by surname only; it is not linked across articles")
    else:
        _show_page(reader, (entity.key,))


def _pick_entity(reader: "Reader") -> None:
    def shown(rows: Sequence[object]) -> None:
        from tui.domain.editions import EntityRow

        choices = [
            choice(row.name, f"{row.kind} {row.articles}", row.key)
            for row in rows
            if isinstance(row, EntityRow)
        ]
        if not choices:
            reader.say("No names in the library yet")
            return
        reader.show_list(PickScreen("Names", choices, lambda key: _show_page(reader, (key,))))

    reader.read(lambda: reader.library.entities("", 500), shown)


def _show_page(reader: "Reader", keys: tuple[str, ...]) -> None:
    reader.read(
        lambda: reader.library.entity_page(keys),
        lambda page: reader.show_list(EntityScreen(keys, page)),
    )


@action("together", "Choose this name for a page of several", NAMES)
def together(reader: "Reader", _call: Call) -> None:
    """Two chosen names make `entity-page` show what names both."""
    names = reader.desk.names
    if names.entity is None:
        return
    if not names.entity.shared:
        reader.say(f"{names.entity.name} is not linked across articles")
        return
    names.together ^= {names.entity.key}
    names.build()
    count = len(names.together)
    reader.say(f"{count} names chosen; E shows what names them together" if count > 1 else "")


@action("follow", "Follow this name: a list of its own, with a count", ARTICLE, NAMES, ENTITY)
def follow(reader: "Reader", _call: Call) -> None:
    """Follow or stop following."""
    front = reader.front
    if isinstance(front, EntityScreen):
        row = front.page.entities[0] if front.page.entities else None
        if row is not None:
            _set_follow(reader, row.key, row.name, row.kind, not row.followed)
        return
    entity = _subject(reader)
    if entity is None or not entity.shared:
        reader.say("A name must be known in full to be followed")
        return
    following = entity.key not in reader.desk.names.followed
    _set_follow(reader, entity.key, entity.canonical or entity.name, entity.kind.value, following)


def _set_follow(reader: "Reader", key: str, name: str, kind: str, following: bool) -> None:
    def done(_none: None) -> None:
        reader.changed()
        reader.load_followed()
        reader.say(
            f"Following {name}; e shows it" if following else f"Not following {name} any more"
        )
        if isinstance(reader.front, EntityScreen):
            reader.front.ask_again()

    reader.work(lambda: reader.library.follow(key, name, kind, following), done)
