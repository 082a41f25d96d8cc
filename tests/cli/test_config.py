"""`broadsheet config` and `doctor`."""

import json
import tomllib
from pathlib import Path

from tests.cli.run import broadsheet
from tui import resources


def own_settings(home: Path, text: str) -> Path:
    file = home / "config" / "settings.toml"
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_config_tells_each_value_and_where_it_is_from(home: Path) -> None:
    file = own_settings(home, '[sync]\ninterval = "2h"\n')
    done = broadsheet("config")
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert any(
        line.startswith('sync.interval = "2h"') and line.endswith(f"{file}:2") for line in lines
    )
    assert any(line.startswith('sync.floor = "10min"') and "# default" in line for line in lines)


def test_what_config_prints_is_toml_again(home: Path) -> None:
    own_settings(home, '[commands.own]\nprint = "lp"\n"to \\"file\\"" = "tee x"\n')
    flat = tomllib.loads(broadsheet("config").stdout)
    assert flat["screen"]["measure"] == 72
    assert flat["commands"]["own"] == {"print": "lp", 'to "file"': "tee x"}


def test_config_names_a_wrong_key_and_goes_on(home: Path) -> None:
    file = own_settings(home, "[sync]\nintervall = 3\n")
    done = broadsheet("config")
    assert done.returncode == 1
    assert f"{file}:2: unknown setting sync.intervall; did you mean interval?" in done.stderr
    assert "sync.interval" in done.stdout


def test_config_defaults_is_the_documented_file() -> None:
    assert broadsheet("config", "--defaults").stdout == resources.read_text("settings.toml")


def test_config_edit_opens_a_copy_of_the_defaults(home: Path) -> None:
    done = broadsheet("config", "--edit", VISUAL="true")
    assert done.returncode == 0
    assert (home / "config" / "settings.toml").read_text() == resources.read_text("settings.toml")


def test_config_edit_takes_the_editor_of_the_settings_first(home: Path) -> None:
    file = own_settings(home, "[commands]\neditor = \"sh -c 'echo edited $0'\"\n")
    done = broadsheet("config", "--edit", VISUAL="false")
    assert (done.returncode, done.stdout) == (0, f"edited {file}\n")


def test_doctor_names_what_is_wrong_with_keys_and_theme(home: Path) -> None:
    own_settings(home, '[screen]\ntheme = "nope"\n')
    (home / "config" / "keys.toml").write_text('inherit = "vi"\n[list]\n"x" = "strar"\n')
    done = broadsheet("--offline", "doctor", "--json")
    wrong = {c["said"] for c in map(json.loads, done.stdout.splitlines()) if c["verdict"] == "bad"}
    assert done.returncode == 1
    assert any("no keys 'vi' to inherit" in line for line in wrong)
    assert any(line.endswith("\"x\": no action 'strar'; did you mean star?") for line in wrong)
    assert any(line.startswith("no theme 'nope'") for line in wrong)


def test_doctor_looks_at_everything_offline() -> None:
    done = broadsheet("--offline", "doctor", "--json")
    checks = [json.loads(line) for line in done.stdout.splitlines()]
    assert {"terminal", "size", "settings", "library", "cache", "names", "network"} <= {
        check["part"] for check in checks
    }
    assert done.returncode == 0


def test_doctor_finds_what_is_broken(home: Path) -> None:
    own_settings(home, "[nonsense]\n")
    done = broadsheet("--offline", "doctor")
    assert done.returncode == 1
    assert "! settings" in done.stdout


def test_the_reader_without_a_terminal_says_what_to_do() -> None:
    done = broadsheet()
    assert done.returncode == 1
    assert "needs a terminal" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_wrong_command_line_has_status_2() -> None:
    assert broadsheet("--nonsense").returncode == 2
    assert broadsheet("list", "--order", "nonsense").returncode == 2


def test_doctor_says_what_takes_how_much(tmp_path: Path) -> None:
    file = tmp_path / "feed.xml"
    file.write_text("<rss version='2.0'><channel><title>F</title></channel></rss>")
    assert broadsheet("add", "--no-sync", file.as_uri()).returncode == 0
    checks = [json.loads(line) for line in broadsheet("doctor", "--json").stdout.splitlines()]
    said = [check["said"] for check in checks if check["part"] in ("library", "cache")]
    assert any(line.startswith("1 feed") for line in said), said
    assert any("limit 500.0 MB" in line for line in said), said
