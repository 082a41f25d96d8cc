"""Politeness by host: one connection each, and patience with a host that asked for it.

A host that answered 429 (or 503 with Retry-After) is left alone until then, by all its feeds and
pages, also after a restart: `HostMemory` keeps {"until", "since", "strikes"}. For a day after,
requests to it come with a growing gap.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime, timedelta

from tui.domain.errors import TooMany
from tui.domain.ports import Clock, HostMemory
from tui.fetching.http.answers import LONGEST_WAIT
from tui.turns import OneByOne, is_urgent

# Without Retry-After: five minutes at first, doubled with each further refusal.
_FIRST_WAIT = 300.0
# How long a host that refused is treated with care, in seconds.
_CARE = 24 * 3600.0
_LONGEST_GAP = 16.0
# What was read of a host is believed for so long; another process may have learnt more since.
_BELIEVED = timedelta(seconds=30)
# A `TooMany` with this reason was not sent at all: the host's time is not over.
WAITING = "waiting"

Sleep = Callable[[float], Awaitable[None]]
Known = dict[str, object]


class Hosts:
    """The servers we talk to. `turn` holds a host's one connection."""

    def __init__(self, memory: HostMemory, clock: Clock, sleep: Sleep = asyncio.sleep) -> None:
        self._memory, self._clock, self._sleep = memory, clock, sleep
        self._lines = OneByOne()
        self._recalled: dict[str, tuple[datetime, Known]] = {}

    @contextlib.asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Talk to `host` in here, alone. Raises TooMany, reason "waiting", while it wants rest."""
        async with self._lines.turn(host):
            known = self.recall(host)
            self._check(host, known)
            gap = self._gap(known)
            if gap and not is_urgent():
                await self._sleep(gap)
            yield

    def refused(self, host: str, error: TooMany) -> None:
        """`host` asked for rest: remember until when."""
        now, known = self._clock(), self.recall(host)
        strikes = self._strikes(known) + 1
        wait = error.retry_after
        if wait is None:
            wait = _FIRST_WAIT * 2 ** min(strikes - 1, 10)
        until = now + timedelta(seconds=min(wait, LONGEST_WAIT))
        rest = {"until": until.isoformat(), "since": now.isoformat(), "strikes": strikes}
        self.remember(host, {**known, **rest})

    def remember(self, host: str, known: Known) -> None:
        """Replace what is known of `host`."""
        self._memory.save_host(host, known)
        self._recalled[host] = (self._clock(), known)

    def recall(self, host: str) -> Known:
        """What is known of `host`."""
        at, known = self._recalled.get(host, (None, {}))
        if at is None or not timedelta() <= self._clock() - at < _BELIEVED:
            known = self._memory.host(host)
            self._recalled[host] = (self._clock(), known)
        return known

    def _check(self, host: str, known: Known) -> None:
        until = _moment(known.get("until"))
        if until is None:
            return
        left = (until - self._clock()).total_seconds()
        # More than the longest wait means that the clock was set back: then it does not count.
        if 0 < left <= LONGEST_WAIT:
            raise TooMany(
                f"{host} asked for rest until {until:%Y-%m-%d %H:%M} UTC.",
                status=429,
                reason=WAITING,
                retry_after=left,
            )

    def _strikes(self, known: Known) -> int:
        since, strikes = _moment(known.get("since")), known.get("strikes")
        if since is None or not isinstance(strikes, int):
            return 0
        return strikes if abs((self._clock() - since).total_seconds()) < _CARE else 0

    def _gap(self, known: Known) -> float:
        strikes = self._strikes(known)
        return min(2.0 ** (strikes - 1), _LONGEST_GAP) if strikes > 0 else 0.0


def _moment(value: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo else None
