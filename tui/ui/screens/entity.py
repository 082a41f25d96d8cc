"""The page of an entity, or of several named together: timeline, sources, company, articles."""

from tui.domain.editions import EntityPage, EntityRow, Headline
from tui.ui.actions import ENTITY
from tui.ui.ages import age, day
from tui.ui.render.lines import Run
from tui.ui.render.listing import Row, heading, note
from tui.ui.render.timeline import sparkline, weekly
from tui.ui.screens.base import ListScreen

_LEAST_BESIDE = 4
_MOST_SOURCES = 8
_KINDS = {"person": "person", "org": "organisation", "place": "place", "other": ""}


class EntityScreen(ListScreen):
    """Rows are articles (value: entry id) and names (value: EntityRow)."""

    def __init__(self, keys: tuple[str, ...], page: EntityPage) -> None:
        names = " and ".join(row.name for row in page.entities) or " and ".join(keys)
        super().__init__(ENTITY, names)
        self.keys, self.page = keys, page

    def ready(self) -> None:
        """Begin at the newest article."""
        if self.page.headlines:
            self.listing.choose(self.page.headlines[0].id)

    def ask_again(self) -> None:
        """After a change."""
        self.reader.read(lambda: self.reader.library.entity_page(self.keys), self._filled)

    def _filled(self, page: EntityPage) -> None:
        self.page = page
        self.fill()

    def rows(self) -> list[Row]:
        """Facts, sparkline, sources, company, then the articles by day."""
        page = self.page
        rows = [self._facts(), *self._timeline()]
        if page.sources:
            shown = page.sources[:_MOST_SOURCES]
            rows.append(note(" In " + " · ".join(f"{name} {count}" for name, count in shown)))
        if page.beside:
            rows += [Row(), heading(" Named with")]
            most = max(_LEAST_BESIDE, self.app.size.height // 5)
            rows += [self._beside(row) for row in page.beside[:most]]
        rows.append(Row())
        rows += self._articles(page.headlines)
        if len(page.headlines) < page.total:
            rows.append(note(f" and {page.total - len(page.headlines)} older ones"))
        return rows

    def _facts(self) -> Row:
        page, first = self.page, self.page.entities[0] if self.page.entities else None
        articles = "article" if page.total == 1 else "articles"
        facts = [f"{page.total} {articles}, {page.unread} unread"]
        if first and len(page.entities) == 1:
            facts.insert(0, _KINDS.get(first.kind, ""))
            if first.first_seen:
                facts.append(f"first seen {day(first.first_seen, self.reader.now())}")
            facts.append("followed" if first.followed else "")
        return note(" " + " · ".join(filter(None, facts)))

    def _timeline(self) -> list[Row]:
        days = self.page.days
        if not days:
            return []
        width = max(10, min(self.app.size.width - 30, 90))
        counts, unit = weekly(days, width)
        last = f" {days[-1][0]}" if len(counts) > 1 else ""
        left = (
            Run(f" {days[0][0]} ", "faint"),
            Run(sparkline(counts), "dots"),
            Run(last, "faint"),
        )
        return [Row(left, (Run(f"a column a {unit}, most {max(counts)} ", "faint"),))]

    def _beside(self, row: EntityRow) -> Row:
        left = (Run("   "), Run(row.name, row.kind))
        return Row(left, (Run(f"{row.articles} ", "faint"),), row, row.name)

    def _articles(self, headlines: tuple[Headline, ...]) -> list[Row]:
        now = self.reader.now()
        rows: list[Row] = []
        current = ""
        for headline in headlines:
            name = day(headline.published, now)
            if name != current:
                rows.append(heading(f" {name}"))
                current = name
            left = (
                Run("   " if headline.read else " ● ", "dots"),
                Run(headline.title, "read" if headline.read else "unread"),
            )
            right = (Run(f"{headline.feed_title} {age(headline.published, now):>3} ", "faint"),)
            rows.append(Row(left, right, headline.id, f"{headline.title} {headline.feed_title}"))
        return rows

    def chosen(self) -> None:
        """An article opens; a name joins this page, or leaves it."""
        value = self.listing.value
        if isinstance(value, EntityRow):
            keys = (*self.keys, value.key)
            self.reader.read(
                lambda: self.reader.library.entity_page(keys),
                lambda page: self.reader.show_list(EntityScreen(keys, page)),
            )
        elif value is not None:
            self.reader.close_lists()
            self.reader.desk.open(value)
