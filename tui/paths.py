"""Where the user's files are. Nothing is made here: who writes makes its folder, mode 0700.

XDG variables count on every system; without them the platform's own places are used. One variable
moves everything: `BROADSHEET_HOME` puts data, cache, config and state below one folder, which is
how `broadsheet demo` and the tests leave the user's files alone.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from tui.domain.errors import SettingsError

APP = "broadsheet"


@dataclass(frozen=True, slots=True)
class Paths:
    """The four folders, and the files in them that more than one room needs."""

    data: Path
    cache: Path
    config: Path
    state: Path

    @property
    def library(self) -> Path:
        """The SQLite file of what must never be lost."""
        return self.data / "library.db"

    @property
    def backups(self) -> Path:
        """Dated copies of the library."""
        return self.data / "backups"

    @property
    def ballast(self) -> Path:
        """A file that is given up when the disk is full, so that a delete can succeed."""
        return self.data / "ballast"

    @property
    def sync_lock(self) -> Path:
        """Locked with flock by the one process that syncs."""
        return self.data / "sync.lock"

    @property
    def settings(self) -> Path:
        """The user's own settings."""
        return self.config / "settings.toml"

    @property
    def keys(self) -> Path:
        """The user's own keys."""
        return self.config / "keys.toml"

    @property
    def rules(self) -> Path:
        """The user's own site rules, one TOML file a site."""
        return self.config / "sites"

    @property
    def first_screen(self) -> Path:
        """The last session's first screen, painted before the imports."""
        return self.state / "first-screen"

    @property
    def log(self) -> Path:
        """The log of warnings and errors."""
        return self.state / "broadsheet.log"


def find(environment: dict[str, str] | None = None) -> Paths:
    """The paths for this user, from `environment` (the process's own by default).

    Raises SettingsError where there is no home.
    """
    env = os.environ if environment is None else environment
    if home := env.get("BROADSHEET_HOME"):
        root = _expand(home)
        return Paths(root / "data", root / "cache", root / "config", root / "state")
    defaults = {
        "XDG_DATA_HOME": ".local/share",
        "XDG_CACHE_HOME": ".cache",
        "XDG_CONFIG_HOME": ".config",
        "XDG_STATE_HOME": ".local/state",
    }
    home_folder = _expand(env.get("HOME") or "~")
    folders = []
    for variable, below in defaults.items():
        value = env.get(variable, "")
        # The XDG specification: a relative path is invalid and must be ignored.
        base = Path(value) if value.startswith("/") else home_folder / below
        folders.append(base / APP)
    return Paths(*folders)


def _expand(folder: str) -> Path:
    try:
        return Path(folder).expanduser()
    except RuntimeError as error:  # a user without a home, or `~nobody-of-that-name`
        message = f"there is no home folder {folder}; set HOME, or BROADSHEET_HOME to a folder"
        raise SettingsError(message) from error


def make(folder: Path) -> Path:
    """Make `folder`, for its owner only, with its parents; returns it. Raises OSError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
