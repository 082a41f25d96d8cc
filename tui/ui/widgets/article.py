"""The article pane: a document, the place at its top, and the marks laid over its text."""

from rich.segment import Segment
from textual import events

from tui.domain.editions import Reading
from tui.ui.keys import Keymap
from tui.ui.render.cells import cell_len
from tui.ui.render.document import Document, Place
from tui.ui.render.flow import Layout
from tui.ui.render.hints import with_hints
from tui.ui.render.lines import Line, Picture, Run, line
from tui.ui.render.paint import Mark, blank, paint
from tui.ui.widgets.pane import Pane

_TOP = Place(0, 0)
_MARGIN_LINES = 3


class ArticlePane(Pane):
    """Lines of one article. `top` is the place of the first line on screen."""

    def __init__(self) -> None:
        super().__init__("article", rule=True)
        self.document: Document | None = None
        self.top = _TOP
        self.shift = 0
        self._picture_seconds = 0.0
        self._pictures_here = False
        self.marks: dict[str, tuple[Mark, ...]] = {}
        self.hints: dict[int, str] = {}
        self._window: list[tuple[Place, Line]] | None = None

    @property
    def reading(self) -> Reading | None:
        """What is shown."""
        return self.document.reading if self.document else None

    def layout_wanted(self) -> Layout:
        """How the reader wants articles set, in this pane."""
        wishes = self.reader.typography
        return Layout(
            width=max(1, self.columns),
            measure=wishes.measure,
            spacing=wishes.spacing,
            justify=wishes.justify,
            hyphenate=wishes.hyphenate,
            pictures=self.reader.pictures.most_rows(self.rows_here, here=self._pictures_here),
            picture_seconds=self._picture_seconds,
        )

    def show(self, reading: Reading | None, *, keep: bool = False) -> None:
        """Show `reading` where it was left; `keep` stays at the line that is on screen."""
        before = self.document.position(self.top) if self.document and keep else None
        self.shift = 0
        self.marks.clear()
        self.hints.clear()
        if reading is None:
            self.document, self.top = None, _TOP
        else:
            row = self.reader.desk.list.rows.loaded(reading.entry.id)
            headline = None if row is None else self.reader.desk.list.rows[row]
            self._pictures_here = bool(headline and headline.images_here)
            self._picture_seconds = self.reader.pictures.seconds_a_cell()
            self.document = Document(reading, self.layout_wanted(), self.reader.now())
            position = before or reading.position
            self.top = self.document.restore(position) if position else _TOP
            self._clamp()
        self.redraw()

    def relay(self) -> None:
        """Lay out again at another width; the first line keeps its words."""
        if self.document is None:
            return
        offset = self.document.offset_at(self.top)
        at_top = self.top == _TOP
        self.document.set_layout(self.layout_wanted())
        self.top = _TOP if at_top else self.document.place_of(offset)
        self._clamp()
        self.redraw()

    def _clamp(self) -> None:
        if self.document and self.rows_here and self.top > self.last_top:
            self.top = self.last_top

    @property
    def last_top(self) -> Place:
        """The lowest top that still fills the pane."""
        assert self.document is not None
        return self.document.last_top(self.rows_here)

    def window(self) -> list[tuple[Place, Line]]:
        """The lines on screen."""
        if self._window is None:
            document = self.document
            self._window = document.window(self.top, self.rows_here) if document else []
        return self._window

    def redraw(self) -> None:
        """Draw everything again."""
        self._window = None
        self.refresh()

    def draw(self, y: int) -> list[Segment]:
        """One line with its marks."""
        window = self.window()
        if self.document is None and (words := welcome(self.reader.keymap, y)):
            return paint(line([Run("  "), *words]), self.look, self.columns)
        if y >= len(window):
            return blank(self.look, self.columns)
        marks = [mark for marks in self.marks.values() for mark in marks]
        shown = with_hints(window[y][1], self.hints) if self.hints else window[y][1]
        if shown.picture and (drawn := self._draw_picture(shown, shown.picture)):
            return drawn
        links = self.document.links.urls if self.document and self.reader.tells_links else ()
        return paint(shown, self.look, self.columns, marks, shift=self.shift, links=links)

    def _draw_picture(self, shown: Line, picture: Picture) -> list[Segment] | None:
        assert self.document is not None
        url = self.document.links.urls[picture.link]
        made = self.reader.pictures.row(url, picture)
        if made is None:
            return None
        rest = self.columns - shown.indent - picture.columns
        styled = Segment.apply_style(made, self.look.style("picture"))
        return [*blank(self.look, shown.indent), *styled, *blank(self.look, rest)]

    # Moving

    def move(self, by: int) -> None:
        """Scroll by lines."""
        if self.document is None:
            return
        target = self.document.move(self.top, by)
        self.scroll_to_place(min(target, self.last_top) if by > 0 else target)

    def scroll_to_place(self, place: Place) -> None:
        """Bring `place` to the top."""
        if place != self.top:
            self.top = place
            self.redraw()
            self.reader.show_status()
            self.reader.states.read_to_the_end()

    def go(self, row: int | None) -> None:
        """To the beginning, the end, or with a number to that percentage, as in less."""
        if self.document is None:
            return
        if row is None:
            self.scroll_to_place(self.last_top)
        elif row == 1:
            self.scroll_to_place(_TOP)
        else:
            self.reveal(self.document.length * min(row, 100) // 100)

    @property
    def at_end(self) -> bool:
        """True if the last line is on screen."""
        return self.document is None or self.top >= self.last_top

    def reveal(self, offset: int) -> None:
        """Bring the character `offset` of the story on screen; stay where it is already."""
        if self.document is None:
            return
        place = self.document.place_of(offset)
        shown = [p for p, _line in self.window()]
        if place in shown[: max(1, len(shown) - 1)]:
            return
        target = self.document.move(place, -min(_MARGIN_LINES, self.rows_here // 3))
        self.scroll_to_place(min(target, self.last_top))

    def slide(self, by: int) -> None:
        """Move wide lines sideways by columns, as far as the widest on screen needs."""
        widest = max(
            (line.indent + line.width for _p, line in self.window() if line.wide), default=0
        )
        most = max(0, widest - self.columns + 1)
        shift = max(0, min(self.shift + by, most))
        if shift != self.shift:
            self.shift = shift
            self.refresh()

    def set_marks(self, name: str, marks: tuple[Mark, ...]) -> None:
        """Lay marks over the text; those of the same `name` go away."""
        if self.marks.get(name, ()) != marks:
            self.marks[name] = marks
            self.refresh()

    def links_on_screen(self) -> list[int]:
        """Numbers of the links on screen, in reading order."""
        numbers = [run.link for _p, line in self.window() for run in line.runs if run.link >= 0]
        return list(dict.fromkeys(numbers))

    def on_resize(self, _event: events.Resize) -> None:
        """Wrap again."""
        self.relay()
        self.reader.show_status()

    def on_click(self, event: events.Click) -> None:
        """A click on a link follows it."""
        event.stop()
        self.reader.focus_pane("article")
        window = self.window()
        if self.document is None or event.y >= len(window):
            return
        number = _link_at(window[event.y][1], event.x, self.shift)
        if number >= 0:
            self.reader.follow(self.document.links.urls[number])


def _link_at(line: Line, x: int, shift: int) -> int:
    """The number of the link in column `x` of a line, or -1."""
    column = line.indent - (shift if line.wide else 0)
    for run in line.runs if x >= column else ():
        column += cell_len(run.text)
        if x < column:
            return run.link
    return -1


_WELCOME = (
    ("open", "reads the entry"),
    ("read-on", "reads on, to the next unread at the end"),
    ("next-pane", "goes between the panes"),
    ("pick-edition", "chooses what is on the list"),
    ("help", "shows all keys"),
)


def welcome(keymap: Keymap, y: int) -> list[Run]:
    """Line `y` of what stands where no article is open yet: the first keys, as they are in force."""
    number = y - 1
    if not 0 <= number < len(_WELCOME):
        return []
    name, text = _WELCOME[number]
    keys = keymap.keys_for(name, "list")
    return [Run(f"{keys[0]:<7}", "key"), Run(text, "faint")] if keys else []
