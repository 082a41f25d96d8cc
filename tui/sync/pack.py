"""Ready before the train: a pack is articles and pictures that are here, readable, and stay here.

    packed = await Packer(pipeline, library, pictures, emit).run(PackWishes(minutes=90))
    packed.summary      "61 of 64 ready, 3 not: paywall, 404, timeout"

What is here already counts at once, so a pack that was broken off goes on where it was. Each entry
that can't be had is told as ArticleFailed, and another takes its place.
"""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from itertools import chain

from tui.domain import codec
from tui.domain.blocks import Article, Block, List, Paragraph, Quote, Span
from tui.domain.editions import Edition, Headline, Order
from tui.domain.events import ArticleFailed, Progress
from tui.domain.feeds import READ_LATER, Page, ParsedEntry, ParsedFeed
from tui.domain.ports import Library
from tui.domain.urls import canonical_url, host_key, safe_url, strip_tracking
from tui.pipeline import Pipeline
from tui.settings import SyncSettings
from tui.sync.choosing import PackWishes, find_feed, in_turn
from tui.sync.pictures import Pictures
from tui.sync.reading import Emit, read
from tui.sync.rows import Rows

# Rows of the edition that are looked at for a pack.
_MOST_CANDIDATES = 5000
# Reading time of an article that nobody has seen yet, in minutes.
_GUESS = 3
_ANY_TIME = 1 << 31
# A link of more words than this says what is behind it.
_TELLING = 3
# Links of one article that are followed.
_MOST_LINKS = 10
# Articles that are fetched before the account is made anew.
_WAVE = 48


@dataclass(frozen=True, slots=True)
class Missing:
    """An entry that is not ready, and why: a short word and a line."""

    entry: int
    title: str
    url: str
    reason: str
    error: str = ""


@dataclass(frozen=True, slots=True)
class Packed:
    """A pack. `minutes` of reading, `size` in bytes."""

    ready: tuple[int, ...] = ()
    missing: tuple[Missing, ...] = ()
    minutes: int = 0
    size: int = 0
    cancelled: bool = False

    @property
    def summary(self) -> str:
        """One line: "61 of 64 ready, 3 not: paywall, 404, timeout"."""
        total = len(self.ready) + len(self.missing)
        if not total:
            return "nothing unread to pack"
        line = f"{len(self.ready)} of {total} ready"
        if self.missing:
            reasons = dict.fromkeys(missing.reason for missing in self.missing)
            line += f", {len(self.missing)} not: {', '.join(reasons)}"
        return line


@dataclass(slots=True)
class _Account:
    """What is packed so far."""

    ready: dict[int, tuple[int, int]] = field(default_factory=dict)  # minutes, bytes
    missing: list[Missing] = field(default_factory=list)
    expected: int = 0

    @property
    def done(self) -> int:
        return len(self.ready) + len(self.missing)

    @property
    def minutes(self) -> int:
        return sum(minutes for minutes, _ in self.ready.values())

    @property
    def usual_minutes(self) -> int:
        """Reading time of one article, as far as this pack has seen any."""
        return max(round(self.minutes / len(self.ready)), 1) if self.ready else _GUESS

    @property
    def size(self) -> int:
        return sum(size for _, size in self.ready.values())

    def close(self, *, cancelled: bool) -> Packed:
        return Packed(tuple(self.ready), tuple(self.missing), self.minutes, self.size, cancelled)


class Packer:
    """Makes packs, one at a time."""

    def __init__(
        self,
        pipeline: Pipeline,
        library: Library,
        pictures: Pictures,
        emit: Emit,
        settings: SyncSettings,
    ) -> None:
        self._pipeline, self._library = pipeline, library
        self._pictures, self._emit, self._settings = pictures, emit, settings
        self._work: asyncio.Task[None] | None = None

    async def run(self, wishes: PackWishes) -> Packed:
        """Choose, fetch, check and pin. Tells Progress, the last one with the summary.

        Raises SourceError for a feed that does not exist, and LibraryError.
        """
        account = _Account()
        candidates = list(self._candidates(wishes))
        cancelled = False
        self._work = asyncio.ensure_future(self._fill(account, candidates, wishes))
        try:
            await self._work
        except asyncio.CancelledError:
            self._work.cancel()
            await asyncio.gather(self._work, return_exceptions=True)
            if asyncio.current_task().cancelling():  # type: ignore[union-attr]
                raise
            cancelled = True
        finally:
            self._work = None
            self._pipeline.store.pin(account.ready)
        packed = account.close(cancelled=cancelled)
        total = len(packed.ready) + len(packed.missing)
        self._emit(Progress("pack", total, total, packed.summary))
        return packed

    def cancel(self) -> None:
        """End the running pack; what is ready stays and is pinned."""
        if self._work is not None:
            self._work.cancel()

    def _candidates(self, wishes: PackWishes) -> Iterable[Headline]:
        feeds = self._library.feeds()
        only = {find_feed(feeds, name).id for name in wishes.feeds}
        folders = {folder.casefold() for folder in wishes.folders}

        def rows(state: str) -> list[Headline]:
            edition = Edition(f"{wishes.query} {state}".strip(), Order.NEWEST)
            found = self._library.window(edition, 0, _MOST_CANDIDATES).headlines
            if not only and not folders:
                return list(found)
            return [h for h in found if h.feed in only or h.folder.casefold() in folders]

        followed = {headline.id for headline in rows("is:unread is:followed")}
        return in_turn(rows("is:queued"), rows("is:unread"), followed, self._settings.articles)

    async def _fill(
        self, account: _Account, candidates: list[Headline], wishes: PackWishes
    ) -> None:
        """Take candidates until there is enough to read, in waves."""
        while candidates and account.minutes < wishes.minutes and _fits(account, wishes):
            lacking = (wishes.minutes - account.minutes) // account.usual_minutes + 1
            wave = candidates[: min(lacking, _WAVE)]
            del candidates[: len(wave)]
            await self._take(account, wave, wishes)
        if wishes.links:
            # What is behind the links comes on top of the time that was asked for.
            await self._take(account, self._linked(account), replace(wishes, minutes=_ANY_TIME))

    async def _take(self, account: _Account, wave: Sequence[Headline], wishes: PackWishes) -> None:
        rows = Rows(self._settings.hosts)
        account.expected = account.done + len(wave)
        for headline in wave:
            rows.add(host_key(headline.url), partial(self._pack, headline, account, wishes))
        await rows.run()
        self._pipeline.store.pin(account.ready)

    async def _pack(self, headline: Headline, account: _Account, wishes: PackWishes) -> None:
        if account.minutes >= wishes.minutes or not _fits(account, wishes):
            return
        article = await self._article(headline)
        if isinstance(article, Missing):
            account.missing.append(article)
        else:
            size = len(codec.dump(codec.article_to_value(article)))
            if wishes.images:
                size += await self._pictures.fetch(article)
            if wishes.most and account.size + size > wishes.most:
                return
            account.ready[headline.id] = (article.minutes, size)
        self._emit(Progress("pack", account.done, account.expected, headline.title))

    async def _article(self, headline: Headline) -> Article | Missing:
        """The article, from here or from its page, if a person can read it."""
        missing = Missing(headline.id, headline.title, headline.url, "gone")
        reading = self._library.reading(headline.id)
        article = reading.article if reading is not None else None
        if reading is not None and (article is None or not article.status.readable):
            fetched = await read(self._pipeline, reading.entry, self._emit)
            if isinstance(fetched, ArticleFailed):
                return replace(missing, reason=fetched.reason, error=fetched.error)
            article = fetched
        if article is None:
            return missing
        if not article.status.readable:
            return replace(missing, reason=article.status.value, error=article.status.advice)
        return article

    def _linked(self, account: _Account) -> Sequence[Headline]:
        """Entries for the pages that the packed articles link to, among those to read later."""
        found: dict[str, str] = {}
        for entry in account.ready:
            reading = self._library.reading(entry)
            if reading is not None and reading.article is not None:
                found.update(links_of(reading.article))
        if not found:
            return ()
        feed = self._library.subscribe(READ_LATER, "Read later")
        # Without a title of its own an entry gets that of its page: better than "here".
        titles = {
            url: words if words.count(" ") >= _TELLING else "" for url, words in found.items()
        }
        entries = tuple(ParsedEntry(url, title, link=url) for url, title in titles.items())
        parsed = ParsedFeed(READ_LATER, feed.title, entries=entries)
        self._pipeline.store.save_feed(feed, parsed, Page(READ_LATER, b""))
        ids = self._library.entry_ids(feed.id, found)
        here = datetime.now(UTC)
        return [
            Headline(ids[url], feed.id, feed.title, title, here, url)
            for url, title in found.items()
            if url in ids and ids[url] not in account.ready
        ]


def links_of(article: Article) -> dict[str, str]:
    """Pages that the text of `article` links to, with the words of the link."""
    links: dict[str, str] = {}
    for span in chain.from_iterable(map(_spans, article.blocks)):
        url = safe_url(span.href or "")
        if url and canonical_url(url) != canonical_url(article.url):
            links.setdefault(strip_tracking(url), span.text.strip() or url)
    return dict(list(links.items())[:_MOST_LINKS])


def _spans(block: Block) -> Iterable[Span]:
    match block:
        case Paragraph(spans=spans):
            return spans
        case List(items=items):
            return chain.from_iterable(item.spans for item in items)
        case Quote(paragraphs=paragraphs):
            return chain.from_iterable(paragraphs)
        case _:
            return ()


def _fits(account: _Account, wishes: PackWishes) -> bool:
    return not wishes.most or account.size < wishes.most
