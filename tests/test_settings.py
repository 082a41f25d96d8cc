"""The user's settings: what is right is used, what is wrong is named and costs nothing else."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui import resources, settings


def write(folder: Path, text: str) -> Path:
    file = folder / "settings.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_no_file_means_defaults(tmp_path: Path) -> None:
    assert settings.load(tmp_path / "none.toml") == settings.Loaded(settings.Settings())


def test_own_values_override_and_say_where_they_are(tmp_path: Path) -> None:
    file = write(tmp_path, '[sync]\ninterval = "2h"\n\n[screen]\nmeasure = 66\n')
    loaded = settings.load(file)
    assert loaded.settings.sync.interval == 7200
    assert loaded.settings.screen.measure == 66
    assert loaded.settings.sync.floor == settings.Settings().sync.floor
    assert loaded.origins["screen.measure"] == f"{file}:5"
    assert loaded.problems == ()


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("[sync]\n\nintervall = 3\n", 3, "unknown setting sync.intervall; did you mean interval?"),
        ("[scren]\nmeasure = 3\n", 1, "unknown setting scren; did you mean screen?"),
        ("[sync]\nat_start = 3\n", 2, "sync.at_start: expected true or false"),
        ('[sync]\nfloor = "soon"\n', 2, "sync.floor: expected a time as 30min, 8h or 7d"),
        ("[screen]\nmeasure = -1\n", 2, "screen.measure: expected a whole number from 0"),
        ("[http]\ntracking = 'x'\n", 2, "http.tracking: expected a list of texts"),
        ("sync = 3\n", 1, "[sync] must be a table"),
    ],
)
def test_a_wrong_line_is_named_and_the_rest_counts(
    tmp_path: Path, text: str, line: int, message: str
) -> None:
    loaded = settings.load(write(tmp_path, text + "\n[cache]\nbackups = 3\n"))
    assert [(p.line, p.message) for p in loaded.problems] == [(line, message)]
    assert loaded.settings.cache.backups == 3


def test_a_file_that_is_no_toml_is_named_with_its_line(tmp_path: Path) -> None:
    loaded = settings.load(write(tmp_path, "[sync]\nfloor = = 3\n"))
    assert loaded.settings == settings.Settings()
    assert loaded.problems[0].line == 2


def test_options_of_a_feed_are_kept_as_text(tmp_path: Path) -> None:
    loaded = settings.load(write(tmp_path, '[feeds."https://example.org/f"]\narticles = 3\n'))
    assert loaded.settings.feeds == {"https://example.org/f": {"articles": "3"}}


@given(st.text())
def test_no_text_stops_the_reader(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    file = tmp_path_factory.mktemp("s") / "settings.toml"
    file.write_text(text, encoding="utf-8", errors="replace")
    assert isinstance(settings.load(file).settings, settings.Settings)


def test_the_shipped_file_documents_every_default() -> None:
    lines = resources.read_text("settings.toml").splitlines()
    text = "\n".join(
        line.removeprefix("# ") if " = " in line and line.startswith("# ") else line
        for line in lines
        if "example" not in line and not line.startswith('# [feeds."')
    )
    shipped = settings._Reader(Path("settings.toml"), text)
    tables = {k: v for k, v in tomllib.loads(text).items() if k != "feeds"}
    feed_options = {"user", "auth", "selector", "keep", "articles", "interval", "title", "cookies"}
    for table, default in settings.values(settings.Settings()).items():
        section, key = table.split(".", 1)
        assert key in tables[section], f"{table} is not documented"
        value = settings._convert(tables[section][key], type_of(section, key))
        assert value == default, table
    assert feed_options
    assert shipped.problems == []


def type_of(section: str, key: str) -> object:
    import typing

    table = getattr(settings.Settings(), section)
    return typing.get_type_hints(type(table))[key]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("30", 30), ("30min", 1800), ("8h", 28800), ("1.5h", 5400), ("7d", 604800)],
)
def test_durations(text: str, seconds: int) -> None:
    assert settings.parse_duration(text) == seconds


def test_sizes() -> None:
    assert settings.parse_size("40MB") == 40_000_000
    with pytest.raises(ValueError, match="40MB"):
        settings.parse_size("big")
