"""Files that are written whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from tui.domain.errors import BroadsheetError


@contextmanager
def replacing(file: Path) -> Iterator[BinaryIO]:
    """A new file that takes the place of `file` when the block ends without an error.

    A device or a pipe (/dev/stdout, a FIFO) is written as it is, a link is followed: neither may
    be replaced. Raises BroadsheetError where the disk or its rights don't allow it.
    """
    try:
        if file.exists() and not file.is_file() and not file.is_dir():
            with file.open("wb") as stream:
                yield stream
        else:
            with _partial(file.resolve()) as new:
                yield new
    except OSError as error:
        raise BroadsheetError(f"{file} can't be written: {error.strerror or error}") from error


@contextmanager
def _partial(file: Path) -> Iterator[BinaryIO]:
    partial = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        with partial.open("xb") as new:
            yield new
            new.flush()
            os.fsync(new.fileno())
        partial.replace(file)
    finally:
        partial.unlink(missing_ok=True)
