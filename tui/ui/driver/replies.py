"""Takes the terminal's answers out of what the user typed, so that none is read as a key."""

import re
from codecs import getincrementaldecoder
from typing import NamedTuple

# The answers to DSR 5 and to DECRQM of mode 2026 (synchronised output).
_ANSWER = re.compile(r"\x1b\[0n|\x1b\[\?(?P<mode>\d+);(?P<state>\d)\$y")
# What may be the beginning of one, at the end of a read.
_BEGUN = re.compile(r"\x1b(?:\[(?:0|\?(?:\d+(?:;(?:\d\$?)?)?)?)?)?\Z")


class Heard(NamedTuple):
    """What one read brought: keys, acknowledgements, and modes that the terminal has."""

    keys: str
    acknowledged: int
    modes: tuple[int, ...]


class Ear:
    """Listens to the terminal. `expecting` tells that an answer is due: then a piece that may be
    the beginning of one is kept for `release`."""

    def __init__(self) -> None:
        self._decode = getincrementaldecoder("utf-8")("replace").decode
        self._kept = ""

    @property
    def keeps(self) -> bool:
        """True while a piece waits for its end, or for `release`."""
        return bool(self._kept)

    def hear(self, data: bytes, *, expecting: bool) -> Heard:
        """Sort what was read."""
        text = self._kept + self._decode(data)
        self._kept = ""
        acknowledged = 0
        modes: list[int] = []
        keys: list[str] = []
        at = 0
        for answer in _ANSWER.finditer(text):
            keys.append(text[at : answer.start()])
            at = answer.end()
            if answer["mode"] is None:
                acknowledged += 1
            elif answer["state"] in "123":
                modes.append(int(answer["mode"]))
        text = text[at:]
        if expecting and (begun := _BEGUN.search(text)):
            self._kept = text[begun.start() :]
            text = text[: begun.start()]
        keys.append(text)
        return Heard("".join(keys), acknowledged, tuple(modes))

    def release(self) -> str:
        """The piece that was no answer after all."""
        kept, self._kept = self._kept, ""
        return kept
