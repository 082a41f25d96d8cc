"""`open_library`: the two stores behind the ports Store, Library and HostMemory.

`SqliteLibrary` does nothing itself: each of its names is a method of the room that does it.

    database      connections, transactions, errors        schema migrations backup repair
    feeds         subscriptions, counts, hosts             entries identity stories
    articles      texts and pictures, kept or cached       cache eviction packing
    state journal what the user does, and undoing it       rules
    editions      queries answered                         plan words inflection totals headlines
    orders        the ways through an edition              walks sections ranking sorting
    names         who articles name                        entity_pages corrections
    upkeep        what time asks for                       report
"""

from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from tui.domain.errors import LibraryError
from tui.library import indexing
from tui.library.articles import Articles
from tui.library.cache import Cache
from tui.library.corrections import Corrections
from tui.library.database import Connection
from tui.library.editions import Editions
from tui.library.entity_pages import EntityPages
from tui.library.entries import Entries
from tui.library.feeds import Feeds
from tui.library.headlines import Headlines
from tui.library.journal import Clock, Journal
from tui.library.opening import Opened, open_database
from tui.library.plan import Names
from tui.library.progress import Told, untold
from tui.library.readings import Readings
from tui.library.recall import Recall
from tui.library.rows import feed_title
from tui.library.rules import Rules
from tui.library.servers import Servers
from tui.library.space import Space
from tui.library.state import State
from tui.library.stored import article_key
from tui.library.visits import Visits
from tui.paths import Paths
from tui.settings import Settings

if TYPE_CHECKING:
    from tui.library.report import Report


def _now() -> datetime:
    return datetime.now(UTC)


def open_library(
    paths: Paths, settings: Settings, *, clock: Clock = _now, told: Told = untold
) -> "SqliteLibrary":
    """Open the library, making, migrating or repairing it first where it must be.

    `told` hears of work that takes a large library more than a moment.
    Raises LibraryTooNew, LibraryCorrupt (nothing could be saved), DiskFull, LibraryError.
    """
    return SqliteLibrary(open_database(paths, settings, clock, told), paths, settings, clock)


class SqliteLibrary:
    """Implements ports.Store, ports.Library and ports.HostMemory, from any thread."""

    def __init__(self, opened: Opened, paths: Paths, settings: Settings, clock: Clock) -> None:
        self.problems: tuple[str, ...] = opened.problems
        """What was found at the start, a line each: repaired, read only, on a network disk."""
        db = self.database = opened.database
        cache = self.cache = Cache(paths.cache / "articles", self._cache_opened)
        journal = self.journal = Journal(db, clock)
        feeds = self._feeds = Feeds(db, journal, clock, settings.feeds)
        corrections = self.corrections = Corrections(db, journal, clock)
        entries = self._entries = Entries(db, clock, settings.sync.articles)
        articles = Articles(db, cache, corrections, clock)
        readings = Readings(db, cache, corrections, settings.feeds)
        recall = self._recall = Recall(db, cache, corrections)
        headlines = Headlines()
        pages = self._pages = EntityPages(db, journal, corrections, headlines, clock)
        editions = self._editions = Editions(db, clock, headlines, self._names)
        state = self._state = State(db, journal, editions.ids, articles.keep)
        rules = Rules(
            db,
            journal,
            state,
            headlines=headlines,
            clock=clock,
            among=editions.among,
            keep=articles.keep,
        )
        self._upkeep = partial(self._care, opened.space, paths, settings, clock)
        opened.space.give_up = partial(self._give_up, settings)
        entries.arrived = articles.named = rules.act
        corrections.indexed = recall.name_again
        journal.changed = self._undone
        self._measured = (opened.space, paths, settings.cache.limit)

        self.changes = db.changes
        self.save_feed, self.to_fetch = entries.save_feed, entries.to_fetch
        self.entry, self.entry_ids = entries.entry, entries.entry_ids
        self.save_article, self.save_failure = articles.save_article, articles.save_failure
        self.reading, self.want = readings.reading, articles.want
        self.same_page = articles.same_page
        self.image, self.save_image = articles.image, articles.save_image
        self.feed, self.feeds, self.counts = feeds.feed, feeds.feeds, feeds.counts
        self.subscribe, self.unsubscribe = feeds.subscribe, feeds.unsubscribe
        self.edit_feed, self.choose_reading = feeds.edit_feed, feeds.choose_reading
        self.save_schedule, self.headlines = feeds.save_schedule, editions.headlines
        self.host, self.save_host = feeds.host, feeds.save_host
        self.window, self.find, self.copies = editions.window, editions.find, editions.copies
        self.next_unread, self.count = editions.next_unread, editions.count
        self.mark, self.label, self.note, self.tag = state.mark, state.label, state.note, state.tag
        self.keep_position, self.pin = state.keep_position, state.pin
        self.saved_queries, self.save_query = state.saved_queries, state.save_query
        self.undo, self.redo, self.history = journal.undo, journal.redo, journal.history
        self.one_step, self.bring_back = journal.one_step, feeds.bring_back
        self.entity_page, self.entities = pages.entity_page, pages.entities
        self.follow, self.followed, self.similar = pages.follow, pages.followed, pages.similar
        self.correct, self.visit = corrections.correct, Visits(db, clock).visit
        self.export_corrections = corrections.export
        self.rules, self.save_rule = rules.rules, rules.save_rule
        self.remove_rule, self.apply_rule = rules.remove_rule, rules.apply
        self.notices = rules.notices
        self.servers = Servers(db, articles.keep)

    def upkeep(self) -> tuple[str, ...]:
        """What time asks for, after a sync; returns a line for each thing that went wrong."""
        return (*self._cache_problems(), *self._upkeep())

    def report(self) -> "Report":
        """What takes how much, and what is wrong."""
        from tui.library import report  # seldom needed: the reader's start does not wait for it

        space, paths, limit = self._measured
        return report.make(
            self.database,
            self.cache,
            space,
            paths,
            limit=limit,
            problems=(*self.problems, *self._cache_problems()),
        )

    def _cache_problems(self) -> tuple[str, ...]:
        problem = self.cache.problem()
        return (problem,) if problem else ()

    def close(self) -> None:
        """Let go of the files."""
        self.database.close()
        self.cache.close()

    def _care(
        self, space: Space, paths: Paths, settings: Settings, clock: Clock
    ) -> tuple[str, ...]:
        from tui.library.eviction import Eviction
        from tui.library.retention import Retention
        from tui.library.upkeep import Upkeep

        retention = Retention(
            self.database,
            settings.sync.keep,
            settings.feeds,
            lambda entries: self.cache.delete(map(article_key, entries)),
        )
        return Upkeep(
            self.database,
            paths,
            clock,
            space=space,
            eviction=Eviction(self.database, self.cache, settings.cache.limit),
            retention=retention,
            restore=self._recall.restore,
            backups=settings.cache.backups,
        ).run()

    def _give_up(self, settings: Settings, wanted: int) -> int:
        from tui.library.eviction import Eviction

        return Eviction(self.database, self.cache, settings.cache.limit).give_up(wanted)

    def _names(self, c: Connection) -> Names:
        def feeds() -> list[tuple[int, str, str, str]]:
            rows = c.execute("SELECT id, title, feed_title, url, folder FROM feeds")
            return [(r[0], feed_title(r[1], r[2], r[3]), r[3], r[4]) for r in rows]

        return Names(
            feeds,
            lambda term: self._pages.numbers(c, term),
            lambda: self._pages.followed_numbers(c),
        )

    def _cache_opened(self, stamp: str) -> None:
        """Another cache than last time: what the library says is in it, is not."""

        def work(c: Connection) -> None:
            known = c.execute("SELECT value FROM meta WHERE name = 'cache'").fetchone()
            if known is not None and known[0] == stamp:
                return
            c.execute("INSERT OR REPLACE INTO meta VALUES ('cache', ?)", (stamp,))
            c.execute(
                "UPDATE entries SET text_here = 0, images_here = 0, "
                "want = CASE WHEN read = 0 THEN max(want, 1) ELSE want END "
                "WHERE text_here = 1 AND id NOT IN (SELECT id FROM kept)"
            )

        # Where it can't be written, `reading` finds out entry by entry.
        if not self.database.read_only:
            with suppress(LibraryError):
                self.database.write(work)

    def _undone(self, c: Connection, touched: Mapping[str, set[Any]]) -> None:
        for entry in touched.get("notes", ()):
            indexing.renew(c, entry)
        for feed in touched.get("feeds", ()):
            self._feeds.settle(c, feed)
        if touched.get("corrections"):
            # The index may hold it.
            self._recall.name_again(c, sorted(touched["corrections"]))
