"""Zip archives from elsewhere, read within limits: what a header claims is not believed."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tui.domain.errors import SourceError

MOST_MEMBERS = 100_000
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError)


@contextmanager
def opened(file: Path) -> Iterator[zipfile.ZipFile]:
    """The zip archive in `file`, its names checked. Raises SourceError."""
    try:
        archive = zipfile.ZipFile(file)
    except _DAMAGE as error:
        raise SourceError(f"{file.name} is no whole archive: {error}") from error
    with archive:
        names = archive.namelist()
        if len(names) > MOST_MEMBERS:
            raise SourceError(f"{file.name} holds too many files; not opened")
        if bad := next((name for name in names if not _harmless(name)), None):
            raise SourceError(f"{file.name} holds a path that leads elsewhere ({bad!r}); refused")
        if len(set(names)) < len(names):
            raise SourceError(f"{file.name} holds one name twice; refused")
        yield archive


def _harmless(name: str) -> bool:
    """Nothing is ever unpacked by its name; an archive that tries is not to be trusted at all."""
    parts = name.replace("\\", "/").split("/")
    return bool(name) and ".." not in parts and not name.startswith(("/", "\\")) and ":" not in name


def member(archive: zipfile.ZipFile, name: str, limit: int) -> bytes:
    """The whole of one member, at most `limit` bytes. Raises SourceError."""
    try:
        with archive.open(name) as file:
            data = file.read(limit + 1)
    except (KeyError, *_DAMAGE) as error:
        raise SourceError(f"{name} is missing or damaged in the archive: {error}") from error
    if len(data) > limit:
        raise SourceError(f"{name} in the archive is larger than {limit} bytes; not opened")
    return data


def lines(archive: zipfile.ZipFile, name: str, longest: int, limit: int) -> Iterator[bytes]:
    """The lines of one member; none longer than `longest`, all within `limit` bytes."""
    total = 0
    try:
        with archive.open(name) as file:
            while line := file.readline(longest + 1):
                total += len(line)
                if len(line) > longest or total > limit:
                    raise SourceError(f"{name} in the archive is larger than we can take; refused")
                yield line
    except (KeyError, *_DAMAGE) as error:
        raise SourceError(f"{name} is missing or damaged in the archive: {error}") from error
