"""What the bottom line of the reading screen says, at the left and at the right."""

from typing import TYPE_CHECKING

from tui.domain.blocks import Status
from tui.domain.editions import Reading
from tui.domain.naming import Entity, Said
from tui.ui.ages import date
from tui.ui.render.document import Document
from tui.ui.render.lines import Run
from tui.ui.render.names import sentence_around

if TYPE_CHECKING:
    from tui.ui.screens.reading import ReadingScreen

Sides = tuple[tuple[Run, ...], tuple[Run, ...]]


def status_of(desk: "ReadingScreen") -> Sides:
    """Where we are; with the names the sentence of the mention."""
    document = desk.article.document
    if desk.place == "names":
        return _said(sentence(document, desk.names.value) if document else "")
    if desk.place == "article" and document is not None:
        share = 1.0 if desk.article.at_end else document.share(desk.article.top)
        return _said(_about(desk, document.reading), f"{round(100 * share)}%")
    words = f"{len(desk.list.selected)} selected" if desk.list.selected else ""
    if desk.reader.offline and desk.synced and not words:
        words = f"synced {date(desk.synced, desk.reader.now())}"
    keys = desk.reader.keymap.keys_for("help", "list")
    return _said(words, f"{keys[0]} keys" if keys else "")


def _said(left: str, right: str = "") -> Sides:
    said = (Run(f"{right} ", "status"),) if right else ()
    return (Run(f" {left}" if left else "", "status"),), said


def _about(desk: "ReadingScreen", reading: Reading) -> str:
    """What is to be known of the copy on screen."""
    article = reading.article
    words = article.status.value if article and article.status is not Status.FULL else ""
    if desk.reader.offline and reading.fetched:
        words = f"{words} copy from {date(reading.fetched, desk.reader.now())}".strip()
    return words


def sentence(document: Document, value: object) -> str:
    """The sentence of what was said, or of the first mention of a name."""
    if isinstance(value, Said):
        return document.text[value.start : value.end].replace("\n", " ")
    if isinstance(value, Entity) and value.mentions:
        mention = value.mentions[0]
        return sentence_around(document.text, mention.start, mention.end)[0]
    return ""
