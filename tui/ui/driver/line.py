"""The line between us and the terminal: measured, and obeyed.

After a frame we ask the terminal for its status (DSR, `CSI 5 n`); the answer tells that the frame
has arrived. At most two frames are under way at a time, so that a held key on a slow line ends when
it is let go. A terminal that never answers is not waited for.
"""

import time
from collections import deque
from collections.abc import Callable
from typing import NamedTuple

ASK = "\x1b[5n"
_UNDER_WAY = 2
# Seconds without an answer after which a question is given up.
_PATIENCE = 3.0
# Keys over which bytes a key are taken.
_KEYS = 40
# Bytes a frame must have to tell anything of the rate.
_TELLING = 600
# Bytes a second: below the first pictures wait for a key, below the second colours are fewer.
_SLOW, _CRAWL = 25_000.0, 6_000.0


class Question(NamedTuple):
    """One frame under way: when it was sent, and how many bytes were under way with it."""

    at: float
    size: int


class LineMeter:
    """Round trip in seconds, bytes a key, bytes a second; `None` while not known."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._open: deque[Question] = deque()
        self._misses = 0
        self._answers = 0
        self._keys: deque[int] = deque(maxlen=_KEYS)
        self._trips: deque[float] = deque(maxlen=64)
        self._rates: deque[float] = deque(maxlen=9)
        self.sent_bytes = 0
        self.frames = 0
        self.slow = self.crawls = False
        self.judged: Callable[[], object] | None = None
        """Called when `slow` or `crawls` has changed: what is said of it then goes with the frames
        that are sent anyway."""

    @property
    def asks(self) -> bool:
        """False once the terminal proved to be mute."""
        return self._answers > 0 or self._misses < 2

    @property
    def free(self) -> bool:
        """True if another frame may be sent now."""
        return len(self._open) < _UNDER_WAY

    @property
    def outstanding(self) -> int:
        """Frames that the terminal has not acknowledged."""
        return len(self._open)

    def sent(self, size: int, *, asked: bool) -> None:
        """A frame of `size` bytes left."""
        self.frames += 1
        self.sent_bytes += size
        if self._keys:
            self._keys[-1] += size
        if asked:
            under_way = size + sum(question.size for question in self._open)
            self._open.append(Question(self._clock(), under_way))

    def key(self) -> None:
        """A key came in; what is sent from now on is its doing."""
        self._keys.append(0)

    def answered(self) -> None:
        """The terminal acknowledged the oldest frame under way."""
        if not self._open:
            return
        question = self._open.popleft()
        self._answers += 1
        self._misses = 0
        took = self._clock() - question.at
        self._trips.append(took)
        if question.size >= _TELLING:
            # What took longer than the shortest trip is the bytes' time on the line.
            self._rates.append(question.size / max(took - min(self._trips), 1e-4))
            self._judge()

    def overdue(self) -> float:
        """Seconds until the oldest question is given up; gives it up when there are none left."""
        if not self._open:
            return 0.0
        left = self._open[0].at + max(_PATIENCE, 4 * (self.round_trip or 0)) - self._clock()
        if left > 0:
            return left
        self._open.clear()
        self._misses += 1
        return 0.0

    def forget(self) -> None:
        """Wait no more for what was under way: the terminal was another's since."""
        self._open.clear()

    @property
    def round_trip(self) -> float | None:
        """Seconds from a frame to its acknowledgement, the median of the last ones."""
        return sorted(self._trips)[len(self._trips) // 2] if self._trips else None

    @property
    def rate(self) -> float | None:
        """Bytes a second that the line carries."""
        return sorted(self._rates)[len(self._rates) // 2] if self._rates else None

    @property
    def bytes_per_key(self) -> float | None:
        """Mean bytes sent for a key."""
        return sum(self._keys) / len(self._keys) if self._keys else None

    def seconds(self, size: int) -> float | None:
        """How long `size` bytes take on this line."""
        if self.rate is None:
            return None
        return size / self.rate + (min(self._trips) if self._trips else 0.0)

    def _judge(self) -> None:
        # Left again only well above the bound, so that nothing flickers.
        rate = self.rate
        assert rate is not None
        before = self.slow, self.crawls
        self.slow = rate < _SLOW * (1.5 if self.slow else 1)
        self.crawls = rate < _CRAWL * (1.5 if self.crawls else 1)
        if self.judged is not None and before != (self.slow, self.crawls):
            self.judged()

    @property
    def status(self) -> str:
        """For the status line: "0.4 kB/key 150 ms"; "" before the first key and answer."""
        parts = []
        if self.bytes_per_key is not None:
            parts.append(f"{self.bytes_per_key / 1000:.1f} kB/key")
        if self.round_trip is not None:
            parts.append(f"{self.round_trip * 1000:.0f} ms")
        return " ".join(parts)

    @property
    def steps_down(self) -> tuple[str, ...]:
        """What is less than it could be because the line is slow, in words for the user."""
        if self.crawls:
            return ("pictures on key", "fewer colours")
        return ("pictures on key",) if self.slow else ()


_meter = LineMeter()


def meter() -> LineMeter:
    """The meter of this process's terminal."""
    return _meter
