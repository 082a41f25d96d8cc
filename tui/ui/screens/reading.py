"""The reading screen: headlines, article, names."""

from collections.abc import Callable, Sequence
from datetime import datetime

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal

from tui.domain.editions import Counts, Edition, Headline, Position, Reading
from tui.domain.feeds import Feed
from tui.domain.query import parse
from tui.ui.editions import counted, edition_name
from tui.ui.layout import lines_under, panes
from tui.ui.render.lines import Run
from tui.ui.rows import Rows
from tui.ui.screens.base import BaseScreen
from tui.ui.screens.status import status_of
from tui.ui.widgets.article import ArticlePane
from tui.ui.widgets.headlines import HeadlineList
from tui.ui.widgets.names import NamesPane
from tui.ui.widgets.pane import Pane

PANES = ("list", "article", "names")
_MASTHEAD_FROM = 12  # lower screens have no line to spare


class ReadingScreen(BaseScreen):
    """Three panes, or as many as there is room for."""

    DEFAULT_CSS = """
    ReadingScreen Horizontal { height: 1fr; layers: beside under; }
    ReadingScreen Pane { layer: beside; }
    """

    def __init__(self, rows: Rows) -> None:
        super().__init__()
        self.place = "list"
        self.list = HeadlineList(rows)
        self.article = ArticlePane()
        self.names = NamesPane()
        self.wanted_panes = 0
        self.names_under = False
        self.counts = Counts()
        self.synced: datetime | None = None
        self._opening = 0
        self._kept: tuple[int, Position] | None = None

    def compose(self) -> ComposeResult:
        """Masthead, panes, bottom line."""
        yield self.top_bar
        with Horizontal():
            yield self.list
            yield self.names
            yield self.article
        yield self.bottom

    def on_mount(self) -> None:
        """Share the width, say where we are."""
        self.share_width()
        self.show_masthead()
        self.reader.show_status()

    @property
    def pane(self) -> Pane:
        """The pane that has the keys."""
        return {"list": self.list, "article": self.article, "names": self.names}[self.place]

    # Panes

    def on_resize(self, _event: events.Resize) -> None:
        """Share the new width."""
        self.share_width()
        self.show_masthead()

    def share_width(self) -> None:
        """Give each pane its columns."""
        width = self.app.size.width
        sidebar = self.reader.settings.screen.sidebar or self.wanted_panes == 3
        self.names_under = self.names_under or self.place == "names"
        shares = panes(width, self.place, self.wanted_panes, names=sidebar, under=self.names_under)
        for pane, columns in zip((self.list, self.article, self.names), shares[:3], strict=True):
            pane.display = columns > 0
            if columns:
                pane.styles.width = columns
        beside = shares.names > 0 and shares.list > 0 and not shares.under
        self.names.styles.dock = "right" if beside else "none"
        self.list.rule = shares.article > 0
        self.names.rule = shares.under
        self.article.rule = beside
        self.top_bar.display = self.app.size.height >= _MASTHEAD_FROM
        self._stack(under=shares.under)

    def _stack(self, *, under: bool) -> None:
        """Names under the list, or in a column of their own."""
        if under != self.names.under:
            self.names.under = under
            self.names.build()
        styles = self.names.styles
        height = self.app.size.height - 1 - bool(self.top_bar.display)
        lines = lines_under(height) if under else 0
        styles.layer = "under" if under else "beside"
        styles.height = lines or "1fr"
        styles.offset = (0, height - lines) if under else (0, 0)
        self.list.styles.height = height - lines if under else "1fr"

    @property
    def marked(self) -> bool:
        """True if something is marked in the text, or the names are filtered."""
        return any(self.article.marks.values()) or bool(self.names.words)

    def close_names(self) -> None:
        """Let the list have what names under it take; from the names, go to the article."""
        self.names_under = False
        if self.place == "names":
            self.focus_pane("article")
        else:
            self.share_width()

    def focus_pane(self, place: str) -> None:
        """Give the keys to a pane."""
        if place == self.place:
            return
        before, self.place = self.pane, place
        self.share_width()
        for pane in (before, self.pane):
            if pane is self.list:
                self.list.refresh_row(self.list.cursor)
            elif pane is self.names:
                self.names.refresh_rows([self.names.cursor - self.names.top])
        self.reader.show_status()

    def step_pane(self, by: int) -> None:
        """To the next or the last pane."""
        self.focus_pane(PANES[(PANES.index(self.place) + by) % len(PANES)])

    # The edition

    def show_edition(self, edition: Edition, *, then_open: int | None = None) -> None:
        """Show another edition from the top."""
        self.reader.read_first(
            lambda: Rows(self.reader.library, edition), lambda rows: self._shown(rows, then_open)
        )

    def _shown(self, rows: Rows, then_open: int | None) -> None:
        self.reader.edition = rows.edition
        self.list.show(rows)
        unused = parse(rows.edition.query).problems
        if rows.problem or unused:
            self.reader.say(rows.problem or unused[0], error=True)
        self.update_counts()
        if then_open is not None:
            self.open(then_open)

    def renew(self, *, keep: bool = True, then: Callable[[], None] | None = None) -> None:
        """Ask the library again in the background; place and selection stay. New rows above are
        announced. Without `keep`, what was read since leaves the list. `then` follows.
        """
        rows, here = self.list.rows, self.list.current
        above = rows[self.list.top]
        top, cursor = above.id if above else None, here.id if here else None

        def renewed(found: tuple[Rows, int | None, int | None]) -> None:
            self._renewed(rows, here, found)
            if then is not None:
                then()

        self.reader.read(lambda: rows.renewed(top, cursor, keep=keep), renewed)

    def _renewed(
        self, asked: Rows, here: Headline | None, found: tuple[Rows, int | None, int | None]
    ) -> None:
        fresh, top, cursor = found
        if self.list.rows is asked:
            # Whoever moved on meanwhile stays where that led.
            now = self.list.current
            if now is not None and (here is None or now.id != here.id):
                cursor = fresh.loaded(now.id)
            arrived = self.list.take(fresh, top, cursor)
            if arrived:
                self.reader.say(f"{arrived} new above")
        self.update_counts()

    def update_counts(self) -> None:
        """Count the edition again."""
        query, library = self.reader.edition.query, self.reader.library
        self.reader.read(lambda: (library.count(query), library.feeds()), self._counted)

    def _counted(self, found: tuple[Counts, Sequence[Feed]]) -> None:
        self.counts, feeds = found
        self.synced = max((feed.last_ok for feed in feeds if feed.last_ok), default=None)
        self.show_masthead()
        self.reader.show_status()

    def show_masthead(self) -> None:
        """The name of the edition at the left, the day at the right."""
        edition, counts = self.reader.edition, self.counts
        name = edition_name(edition)
        detail = f"  {counted(edition.query, counts)}" if counts.total else ""
        left = (Run(f" {name}", "masthead"), Run(detail, "masthead-faint"))
        now = self.reader.now()
        right = f"{now:%A} {now.day} {now:%B %Y} " if self.app.size.width >= 60 else ""
        self.top_bar.say(left, (Run(right, "masthead-faint"),))

    # The article

    def open(self, entry: int, *, focus: bool = True, source: str = "") -> None:
        """Show an entry in the article pane. The newest call wins."""
        self.keep_position()
        self._opening += 1
        ticket = self._opening
        self.reader.read_first(
            lambda: self.reader.library.reading(entry),
            lambda reading: self._opened(ticket, reading, focus=focus),
        )

    def _opened(self, ticket: int, reading: Reading | None, *, focus: bool) -> None:
        if ticket != self._opening:
            return
        if reading is None:
            self.reader.say("This entry is not in the library any more.")
            return
        if focus:
            self.focus_pane("article")
        self.article.show(reading)
        self.names.show(reading)
        self.reader.states.opened(reading)
        self.reader.show_status()

    def refresh_reading(self, entry: int) -> None:
        """Read the entry on screen again, and stay at the line."""
        current = self.article.reading
        if current is None or current.entry.id != entry:
            return
        self.reader.read(lambda: self.reader.library.reading(entry), self._again)

    def _again(self, reading: Reading | None) -> None:
        current = self.article.reading
        if reading is None or current is None or current.entry.id != reading.entry.id:
            return
        same = (reading.article, reading.entry, reading.why) == (
            current.article,
            current.entry,
            current.why,
        )
        if not same:
            self.article.show(reading, keep=current.article is not None)
        if not same or reading.recognition != current.recognition:
            self.names.show(reading)
        self.reader.show_status()

    def keep_position(self) -> None:
        """Remember the line on screen, on disk."""
        document = self.article.document
        if document is None or document.reading.article is None:
            return
        position = document.position(self.article.top)
        entry = document.reading.entry.id
        kept = (entry, position)
        if position != document.reading.position and kept != self._kept:
            self._kept = kept
            library = self.reader.library
            self.reader.work(lambda: library.keep_position(entry, position))

    def status(self) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
        """Where we are, for the bottom line."""
        return status_of(self)
