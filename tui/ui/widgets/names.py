"""The entity pane of the reading screen."""

from textual import events

from tui.domain.editions import Reading
from tui.domain.naming import Entity
from tui.ui.render.listing import Row, notes
from tui.ui.render.names import name_rows
from tui.ui.widgets.listing import Listing


class NamesPane(Listing):
    """Entities and quotes of the article on screen. `together` are keys chosen for one page."""

    def __init__(self) -> None:
        super().__init__("names")
        self.reading: Reading | None = None
        self.chosen = ""
        self.together: set[str] = set()
        self.followed: frozenset[str] = frozenset()
        self.under = False

    @property
    def entity(self) -> Entity | None:
        """The entity under the cursor."""
        return self.value if isinstance(self.value, Entity) else None

    def show(self, reading: Reading | None) -> None:
        """Show the names of `reading`."""
        changed = (reading and reading.entry.id) != (self.reading and self.reading.entry.id)
        self.reading = reading
        if changed:
            self.chosen, self.words = "", ""
            self.together.clear()
        self.build(keep=not changed)

    def on_resize(self, _event: events.Resize) -> None:
        """What is said in sentences is broken anew."""
        self.build()

    def build(self, *, keep: bool = True) -> None:
        """Make the rows anew."""
        if self.reading is None or self.reading.article is None:
            words = "No article is open." if self.reading is None else "The article is not here."
            self.set_rows([Row(), *notes(words, self.columns)], keep=False)
            return
        rows = name_rows(
            self.reading.recognition,
            self.reading.article.text,
            self.columns,
            chosen=self.chosen,
            together=frozenset(self.together),
            followed=self.followed,
        )
        # Under the list a blank line keeps them apart.
        self.set_rows([Row(), *rows] if self.under else rows, keep=keep)
