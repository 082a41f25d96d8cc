"""The two stores: may we write, how much is there, is anything wrong?"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from tui.cli.checks import Check, bad, good, note
from tui.paths import Paths

_LOW = 200_000_000


def look(paths: Paths) -> Iterator[Check]:
    """Look at the folders; the library's own report is asked for by the command."""
    for part, folder in (("library", paths.data), ("cache", paths.cache), ("state", paths.state)):
        yield _folder(part, folder)
    yield _space(paths.data)


def _folder(part: str, folder: Path) -> Check:
    if not there(folder):
        parent = _existing(folder)
        if os.access(parent, os.W_OK | os.X_OK):
            return note(part, f"{folder} is not there yet")
        return bad(part, f"{folder} can't be made", f"make {parent} writable")
    if not os.access(folder, os.R_OK | os.X_OK):
        return bad(part, f"{folder} can't be read", f"chmod u+rx {folder}")
    if not os.access(folder, os.W_OK):
        return bad(
            part,
            f"{folder} is read only: reading works, changes are not kept",
            f"chmod u+w {folder}",
        )
    return good(part, str(folder))


def there(folder: Path) -> bool:
    """Path.exists raises where a folder above can't be looked into."""
    return os.access(folder, os.F_OK)


def _existing(folder: Path) -> Path:
    while not there(folder):
        folder = folder.parent
    return folder


def _space(folder: Path) -> Check:
    free = shutil.disk_usage(_existing(folder)).free
    said = f"{free / 1e9:.1f} GB free"
    if free < _LOW:
        return bad("disk", said, "make room, or lower cache.limit in settings.toml")
    return good("disk", said)
