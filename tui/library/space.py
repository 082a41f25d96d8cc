"""Room for what must be written. A file of ballast lies beside the library: when the disk is full
it is given up, which makes room for the user's change and lets the cache delete something (on a
full disk even that needs room). It is laid down again when there is space.
"""

import contextlib
import os
from collections.abc import Callable
from pathlib import Path

from tui.library.location import free_bytes

_PLENTY = 4
"""The ballast is laid down when the disk has this many times its size."""
_STEP = 1 << 20


class Space:
    """The ballast, and what is given up when the disk is full."""

    def __init__(self, ballast: Path, size: int) -> None:
        self.ballast, self.size = ballast, size
        self.give_up: Callable[[int], int] = lambda _bytes: 0
        """Evicts at least so many bytes from the cache, if it can; returns how many went."""

    def relieve(self, durable: bool) -> bool:
        """Make room after a write failed; True if a second try makes sense.

        The ballast is for what the user did (`durable`). A sync that fills the disk gets the room
        that the cache gives up, and else has to stop.
        """
        freed = durable and self._drop_ballast()
        return self.give_up(self.size) > 0 or freed

    def _drop_ballast(self) -> bool:
        try:
            self.ballast.unlink()
        except OSError:
            return False
        return True

    def lay_ballast(self) -> bool:
        """Lay the ballast down if it is not there and the disk has room; True if it is there."""
        with contextlib.suppress(OSError):
            if self.size == 0 or self.ballast.stat().st_size >= self.size:
                return self.size > 0
        try:
            if free_bytes(self.ballast.parent) < _PLENTY * self.size:
                return False
            # Written, not only reserved: file systems that compress would keep zeros for nothing.
            with self.ballast.open("wb") as file:
                for _ in range(0, self.size, _STEP):
                    file.write(os.urandom(_STEP))
        except OSError:
            self._drop_ballast()
            return False
        return True
