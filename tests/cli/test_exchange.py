"""`broadsheet import` and `export` as a user runs them, in a home of their own."""

import json
import subprocess
import zipfile
from pathlib import Path

import pytest

from tests.cli.run import broadsheet as run


def broadsheet(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return run(*map(str, arguments))


OPML = (
    '<opml version="2.0"><body><outline text="World">'
    '<outline text="A" xmlUrl="https://a.example/f"/></outline>'
    '<outline text="A" xmlUrl="https://a.example/f"/></body></opml>'
)


def test_opml_in_and_out(tmp_path: Path) -> None:
    file = tmp_path / "feeds.opml"
    file.write_text(OPML)
    done = broadsheet("import", "--dry-run", file)
    assert (done.returncode, done.stdout) == (0, "OPML: would import 1 new feed\n")
    done = broadsheet("import", file)
    assert (done.returncode, done.stdout) == (0, "OPML: 1 new feed\n")
    assert done.stderr == "broadsheet: twice in the file: https://a.example/f\n"
    done = broadsheet("import", file)
    assert done.stdout == "OPML: nothing new\n"
    assert "already subscribed: https://a.example/f" in done.stderr
    done = broadsheet("export")
    assert done.returncode == 0
    assert '<outline text="World" title="World">' in done.stdout
    assert 'xmlUrl="https://a.example/f"' in done.stdout
    target = tmp_path / "out.opml"
    assert broadsheet("export", "--to", target).returncode == 0
    assert "https://a.example/f" in target.read_text()


def test_one_bad_file_means_that_nothing_changes(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.opml", tmp_path / "bad.opml"
    good.write_text(OPML)
    bad.write_text(OPML[:-20])
    done = broadsheet("import", good, bad)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "broadsheet: bad.opml is no OPML file, or ends too early; not imported\n"
    )
    assert "xmlUrl" not in broadsheet("export").stdout


def test_what_cannot_be_imported_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "empty").write_text("")
    (tmp_path / "text").write_text("Dear reader, this is no list of feeds.\n")
    with zipfile.ZipFile(tmp_path / "zip", "w") as zipped:
        zipped.writestr("a", "b")
    for name, message in {
        "empty": "is empty; nothing was imported",
        "text": "is of no kind that can be imported; known are OPML",
        "zip": "is of no kind that can be imported; known are OPML",
        "missing": "can't be read: No such file or directory",
        ".": "can't be read: Is a directory",
    }.items():
        done = broadsheet("import", tmp_path / name)
        assert (done.returncode, done.stdout) == (1, "")
        assert message in done.stderr
        assert done.stderr.count("\n") == 1


def test_a_list_to_read_later_goes_out_again(tmp_path: Path) -> None:
    file = tmp_path / "part_000000.csv"
    file.write_text(
        "title,url,time_added,tags,status\nOne,https://a.example/1,1600000000,sea,unread\n"
    )
    done = broadsheet("import", file)
    assert done.stdout == "Pocket: 1 new feed, 1 new entry\n"
    lines = broadsheet("export", "--format", "jsonl", "--query", "is:queued").stdout.splitlines()
    (value,) = map(json.loads, lines)
    assert (value["title"], value["labels"], value["article"]) == ("One", ["sea"], None)
    done = broadsheet("export", "--format", "markdown", "--to", tmp_path / "out")
    missing = "1 entry has no text here: `broadsheet sync` or `pack` fetches it"
    assert done.returncode == 0
    assert done.stderr == f"0 articles in {tmp_path / 'out'}; {missing}\n"


def test_books_and_folders_need_a_name() -> None:
    for form, what in {"markdown": "a folder", "epub": "a file"}.items():
        done = broadsheet("export", "--format", form)
        assert done.returncode == 2
        assert done.stderr == f"broadsheet: --format {form} needs --to with {what}\n"


def test_corrections_go_out_and_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    line = '{"action": "hide", "key": "monday", "value": "", "made": "2026-11-25T08:00:00+00:00"}\n'
    file = tmp_path / "names"
    file.write_text(line)
    done = broadsheet("import", file)
    assert (done.returncode, done.stdout) == (0, "corrections: 1 correction\n")
    assert broadsheet("export", "--format", "corrections").stdout == line
    target = tmp_path / "out"
    assert broadsheet("export", "--format", "corrections", "--to", target).returncode == 0
    monkeypatch.setenv("BROADSHEET_HOME", str(tmp_path / "another"))
    assert broadsheet("import", target).stdout == "corrections: 1 correction\n"
    assert broadsheet("import", target).stdout == "corrections: nothing new\n"
