"""Opening the library: where it is, whether it can be written, whether it is whole."""

from dataclasses import dataclass

from tui import paths as places
from tui.library import migrations
from tui.library.database import Database
from tui.library.journal import Clock
from tui.paths import Paths
from tui.settings import Settings


@dataclass(frozen=True, slots=True)
class Opened:
    """The open database, and what the user must know, a line each."""

    database: Database
    problems: tuple[str, ...] = ()


def open_database(paths: Paths, settings: Settings, clock: Clock) -> Opened:
    """Open the library. Raises LibraryError."""
    places.make(paths.data)
    migrations.prepare(paths.library, paths.backups)
    return Opened(Database(paths.library))
