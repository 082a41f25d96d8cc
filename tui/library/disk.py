"""diskcache's way to the disk, with two things taken away: it never unpickles (a file that another
program put there would run code, CVE-2025-69872), and it never follows a file name out of its folder.
"""

import re
from pathlib import Path
from typing import Any

import diskcache

_RAW, _BINARY = 1, 2  # diskcache's modes for a value in the table and in a file
_OUR_FILE = re.compile(r"[0-9a-f]{2}[/\\][0-9a-f]{2}[/\\][0-9a-f]{28}\.val")
_IN_TABLE = 16_384
"""Smaller values are in the table: one read instead of three."""


class BytesDisk(diskcache.Disk):  # type: ignore[misc]
    """Stores text keys and bytes; anything else is refused, on the way in and on the way out."""

    def __init__(self, directory: str, **_settings: Any) -> None:
        super().__init__(directory, min_file_size=_IN_TABLE)

    def put(self, key: Any) -> tuple[str, bool]:
        if type(key) is not str:
            raise TypeError("keys of the cache are text")
        return key, True

    def get(self, key: Any, raw: Any) -> str:
        if type(key) is not str or not raw:
            raise ValueError("not a key of ours")
        return key

    def store(self, value: Any, read: bool, key: Any = None) -> Any:
        if type(value) is not bytes:
            raise TypeError("values of the cache are bytes")
        return super().store(value, False, key=key)

    def fetch(self, mode: int, filename: str | None, value: Any, read: bool) -> bytes:
        if mode == _RAW and type(value) is bytes:
            return value
        if mode == _BINARY and type(filename) is str and _OUR_FILE.fullmatch(filename):
            return (Path(self._directory) / filename).read_bytes()
        raise ValueError("not a value of ours")

    def remove(self, file_path: str) -> None:
        if _OUR_FILE.fullmatch(file_path):
            super().remove(file_path)


class Table(diskcache.Cache):  # type: ignore[misc]
    """diskcache's cache, which closes its connection when it can't be opened, too."""

    def __init__(self, folder: str, **settings: Any) -> None:
        try:
            super().__init__(folder, **settings)
        except BaseException:
            if hasattr(self, "_local"):
                self.close()
            raise
