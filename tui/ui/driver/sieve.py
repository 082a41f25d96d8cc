"""Parts what the user did from what only looks like it: pasted text is never keys, and neither are
answers of the terminal that nobody waits for (to the shell's questions, or to another program's that
ended before us).

Textual's parser would type both: an escape character within a paste makes it read the rest as keys,
and of a sequence that it doesn't know it takes every character for one.
"""

import re
import time
from collections.abc import Callable, Generator, Iterator

_PASTE, _PASTED = "\x1b[200~", "\x1b[201~"
# The most of one paste that is kept; the rest is passed over.
_MOST = 1 << 20
# Seconds after which a string without an end is given up.
_PATIENCE = 1.0

# OSC, DCS and APC as terminals send them; and the beginnings of a paste and of those.
_STRING = r"\x1b(?:\]\d|P[\d>!$+]|_G)"
_WHOLE = rf"{_STRING}[^\x07\x1b]*(?:\x07|\x1b\\)"
# CSI with a private mark, but for the mouse; device attributes and window reports; a cursor report,
# but for those that are also F3 with a modifier.
_REPORT = (
    r"\x1b\[(?:(?:[>=?]|<(?![\d;-]+[Mm]))[\d;:]*[ -/]*[@-~]|\d+(?:;\d+)*[ct]|(?!1;[2-8]R)\d+;\d+R)"
)
_NOISE = re.compile(rf"{_WHOLE}|{_REPORT}|\ufffd")
_OPEN_STRING = re.compile(rf"{_STRING}[^\x07\x1b]*\x1b?\Z")
_OPEN_PASTE = re.compile(r"\x1b\[20?0?\Z")
_STRING_END = re.compile(r"\x07|\x1b\\")


class Pasted(str):
    """Text that was pasted."""

    __slots__ = ()


class Sieve:
    """Sorts what comes in, however it is cut."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._kept = ""
        self._paste: str | None = None
        self._string_until = 0.0

    def sort(self, text: str) -> Iterator[str]:
        """Keys as they were typed, and `Pasted`, in their order."""
        text, self._kept = self._kept + text, ""
        while text:
            if self._paste is not None:
                text = yield from self._in_paste(self._paste + text)
            elif self._string_until:
                text = self._in_string(text)
            else:
                keys, begun, text = text.partition(_PASTE)
                if begun:
                    self._paste = ""
                else:
                    keys = self._keep(keys)
                if keys := _NOISE.sub("", keys):
                    yield keys

    def _in_paste(self, text: str) -> Generator[str, None, str]:
        pasted, ended, rest = text.partition(_PASTED)
        if not ended:
            self._paste = pasted[:_MOST] + pasted[_MOST:][-len(_PASTED) :]
            return ""
        self._paste = None
        yield Pasted(pasted[:_MOST].replace("\0", ""))
        return rest

    def _in_string(self, text: str) -> str:
        if self._clock() > self._string_until:
            self._string_until = 0.0
            return text
        end = _STRING_END.search(text)
        if end is None:
            self._kept = "\x1b" if text.endswith("\x1b") else ""
            return ""
        self._string_until = 0.0
        return text[end.end() :]

    def _keep(self, keys: str) -> str:
        """`keys` without a beginning of something at its end."""
        if begun := _OPEN_PASTE.search(keys):
            self._kept = begun.group()
        elif begun := _OPEN_STRING.search(keys):
            self._string_until = self._clock() + _PATIENCE
            self._kept = "\x1b" if keys.endswith("\x1b") else ""
        return keys[: begun.start()] if begun else keys
