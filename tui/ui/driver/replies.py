"""Takes the terminal's answers out of what the user typed, so that none is read as a key."""

import re
from codecs import getincrementaldecoder
from typing import NamedTuple

# The answers to DSR 5 (it is there), to DECRQM of mode 2026 (synchronised output), and to what
# `graphics` asks.
_ANSWER = re.compile(
    r"\x1b\[(?:0n|\?(?P<mode>\d+);(?P<state>\d)\$y"
    r"|(?P<numbers>(?:\?\d+(?:;\d+)*(?=[cS])|6;\d+;\d+(?=t)))(?P<kind>[cSt]))"
)
# What may be the beginning of one, at the end of a read.
_BEGUN = re.compile(r"\x1b(?:\[(?:0|\?[\d;]*\$?|6(?:;\d*){0,2})?)?\Z")


class Heard(NamedTuple):
    """What one read brought: keys, acknowledgements, modes that the terminal has, and what it said
    of pictures (`Graphics.hear`)."""

    keys: str
    acknowledged: int
    modes: tuple[int, ...]
    said: tuple[tuple[str, tuple[int, ...]], ...]


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
        said: list[tuple[str, tuple[int, ...]]] = []
        keys: list[str] = []
        at = 0
        for answer in _ANSWER.finditer(text):
            keys.append(text[at : answer.start()])
            at = answer.end()
            if answer["kind"]:
                numbers = answer["numbers"].lstrip("?").split(";")
                said.append((answer["kind"], tuple(map(int, numbers))))
            elif answer["mode"] is None:
                acknowledged += 1
            elif answer["state"] in "123":
                modes.append(int(answer["mode"]))
        text = text[at:]
        if expecting and (begun := _BEGUN.search(text)):
            self._kept = text[begun.start() :]
            text = text[: begun.start()]
        keys.append(text)
        return Heard("".join(keys), acknowledged, tuple(modes), tuple(said))

    def release(self) -> str:
        """The piece that was no answer after all."""
        kept, self._kept = self._kept, ""
        return kept
