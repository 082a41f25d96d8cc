"""Is it them, or is it us? Whether a round's failures mean that the network is cut.

A host that answered anything, an error too, proves the network. Without any, three hosts to which
there is no way at all prove the contrary at once; other failures (a name that does not exist, a
refused connection, silence) do so only when all hosts, and at least three, have failed.
"""

from tui.domain.errors import FetchError, Unreachable

_NO_WAY = "network"
# Failures of the way to the host, not of the host.
_ON_THE_WAY = frozenset({_NO_WAY, "name", "refused", "timeout", "connection"})
_ENOUGH = 3


class Reach:
    """What one round has seen of `hosts` different hosts."""

    def __init__(self, hosts: int) -> None:
        self._hosts = hosts
        self._failed: dict[str, str] = {}
        self.answered = False

    def note(self, host: str, error: FetchError | None) -> None:
        """A request to `host` ended with `error`, or well."""
        if doubtful(error):
            assert error is not None
            self._failed.setdefault(host, error.reason)
        elif error is None or error.reason not in ("offline", "waiting"):
            self.answered = True

    @property
    def cut(self) -> bool:
        """True if there is no network."""
        if self.answered or not self._failed:
            return False
        no_way = sum(reason == _NO_WAY for reason in self._failed.values())
        if no_way >= min(_ENOUGH, self._hosts):
            return True
        return len(self._failed) >= max(_ENOUGH, self._hosts)


def doubtful(error: BaseException | None) -> bool:
    """True for a failure that may be the network's and not the host's."""
    return isinstance(error, Unreachable) and error.reason in _ON_THE_WAY
