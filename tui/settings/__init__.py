"""Settings: `config/settings.toml` documents every default; the user's own file overrides.

tables     every setting with its default, as frozen types
measures   times and sizes as people write them
converting one value of a file, checked
toml       text to tables, with one kind of error
reading    the user's file: what is right is used, what is wrong is a `Problem` with its line
"""

from tui.settings.measures import Duration, Size, parse_duration, parse_size
from tui.settings.reading import Loaded, Problem, load
from tui.settings.tables import (
    CacheSettings,
    CleaningSettings,
    CommandSettings,
    EntitySettings,
    HttpSettings,
    ScreenSettings,
    ServerSettings,
    Settings,
    SyncSettings,
    values,
)

__all__ = [
    "CacheSettings",
    "CleaningSettings",
    "CommandSettings",
    "Duration",
    "EntitySettings",
    "HttpSettings",
    "Loaded",
    "Problem",
    "ScreenSettings",
    "ServerSettings",
    "Settings",
    "Size",
    "SyncSettings",
    "load",
    "parse_duration",
    "parse_size",
    "values",
]
