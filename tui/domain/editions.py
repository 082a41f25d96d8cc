"""What is on the list: an `Edition` is a query and an order; `Headline`s are its rows."""

from datetime import datetime
from enum import StrEnum

from tui.domain.blocks import Article
from tui.domain.feeds import Entry, Feed
from tui.domain.naming import Recognition
from tui.domain.records import dataclass


class Order(StrEnum):
    """Orders of an edition."""

    NEWEST = "newest"
    OLDEST = "oldest"
    FEED = "feed"
    FOLDER = "folder"
    STORY = "story"  # groups of one story, by its newest entry
    BEST = "best"  # relevance; only with words in the query
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Edition:
    """A query in the search language ("" is everything that is not hidden) and an order."""

    query: str = ""
    order: Order = Order.NEWEST


@dataclass(frozen=True, slots=True)
class Headline:
    """One row of the list. `status` is a `blocks.Status` value, or "" before a page was cleaned.

    `story` is the number shared by entries about the same event (0: alone), `story_size` how many;
    `snippet` marks what a search found, with "\\x02" before and "\\x03" after each hit.
    """

    id: int
    feed: int
    feed_title: str
    title: str
    published: datetime
    url: str = ""
    read: bool = False
    starred: bool = False
    queued: bool = False
    text_here: bool = False
    images_here: bool = False
    status: str = ""
    story: int = 0
    story_size: int = 1
    snippet: str = ""
    author: str = ""
    folder: str = ""


@dataclass(frozen=True, slots=True)
class Window:
    """Rows `start` to `start + len(headlines)` of an edition of `total` rows."""

    start: int
    total: int
    headlines: tuple[Headline, ...]


@dataclass(frozen=True, slots=True)
class Copy:
    """An entry of an edition that tells the story of another one, `of`, in another feed."""

    entry: int
    of: int
    feed_title: str


@dataclass(frozen=True, slots=True)
class Counts:
    """Entries of one feed, folder or query."""

    unread: int = 0
    total: int = 0
    starred: int = 0


@dataclass(frozen=True, slots=True)
class Position:
    """Where a reader was: a block, a text to find it by after a new cleaning, and a share 0 to 1.

    `anchor` is the first 64 characters of the block's text; `offset` characters into the block.
    """

    block: int = 0
    offset: int = 0
    anchor: str = ""
    share: float = 0.0


@dataclass(frozen=True, slots=True)
class Reading:
    """All that the article and entity panes need of one entry.

    `article` is None when nothing is here; then `why` says so ("not fetched yet", "evicted to
    stay in the budget", "timeout"). `fetched` is from when the copy is.
    """

    entry: Entry
    feed: Feed
    article: Article | None = None
    recognition: Recognition | None = None
    position: Position | None = None
    fetched: datetime | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class EntityRow:
    """An entity across the library: how many articles name it, when first and last."""

    key: str
    name: str
    kind: str
    articles: int
    first_seen: datetime | None = None
    last_seen: datetime | None = None
    followed: bool = False


@dataclass(frozen=True, slots=True)
class EntityPage:
    """Everything about one entity (or two together): the page that `E` opens.

    `days` are (ISO date, articles) for the sparkline, oldest first, without empty days.
    """

    entities: tuple[EntityRow, ...]
    total: int
    unread: int
    days: tuple[tuple[str, int], ...] = ()
    sources: tuple[tuple[str, int], ...] = ()
    beside: tuple[EntityRow, ...] = ()
    headlines: tuple[Headline, ...] = ()
