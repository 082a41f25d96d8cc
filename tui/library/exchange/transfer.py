"""What an imported file holds, in our own words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from tui.domain.blocks import Article
from tui.domain.feeds import ParsedEntry
from tui.domain.naming import Recognition
from tui.domain.ports import Correction


@dataclass(frozen=True, slots=True)
class Subscription:
    """A feed to subscribe to; `folder` has "/" between the names of nested folders.

    `title` is what the user calls it; `own_title` what it calls itself, until it is fetched.
    """

    url: str
    title: str = ""
    site_url: str = ""
    folder: str = ""
    own_title: str = ""


@dataclass(frozen=True, slots=True)
class Incoming:
    """An entry of the feed at `feed_url`, with the state it had where it comes from.

    `fetched` is from when the copy in `article` is.
    """

    feed_url: str
    entry: ParsedEntry
    read: bool = False
    starred: bool = False
    queued: bool = False
    hidden: bool = False
    labels: tuple[str, ...] = ()
    note: str = ""
    article: Article | None = None
    recognition: Recognition | None = None
    fetched: datetime | None = None


@dataclass(frozen=True, slots=True)
class Transfer:
    """All that a file, or several together, bring.

    `entries` and `images` (address and bytes) can be walked more than once and may read the file
    each time: they don't have to fit into memory. `problems` are lines for the user about what
    can't be taken over.
    """

    kind: str
    subscriptions: tuple[Subscription, ...] = ()
    queries: tuple[tuple[str, str], ...] = ()
    entries: Iterable[Incoming] = ()
    images: Iterable[tuple[str, bytes]] = ()
    problems: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
