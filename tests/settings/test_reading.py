"""The user's settings: what is right is used, what is wrong is named and costs nothing else."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui import settings


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
        ("[entities]\nmodels = { en = 3 }\n", 2, "entities.models: expected a table of texts"),
        (
            "[commands]\nplayer = 'mpv \"'\n",
            2,
            "commands.player: 'mpv \"' can't be split into words: No closing quotation",
        ),
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


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a = " + "[" * 100_000, "too deeply nested"),
        ("[sync]\narticles = " + "9" * 5000, "out of all bounds"),
        ("[sync]\narticles = 0000-99-99", ""),
        ("\x00", ""),
    ],
)
def test_no_file_is_too_much_for_the_reader(tmp_path: Path, text: str, why: str) -> None:
    loaded = settings.load(write(tmp_path, text))
    assert loaded.settings == settings.Settings()
    assert why in loaded.problems[0].message


def test_options_of_a_feed_are_kept_as_text(tmp_path: Path) -> None:
    loaded = settings.load(write(tmp_path, '[feeds."https://example.org/f"]\narticles = 3\n'))
    assert loaded.settings.feeds == {"https://example.org/f": {"articles": "3"}}


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ('articles = "many"', ".articles: expected a whole number from 0"),
        ('keep = "for ever"', ".keep: expected a time as 30min, 8h or 7d"),
        ('auth = "digest"', ".auth: expected basic or bearer"),
        ('pasword_command = "x"', 'unknown setting feeds."u".pasword_command; did you mean'),
    ],
)
def test_a_wrong_option_of_a_feed_is_named(tmp_path: Path, option: str, message: str) -> None:
    loaded = settings.load(write(tmp_path, f'[feeds."u"]\nuser = "me"\n{option}\n'))
    (problem,) = loaded.problems
    assert problem.line == 3
    assert message in problem.message
    assert loaded.settings.feeds == {"u": {"user": "me"}}


@given(st.text())
def test_no_text_stops_the_reader(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    file = tmp_path_factory.mktemp("s") / "settings.toml"
    file.write_text(text, encoding="utf-8", errors="replace")
    assert isinstance(settings.load(file).settings, settings.Settings)
