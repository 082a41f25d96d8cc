"""`broadsheet sync` tells what rules of notify found, by the user's program; once."""

from pathlib import Path

from tests.cli.run import broadsheet

FEED = """<rss version="2.0"><channel><title>Quakes</title>
<item><title>Earthquake in Chile</title><guid>1</guid></item>
<item><title>Rain &amp; "wind"; $(reboot)</title><guid>2</guid></item>
</channel></rss>"""


def subscribed(home: Path, folder: Path, notify: str) -> None:
    settings = home / "config" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text(f"[commands]\nnotify = '''{notify}'''\n")
    file = folder / "feed.xml"
    file.write_text(FEED)
    assert broadsheet("add", "--no-sync", f"file:{file}").returncode == 0
    assert broadsheet("rules", "--add", "notify", "rain", "--name", "Wet").returncode == 0


def test_a_program_is_told_once(home: Path, tmp_path: Path) -> None:
    told = tmp_path / "told"
    subscribed(home, tmp_path, f'sh -c \'printf "%s|" "$@" >> {told}\' - %n')
    done = broadsheet("sync", "--quiet", "--no-articles")
    assert (done.returncode, done.stderr) == (0, "")
    assert told.read_text() == "1|"
    assert broadsheet("sync", "--all", "--quiet").returncode == 0
    assert told.read_text() == "1|"


def test_the_line_is_one_word_and_stands_last(home: Path, tmp_path: Path) -> None:
    told = tmp_path / "told"
    subscribed(home, tmp_path, f'sh -c \'printf "%s|" "$@" > {told}\' -')
    broadsheet("sync", "--quiet", "--no-articles")
    assert told.read_text() == '1 for “Wet”: Rain & "wind"; $(reboot)|'


def test_a_program_that_fails_is_said_and_costs_nothing(home: Path, tmp_path: Path) -> None:
    subscribed(home, tmp_path, "/no/such/program")
    done = broadsheet("sync", "--quiet", "--no-articles")
    assert done.returncode == 0
    (line,) = done.stderr.splitlines()
    assert line.startswith("broadsheet: commands.notify: program did not start: No such file")
