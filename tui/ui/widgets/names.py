"""The entity pane of the reading screen."""

from tui.domain.editions import Reading
from tui.domain.naming import Entity
from tui.ui.render.listing import Row, note
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

    def build(self, *, keep: bool = True) -> None:
        """Make the rows anew."""
        if self.reading is None or self.reading.article is None:
            words = "No article is open." if self.reading is None else "The article is not here."
            self.set_rows([Row(), note(words)], keep=False)
            return
        rows = name_rows(
            self.reading.recognition,
            self.reading.article.text,
            chosen=self.chosen,
            together=frozenset(self.together),
            followed=self.followed,
        )
        self.set_rows(rows, keep=keep)
