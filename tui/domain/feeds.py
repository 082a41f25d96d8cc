"""Feeds, what they list, and the bytes they come from. Times are aware, in UTC."""

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from enum import StrEnum

from tui.domain.records import dataclass

# The address of a feed that is never fetched: it holds single pages, kept to be read later.
READ_LATER = "read-later:"


class FeedState(StrEnum):
    """How a feed does. `Feed.error` says since when and why it fails; of one that is OK, what is
    wrong with its document, which was read all the same."""

    NEW = "new"  # never fetched
    OK = "ok"
    FAILING = "failing"  # tried again at `Feed.next_try`
    GONE = "gone"  # 410: no more polling, entries stay
    PAUSED = "paused"  # by the user


@dataclass(frozen=True, slots=True)
class Validators:
    """The server's exact strings for a conditional request; "" where it gave none."""

    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """A subscribed source.

    `url` is an http(s) URL, `file:` URL, or "exec:" and a command. `interval` is the adaptive time
    between tries in seconds; `moved_to` a permanent redirect seen once and not yet adopted.
    `options` are the user's own for this feed (see `config/settings.toml`, table `feeds`), as text.
    """

    id: int
    url: str
    title: str = ""
    site_url: str = ""
    folder: str = ""
    state: FeedState = FeedState.NEW
    error: str = ""
    error_since: datetime | None = None
    errors: int = 0
    last_try: datetime | None = None
    last_ok: datetime | None = None
    next_try: datetime | None = None
    interval: int = 3600
    validators: Validators = Validators()
    moved_to: str = ""
    ttl: int = 0  # what the document last asked for (ParsedFeed); kept for rounds that end in 304
    skip_hours: tuple[int, ...] = ()
    reading: str = ""  # a blocks.Source kept by `x`, or "" for the default
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that belongs to an entry; `length` in bytes, 0 if unknown."""

    url: str
    type: str = ""
    length: int = 0


@dataclass(frozen=True, slots=True)
class ParsedEntry:
    """What a feed says of one entry. All text is clean; `content` is HTML, not yet cleaned.

    `id` is the feed's own, or made from the link, or from title and date: never empty.
    """

    id: str
    title: str = ""
    link: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    author: str = ""
    summary: str = ""
    content: str = ""
    lang: str = ""
    tags: tuple[str, ...] = ()
    comments: str = ""
    image: str = ""
    enclosures: tuple[Enclosure, ...] = ()


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A feed document. `ttl` is the least number of seconds between tries that it asks for."""

    url: str
    title: str = ""
    site_url: str = ""
    kind: str = ""  # "rss2.0", "atom1.0", "rdf", "jsonfeed", "section", ...
    lang: str = ""
    entries: tuple[ParsedEntry, ...] = ()
    ttl: int = 0
    skip_hours: tuple[int, ...] = ()  # hours of the day in UTC
    next_url: str = ""
    hub: str = ""
    warning: str = ""  # one line when it was damaged but read


@dataclass(frozen=True, slots=True)
class Page:
    """Fetched bytes. `url` is where they came from after redirects; header names in lower case.

    `permanent` is the address that a chain of 301 and 308 only led to, or "".
    """

    url: str
    body: bytes
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    fetched: datetime | None = None
    permanent: str = ""

    @property
    def content_type(self) -> str:
        """The media type without parameters, in lower case."""
        return self.headers.get("content-type", "").split(";")[0].strip().lower()

    @property
    def validators(self) -> Validators:
        """What to send with the next request."""
        return Validators(self.headers.get("etag", ""), self.headers.get("last-modified", ""))


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A 304: nothing new. Its headers may still move the next try; `permanent` as for `Page`."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    permanent: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry in the library. `key` is the feed's id for it; `id` is ours."""

    id: int
    feed: int
    key: str
    url: str = ""
    title: str = ""
    author: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    first_seen: datetime | None = None
    summary: str = ""
    content: str = ""
    comments: str = ""
    image: str = ""
    tags: tuple[str, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    read: bool = False
    starred: bool = False
    queued: bool = False
    hidden: bool = False
    note: str = ""
    labels: tuple[str, ...] = ()  # the user's own tags
