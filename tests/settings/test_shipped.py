"""The shipped file is the documentation: every setting with its default, and every feed's option."""

import tomllib
import typing

from tui import resources, settings
from tui.settings import Settings
from tui.settings.converting import FEED_OPTIONS, converted


def test_the_shipped_file_documents_every_default() -> None:
    tables = tomllib.loads("\n".join(map(uncommented, shipped()[: feed_options()])))
    for name, default in settings.values(Settings()).items():
        section, key = name.split(".", 1)
        assert key in tables[section], f"{name} is not documented"
        assert converted(name, tables[section][key], type_of(section, key)) == default, name
    known = {name.partition(".")[0] for name in settings.values(Settings())}
    assert set(tables) == known
    assert sum(map(len, tables.values())) == len(settings.values(Settings()))


def test_the_shipped_file_shows_every_option_of_a_feed() -> None:
    example = "\n".join(line.removeprefix("# ") for line in shipped()[feed_options() :])
    (options,) = tomllib.loads(example)["feeds"].values()
    assert set(options) == set(FEED_OPTIONS)
    for key, value in options.items():
        converted(f"feeds.{key}", value, FEED_OPTIONS[key])


def shipped() -> list[str]:
    """The lines of the file."""
    return resources.read_text("settings.toml").splitlines()


def feed_options() -> int:
    """Where the example of a feed's table begins."""
    return shipped().index('# [feeds."https://example.org/feed.xml"]')


def uncommented(line: str) -> str:
    """A default without its "# "; examples stay comments."""
    default = line.startswith("# ") and " = " in line and "example" not in line
    return line.removeprefix("# ") if default else line


def type_of(section: str, key: str) -> object:
    """The type of a setting."""
    return typing.get_type_hints(type(getattr(Settings(), section)))[key]
