"""What the tests of the library share: a library in the test's own home, a clock that tests set."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tui import paths as places
from tui.domain.blocks import Article, Paragraph, Span
from tui.domain.feeds import Feed, Page, ParsedEntry, ParsedFeed
from tui.domain.naming import Entity, Kind, Mention, Recognition, fold_key
from tui.library.progress import Told, untold
from tui.library.store import SqliteLibrary, open_library
from tui.paths import Paths
from tui.settings import Settings

NOW = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)


@dataclass
class Clock:
    """A clock that stands still until it is set."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **time: float) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def paths(home: Path) -> Paths:
    return places.find({"BROADSHEET_HOME": str(home)})


Open = Callable[..., SqliteLibrary]


@pytest.fixture
def open_shelf(paths: Paths, clock: Clock) -> Iterator[Open]:
    """Opens the test's library, as often as the test wants; all are closed in the end."""
    opened: list[SqliteLibrary] = []

    def open_(settings: Settings | None = None, told: Told = untold) -> SqliteLibrary:
        opened.append(open_library(paths, settings or Settings(), clock=clock, told=told))
        return opened[-1]

    yield open_
    for shelf in opened:
        shelf.close()


@pytest.fixture
def shelf(open_shelf: Open) -> SqliteLibrary:
    return open_shelf()


def entries(*titles: str, start: int = 0, host: str = "a.example") -> tuple[ParsedEntry, ...]:
    """An entry for each title, an hour apart, the first the newest."""
    return tuple(
        ParsedEntry(
            id=f"{host}:{start + n}",
            title=title,
            link=f"https://{host}/{start + n}",
            published=NOW - timedelta(hours=start + n + 1),
            summary=f"<p>What {title} says</p>",
        )
        for n, title in enumerate(titles)
    )


def deliver(shelf: SqliteLibrary, feed: Feed, listed: tuple[ParsedEntry, ...]) -> tuple[int, ...]:
    """Save a document of `feed`; the ids of all that it lists, in its order."""
    shelf.save_feed(
        feed,
        ParsedFeed(feed.url, f"Feed of {feed.url}", entries=listed),
        Page(feed.url, b"", headers={"etag": '"1"'}),
    )
    ids = shelf.entry_ids(feed.id, [entry.id for entry in listed])
    return tuple(ids[entry.id] for entry in listed if entry.id in ids)


def article(text: str, *, lang: str = "en", **fields: object) -> Article:
    """An article of one paragraph a line."""
    blocks = tuple(Paragraph((Span(line),)) for line in text.split("\n"))
    return Article("https://a.example/0", blocks=blocks, lang=lang, **fields)  # type: ignore[arg-type]


def names(text: str, **kinds: Kind) -> Recognition:
    """A recognition of `names` (underscores are spaces), the first the most salient."""
    found = []
    for rank, (name, kind) in enumerate(kinds.items()):
        spelled = name.replace("_", " ")
        at = max(text.find(spelled), 0)
        mention = Mention(at, at + len(spelled), kind)
        found.append(
            Entity(spelled, fold_key(spelled), kind, (mention,), 0.9 / (rank + 1), True, spelled)
        )
    return Recognition("en", tuple(found))


def titles(shelf: SqliteLibrary, query: str, order: str = "newest") -> list[str]:
    """Titles that a query finds, in order."""
    from tui.domain.editions import Edition, Order

    return [h.title for h in shelf.headlines(Edition(query, Order(order)), 0)]
