"""The story of Broadsheet.

    update(feed)   fetch | parse | store, then for each entry that wants its article:
    read(entry)    fetch | clean | recognise | store

Everything else is a room that one of these words opens; `tui.domain.ports` are the doors.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from tui.domain.blocks import Article, Source, Status
from tui.domain.errors import CleanError, FetchError, RecogniseError, WorkerError
from tui.domain.feeds import Entry, Feed, Page, ParsedFeed, Unchanged
from tui.domain.naming import Recognition
from tui.domain.pages import following, join
from tui.domain.ports import Cleaner, FeedParser, Fetcher, Recogniser, Saved, Store


@dataclass(frozen=True, slots=True)
class Update:
    """What one look at a feed brought: the answer and, unless that is Unchanged, what is in it."""

    answer: Page | Unchanged
    parsed: ParsedFeed | None = None
    saved: Saved = field(default_factory=Saved)


@dataclass(frozen=True, slots=True)
class Pipeline:
    """The rooms, joined."""

    fetcher: Fetcher
    parser: FeedParser
    cleaner: Cleaner
    recogniser: Recogniser
    store: Store

    async def update(self, feed: Feed) -> Update:
        """Bring `feed` up to date. Entries and validators are stored together or not at all."""
        page = await self.fetcher.feed(feed)
        if isinstance(page, Unchanged):
            return Update(page)
        parsed = await self.parser.parse(page, feed)
        return Update(page, parsed, self.store.save_feed(feed, parsed, page))

    async def read(
        self,
        entry: Entry,
        source: Source | None = None,
        *,
        shown: Callable[[Article], None] | None = None,
    ) -> Article:
        """Make `entry` readable offline: its article, and who and what that is about.

        With `shown` the article is stored before its names are known, and `shown` called then:
        whoever waits can begin to read. A page that two feeds list is fetched and cleaned once.
        """
        if source is None and (article := self._shared(entry)):
            return article
        page = await self._page(entry, source)
        article = await self._whole(await self.cleaner.clean(page, entry, source))
        if shown is not None:
            self.store.save_article(entry.id, article, None)
            shown(article)
        self.store.save_article(entry.id, article, await self._names(article))
        return article

    def _shared(self, entry: Entry) -> Article | None:
        article, found = self.store.same_page(entry.id) or (None, None)
        if article is None or found is None or article.source is not Source.PAGE:
            return None  # a reading that was asked for there
        self.store.save_article(entry.id, article, found)
        return article

    async def _page(self, entry: Entry, source: Source | None) -> Page | None:
        if source is Source.FEED or not entry.url:
            return None
        try:
            return await self.fetcher.page(entry.url)
        except FetchError:
            # The feed's own text is better than nothing, and it is here already.
            if len(entry.content) < len(entry.summary) + 500:
                raise
            return None

    async def _whole(self, first: Article) -> Article:
        """`first` with the pages that follow it; one that can't be had ends the row, and is said."""
        pages = [first]
        reading = Source.TALK if first.source is Source.TALK else None
        while url := following(pages):
            try:
                page = await self.fetcher.page(url)
                pages.append(await self.cleaner.clean(page, None, reading))
            except (FetchError, CleanError, WorkerError) as error:
                missing = f"page {len(pages) + 1} is missing: {error}"
                return replace(join(pages), status=Status.TEASER, status_why=missing)
        return join(pages)

    async def _names(self, article: Article) -> Recognition:
        try:
            return await self.recogniser.recognise(article)
        except (RecogniseError, WorkerError) as error:
            # Costs the entity pane, never the article; the pane says why.
            return Recognition(article.lang, missing=f"{error}; fetch it again for another try")
