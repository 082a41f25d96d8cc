"""The cache: what can be fetched again. Bytes in, bytes out; losing all of it loses nothing.

diskcache keeps it, as `disk` lets it. Nothing is evicted by diskcache itself, whose policies know
nothing of stars and packs; see `eviction`.
"""

import contextlib
import os
import re
import sqlite3
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

from tui import paths as places
from tui.library.packing import pack_value, unpack_value

T = TypeVar("T")
_BUSY_SECONDS = 10
_STAMP = "stamp"


class Cache:
    """Articles and pictures by key. Opened when first used, and made anew when it is damaged.

    No method raises for a damaged, deleted or full cache: what can't be read is not there, what
    can't be written is not kept (`put` says so).
    """

    def __init__(self, folder: Path, renewed: Callable[[str], None] = lambda _stamp: None) -> None:
        """`renewed` is told the stamp of the cache when it is opened: another stamp than the last
        time means that all that was in it is gone."""
        self.folder = folder
        self._renewed = renewed
        self._lock = threading.Lock()
        self._cache: Any = None

    @property
    def file(self) -> Path:
        """The table of the cache."""
        return self.folder / "cache.db"

    def _exists(self) -> bool:
        """False, too, where its folder can't be looked into."""
        try:
            return self.file.exists()
        except OSError:
            return False

    def problem(self) -> str:
        """Why nothing can be kept here, for the user; "" where it can."""
        try:
            self.file.stat()
        except (FileNotFoundError, NotADirectoryError):
            return ""
        except OSError as error:
            return f"the cache in {self.folder} can't be used ({error.strerror}); check who owns it"
        return ""

    def _open(self) -> Any:
        with self._lock:
            if self._cache is not None:
                return self._cache
            cache = self._cache = self._make()
            stamp = self._stamp(cache)
        self._renewed(stamp)
        return cache

    def _make(self) -> Any:
        # Loaded when first used: a list can be shown without it.
        from tui.library.disk import BytesDisk, Table

        places.make(self.folder)
        return Table(
            str(self.folder),
            timeout=_BUSY_SECONDS,
            disk=BytesDisk,
            eviction_policy="none",
            cull_limit=0,
            statistics=0,
        )

    @staticmethod
    def _stamp(cache: Any) -> str:
        cache.add(_STAMP, os.urandom(8).hex().encode())
        return bytes(cache.get(_STAMP) or b"").decode()

    def _try(self, work: Callable[[Any], T], otherwise: T) -> T:
        for last in (False, True):
            try:
                return self._use(work)
            except OSError:
                return otherwise
            except sqlite3.OperationalError as error:
                if _full_or_busy(error) or last:
                    return otherwise
                self.rebuild()
            except (sqlite3.DatabaseError, ValueError, TypeError):
                if last:
                    return otherwise
                self.rebuild()
            except Exception as error:
                if not _is_timeout(error):
                    raise
                return otherwise
        return otherwise

    def _use(self, work: Callable[[Any], T]) -> T:
        """`work` with the cache. diskcache has a connection for each thread, which no other thread
        can close: those of threads that come and go are closed at once.
        """
        cache = self._open()
        try:
            return work(cache)
        finally:
            if threading.current_thread() is not threading.main_thread():
                cache.close()

    def rebuild(self) -> None:
        """Throw everything away. Only what is ours: the user may have put files there."""
        import shutil

        self.close()
        with contextlib.suppress(OSError):
            for name in ("cache.db", "cache.db-wal", "cache.db-shm"):
                (self.folder / name).unlink(missing_ok=True)
            for child in self.folder.iterdir():
                if re.fullmatch(r"[0-9a-f]{2}", child.name) and child.is_dir():
                    shutil.rmtree(child, ignore_errors=True)

    def put(self, key: str, value: bytes, tag: str) -> bool:
        """Keep `value`; `tag` is its kind for `sizes`. False if there was no room."""
        return self._try(lambda c: bool(c.set(key, value, tag=tag)), False)

    def get(self, key: str) -> bytes | None:
        """What is kept as `key`."""
        found = self._try(lambda c: c.get(key), None)
        return found if isinstance(found, bytes) else None

    def delete(self, keys: Iterable[str]) -> int:
        """Let go of `keys`; returns how many were there."""

        def work(cache: Any) -> int:
            with cache.transact():
                return sum(bool(cache.delete(key)) for key in keys)

        return self._try(work, 0)

    def volume(self) -> int:
        """Bytes on disk."""
        if not self._exists():
            return 0
        return self._try(lambda c: int(c.volume()), 0)

    def sizes(self) -> dict[str, tuple[int, int]]:
        """By tag: how many values, and their bytes."""

        def work(cache: Any) -> dict[str, tuple[int, int]]:
            rows = cache._sql(
                "SELECT tag, COUNT(*), SUM(COALESCE(size, 0) + COALESCE(LENGTH(value), 0)) "
                "FROM Cache WHERE tag IS NOT NULL GROUP BY tag"
            )
            return {str(tag): (count, int(size or 0)) for tag, count, size in rows}

        return self._try(work, {}) if self._exists() else {}

    def put_value(self, key: str, value: Any, tag: str) -> bool:
        """As `put`, for a JSON value."""
        return self.put(key, pack_value(value), tag)

    def get_value(self, key: str) -> Any:
        """As `get`, for a JSON value; None when it is not there or damaged."""
        packed = self.get(key)
        if packed is None:
            return None
        try:
            return unpack_value(packed)
        except ValueError:
            return None

    def close(self) -> None:
        """Let go of the files."""
        with self._lock:
            if self._cache is not None:
                self._cache.close()
                self._cache = None


def _is_timeout(error: Exception) -> bool:
    import diskcache

    return isinstance(error, diskcache.Timeout)


def _full_or_busy(error: sqlite3.OperationalError) -> bool:
    code = (getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF
    return code in (
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_CANTOPEN,
    )
