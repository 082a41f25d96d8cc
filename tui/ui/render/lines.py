"""What a line is made of. Runs remember where in `Article.text` they come from."""

from collections.abc import Iterable
from typing import NamedTuple

from tui.domain.blocks import Style
from tui.domain.records import dataclass
from tui.ui.render.cells import cell_len


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one look.

    `look` is a name in the theme; `start` is the offset of `text[0]` in `Article.text`, or -1 for
    what is not of the story; `link` is the number of a link in the document, or -1.
    """

    text: str
    look: str = "text"
    style: Style = Style.PLAIN
    start: int = -1
    link: int = -1


class Picture(NamedTuple):
    """Row `row` of a picture of so many cells; `link` is the number of its address."""

    link: int
    columns: int
    rows: int
    row: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line: `indent` blank columns, then runs of `width` columns.

    `wide` lines may be wider than the pane and move sideways; where `picture` is set, a row of it
    is drawn over the runs once it is there.
    """

    runs: tuple[Run, ...] = ()
    indent: int = 0
    width: int = 0
    wide: bool = False
    picture: Picture | None = None

    @property
    def text(self) -> str:
        """The characters as they stand, without trailing blanks."""
        return (" " * self.indent + "".join(run.text for run in self.runs)).rstrip()

    @property
    def first_offset(self) -> int:
        """The offset in `Article.text` of the first run that has one, or -1."""
        return next((run.start for run in self.runs if run.start >= 0), -1)


def line(runs: Iterable[Run], indent: int = 0, *, wide: bool = False) -> Line:
    """A line of `runs`, measured."""
    made = tuple(run for run in runs if run.text)
    return Line(made, indent, sum(cell_len(run.text) for run in made), wide)


BLANK = Line()
