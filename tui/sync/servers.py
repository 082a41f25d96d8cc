"""State shared with a server: a pure plan, and the round that carries it out. (Subscriptions are
the matter of `subscriptions`.)

Three states are compared for each entry: ours, the server's, and the one both last agreed on. What
we changed since then is pending and wins; else what the server changed is taken over.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tui.domain.ports import Library
from tui.domain.servers import Linked, RemoteStates, Server, ServerShelf
from tui.sync import subscriptions


@dataclass(frozen=True, slots=True)
class Plan:
    """What a round will do. Remote ids to mark, and (entry, read, starred) to agree on."""

    read: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    starred: tuple[str, ...] = ()
    unstarred: tuple[str, ...] = ()
    agreed: tuple[tuple[int, bool, bool], ...] = ()


@dataclass(slots=True)
class _Lists:
    read: dict[bool, list[str]] = field(default_factory=lambda: {True: [], False: []})
    starred: dict[bool, list[str]] = field(default_factory=lambda: {True: [], False: []})
    agreed: list[tuple[int, bool, bool]] = field(default_factory=list)


def plan(linked: Iterable[Linked], remote: RemoteStates) -> Plan:
    """Decide for every linked entry; entries that the server no longer has are left alone."""
    lists = _Lists()
    for entry in linked:
        if entry.remote not in remote.ids:
            continue
        there_read, there_starred = entry.remote in remote.read, entry.remote in remote.starred
        read = _merge(entry.read, entry.base_read, there_read)
        starred = _merge(entry.starred, entry.base_starred, there_starred)
        if read != there_read:
            lists.read[read].append(entry.remote)
        if starred != there_starred:
            lists.starred[starred].append(entry.remote)
        if (read, starred) != (entry.base_read, entry.base_starred) or (read, starred) != (
            entry.read,
            entry.starred,
        ):
            lists.agreed.append((entry.entry, read, starred))
    return Plan(
        tuple(lists.read[True]),
        tuple(lists.read[False]),
        tuple(lists.starred[True]),
        tuple(lists.starred[False]),
        tuple(lists.agreed),
    )


def _merge(ours: bool, base: bool, theirs: bool) -> bool:
    return ours if ours != base else theirs


@dataclass(frozen=True, slots=True)
class Sharing:
    """A server and what we keep of it: what a round does before and after its feeds."""

    server: Server
    library: Library
    shelf: ServerShelf

    async def before(self) -> Sequence[str]:
        """Bring subscriptions together; lines about what could not be done. Raises FetchError."""
        return await subscriptions.share(self.server, self.shelf, self.library)

    async def after(self) -> Plan:
        """Bring states together. Raises FetchError."""
        return await reconcile(self.server, self.shelf)


async def reconcile(server: Server, shelf: ServerShelf) -> Plan:
    """Bring read and starred state of both sides together. Raises FetchError.

    The server is told first: should that fail, the changes stay pending for the next round.
    """
    remote = await server.states()
    if unknown := sorted(remote.ids - shelf.known_remote()):
        shelf.link(await server.entries(unknown))
    else:
        shelf.link(())
    wanted = plan(shelf.linked(), remote)
    await _tell(server, wanted)
    shelf.agree(wanted.agreed)
    return wanted


async def _tell(server: Server, wanted: Plan) -> None:
    changes: Sequence[tuple[Sequence[str], bool | None, bool | None]] = (
        (wanted.read, True, None),
        (wanted.unread, False, None),
        (wanted.starred, None, True),
        (wanted.unstarred, None, False),
    )
    for ids, read, starred in changes:
        if ids:
            await server.mark(ids, read=read, starred=starred)
