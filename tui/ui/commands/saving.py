"""An article into a file."""

from pathlib import Path
from typing import TYPE_CHECKING

from tui.domain.editions import Reading
from tui.domain.errors import BroadsheetError
from tui.domain.markdown import article_to_markdown
from tui.domain.text import clean_line
from tui.ui.actions import ARTICLE, NAMES, Call, action
from tui.ui.commands.system import files
from tui.ui.render.plain import article_paragraphs
from tui.ui.widgets.prompt import Prompt

if TYPE_CHECKING:
    from tui.ui.app import Reader

_LONGEST_NAME = 60


class NotSaved(BroadsheetError):
    """The file can't be written."""


@action("save", "Save the article in a file", ARTICLE, NAMES, argument="file")
def save(reader: "Reader", call: Call) -> None:
    """Markdown where the name ends in .md, else text; a file that is there is not touched."""
    reading = reader.desk.article.reading
    if reading is None or reading.article is None:
        reader.say("No article to save")
        return

    def submit(name: str) -> None:
        if name.strip():
            file = Path(name.strip()).expanduser()
            text = _text(reader, reading, file)
            reader.work(lambda: _write(file, text), lambda _none: reader.say(f"Saved: {file}"))

    if call.argument:
        submit(call.argument)
    else:
        name = f"{_name(reading)}.md"
        reader.ask(Prompt("save as: ", submit, complete=files, text=name))


def _name(reading: Reading) -> str:
    """The headline as a file name of one folder."""
    title = clean_line(reading.entry.title or "article")
    kept = "".join(letter if letter.isalnum() else "-" for letter in title)
    return "-".join(filter(None, kept.split("-")))[:_LONGEST_NAME].strip("-") or "article"


def _text(reader: "Reader", reading: Reading, file: Path) -> str:
    assert reading.article is not None
    if file.suffix == ".md":
        return article_to_markdown(reading.article)
    return "\n\n".join([*article_paragraphs(reading, reader.now()), ""])


def _write(file: Path, text: str) -> None:
    try:
        with file.open("x", encoding="utf-8") as target:
            target.write(text)
    except FileExistsError as error:
        raise NotSaved(f"{file.name} is there already; nothing was written") from error
    except OSError as error:
        raise NotSaved(f"{file.name} can't be written: {error.strerror}") from error
