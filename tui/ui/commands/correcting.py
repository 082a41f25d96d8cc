"""What the reader knows better than the model: hide, rename, merge, split, change kind. Undoable."""

from typing import TYPE_CHECKING

from tui.domain.naming import Entity, Kind
from tui.domain.ports import Correction
from tui.ui.actions import NAMES, Call, action
from tui.ui.render.listing import choice
from tui.ui.screens.pick import PickScreen
from tui.ui.widgets.prompt import Prompt

if TYPE_CHECKING:
    from tui.ui.app import Reader


def _correct(reader: "Reader", entity: Entity, what: str, value: str, said: str) -> None:
    reading = reader.desk.names.reading
    entry = reading.entry.id if reading else 0
    correction = Correction(what, entity.key, value, reader.now(), entry)

    def done(_none: None) -> None:
        reader.changed()
        reader.desk.refresh_reading(entry)
        reader.say(f"{said}. u takes that back")

    reader.work(lambda: reader.library.correct(correction), done)


@action("hide-name", "Correct: this is no name, hide it", NAMES)
def hide_name(reader: "Reader", _call: Call) -> None:
    """Here and in every article."""
    if entity := reader.desk.names.entity:
        _correct(reader, entity, "hide", "", f"Hidden: {entity.name}")


@action("rename", "Correct: the name is spelled otherwise", NAMES, argument="name")
def rename(reader: "Reader", call: Call) -> None:
    """A name for the screen; what belongs together stays together."""
    entity = reader.desk.names.entity
    if entity is None:
        return

    def submit(name: str) -> None:
        if name.strip():
            _correct(reader, entity, "rename", name.strip(), f"Now {name.strip()}")

    if call.argument:
        submit(call.argument)
    else:
        reader.ask(Prompt("name: ", submit, text=entity.name))


@action("merge", "Correct: this is the same as another name", NAMES)
def merge(reader: "Reader", _call: Call) -> None:
    """Choose the other one."""
    entity, reading = reader.desk.names.entity, reader.desk.names.reading
    if entity is None or reading is None or reading.recognition is None:
        return
    others = [e for e in reading.recognition.entities if e.key != entity.key]
    rows = [choice(e.name, e.kind.value, e) for e in others]
    reader.show_list(
        PickScreen(
            f"{entity.name} is the same as",
            rows,
            lambda other: _correct(
                reader, entity, "merge", other.key, f"{entity.name} is {other.name}"
            ),
        )
    )


@action("split", "Correct: one spelling is somebody else", NAMES)
def split(reader: "Reader", _call: Call) -> None:
    """Choose the spelling to take out."""
    entity, document = reader.desk.names.entity, reader.desk.article.document
    if entity is None or document is None:
        return
    found = dict.fromkeys(document.text[m.start : m.end] for m in entity.mentions)
    if len(found) < 2:
        reader.say(f"{entity.name} has one spelling only")
        return
    rows = [choice(spelling, "", spelling) for spelling in found]
    reader.show_list(
        PickScreen(
            f"Not {entity.name}",
            rows,
            lambda spelling: _correct(reader, entity, "split", spelling, f"{spelling} is apart"),
        )
    )


@action("kind", "Correct: this is a person, organisation, place or other", NAMES, argument="kind")
def change_kind(reader: "Reader", call: Call) -> None:
    """Change the kind."""
    entity = reader.desk.names.entity
    if entity is None:
        return

    def submit(kind: str) -> None:
        if kind in set(Kind):
            _correct(reader, entity, "kind", kind, f"{entity.name} is {kind}")
        else:
            reader.say(f"No kind {kind}; known are {', '.join(k.value for k in Kind)}")

    if call.argument:
        submit(call.argument)
        return
    rows = [choice(kind.value, "", kind.value) for kind in Kind]
    reader.show_list(PickScreen(f"{entity.name} is", rows, submit, entity.kind.value))
