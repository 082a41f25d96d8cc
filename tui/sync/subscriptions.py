"""Subscriptions shared with a server: a pure plan, and what carries it out.

Each side's list is compared with what both last agreed on. What appeared on one side is subscribed
to on the other, what vanished from one is unsubscribed from on the other; a feed is in the folder
to which it was moved last, and ours where both moved it. A server that suddenly lists less than
half of the feeds has lost its list: then nothing is removed here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tui.domain.errors import FetchError, Refused
from tui.domain.feeds import Feed
from tui.domain.ports import Library
from tui.domain.servers import RemoteFeed, Server, ServerShelf, Shared
from tui.domain.urls import canonical_url

# So many feeds may vanish from a server at once, however few there are.
_FEW = 3


@dataclass(slots=True)
class Plan:
    """What is to be done on each side; `agreed` are the feeds that both have, by our number."""

    subscribe_here: list[RemoteFeed] = field(default_factory=list)
    unsubscribe_here: list[Feed] = field(default_factory=list)
    move_here: list[tuple[Feed, str]] = field(default_factory=list)
    subscribe_there: list[Feed] = field(default_factory=list)
    unsubscribe_there: list[str] = field(default_factory=list)
    move_there: list[tuple[str, str]] = field(default_factory=list)
    agreed: dict[int, Shared] = field(default_factory=dict)
    lost: int = 0


def plan(ours: Iterable[Feed], theirs: Iterable[RemoteFeed], base: Mapping[int, Shared]) -> Plan:
    """Decide for every feed of both sides."""
    wanted = Plan()
    left = {feed.id: feed for feed in theirs}
    by_key = {_key(feed.url): feed for feed in left.values()}
    here = [feed for feed in ours if _can_be_shared(feed)]
    for feed in here:
        known = base.get(feed.id)
        remote = left.get(known.remote) if known else None
        remote = remote or by_key.get(_key(feed.url))
        if remote is not None:
            left.pop(remote.id, None)
            _meet(wanted, feed, remote, known)
        elif known is None:
            wanted.subscribe_there.append(feed)
        elif known.remote:
            wanted.unsubscribe_here.append(feed)
        else:
            wanted.agreed[feed.id] = known  # the server did not take it
    _keep_from_loss(wanted, base)
    gone = {base[number].remote for number in base.keys() - {feed.id for feed in here}}
    for remote in left.values():
        if remote.id in gone:
            wanted.unsubscribe_there.append(remote.id)
        else:
            wanted.subscribe_here.append(remote)
    return wanted


def _meet(wanted: Plan, feed: Feed, remote: RemoteFeed, known: Shared | None) -> None:
    """A feed that both have: in which folder."""
    moved = bool(feed.folder) if known is None else feed.folder != known.folder
    folder = feed.folder if moved else remote.folder
    if folder != feed.folder:
        wanted.move_here.append((feed, folder))
    if folder != remote.folder and folder:
        wanted.move_there.append((remote.id, folder))
    wanted.agreed[feed.id] = Shared(remote.id, folder)


def _keep_from_loss(wanted: Plan, base: Mapping[int, Shared]) -> None:
    lost = wanted.unsubscribe_here
    if len(lost) >= _FEW and len(lost) * 2 > len(base):
        wanted.lost, wanted.unsubscribe_here = len(lost), []
        wanted.agreed |= {feed.id: base[feed.id] for feed in lost}


def _can_be_shared(feed: Feed) -> bool:
    """Commands, files and section pages mean nothing to a server."""
    return feed.url.startswith(("http://", "https://")) and "#" not in feed.url


def _key(url: str) -> str:
    """Equal for addresses of one feed, by http or https, with and without "www."."""
    return canonical_url(url)


async def share(server: Server, shelf: ServerShelf, library: Library) -> Sequence[str]:
    """Bring the subscriptions of both sides together; lines about what could not be done.

    Raises FetchError, and LibraryError.
    """
    base = shelf.subscriptions(server.name)
    wanted = plan(library.feeds(), await server.feeds(), base)
    _change_here(wanted, library)
    troubles = await _change_there(wanted, server)
    if wanted.lost:
        troubles.append(
            f"the server lists {wanted.lost} feeds less than before; nothing was removed here"
        )
    shelf.agree_subscriptions(server.name, wanted.agreed)
    return troubles


def _change_here(wanted: Plan, library: Library) -> None:
    for remote in wanted.subscribe_here:
        feed = library.subscribe(remote.url, remote.title, remote.folder)
        wanted.agreed[feed.id] = Shared(remote.id, remote.folder)
    for feed in wanted.unsubscribe_here:
        library.unsubscribe(feed.id)
    for feed, folder in wanted.move_here:
        library.edit_feed(feed.id, folder=folder)


async def _change_there(wanted: Plan, server: Server) -> list[str]:
    troubles = []
    for feed in wanted.subscribe_there:
        try:
            remote = await server.subscribe(feed.url, feed.title, feed.folder)
        except FetchError as error:
            if not (isinstance(error, Refused) or error.reason == "server"):
                raise
            # It may reach less than we do; asked once, and found if it has the feed later.
            remote = ""
            troubles.append(f"{feed.title or feed.url} is not on the server: {error}")
        wanted.agreed[feed.id] = Shared(remote, feed.folder)
    for number in wanted.unsubscribe_there:
        await server.unsubscribe(number)
    for number, folder in wanted.move_there:
        await server.move(number, folder)
    return troubles
