"""`broadsheet demo`: the sample edition through the real pipeline, in a home that goes away."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.cli.run import broadsheet
from tests.terminal import Terminal
from tui.cli import sample_server


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A prepared sample edition, shared by the tests that only look."""
    folder = tmp_path_factory.mktemp("demo") / "kept"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BROADSHEET_HOME", str(folder.parent / "other"))
        done = broadsheet("demo", "--keep", str(folder), "--prepare")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"17 articles; `broadsheet demo --keep {folder}` opens them\n"
    assert not (folder.parent / "other").exists(), "the user's own home is not touched"
    return folder


def entries(home: Path, query: str = "") -> list[dict[str, object]]:
    done = broadsheet("export", "--format", "jsonl", "--query", query, BROADSHEET_HOME=str(home))
    assert done.returncode == 0
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.model
def test_all_of_the_edition_is_ready_to_read(kept: Path) -> None:
    found = entries(kept)
    assert len(found) == 17
    assert {entry["folder"] for entry in found} == {
        "World", "Politics", "Business", "Science", "Culture",
    }  # fmt: skip
    for entry in found:
        assert entry["article"], entry["title"]
        assert {urlsplit(str(entry[name])).hostname for name in ("feed", "url")} == {"127.0.0.1"}


@pytest.mark.model
def test_the_articles_are_the_stories_alone(kept: Path) -> None:
    for entry in entries(kept):
        text = str(entry["text"])
        for mess in ("847 partners", "Most read", "harbourseal44", "Sign up", "All people in this"):
            assert mess not in text, entry["title"]
        assert len(text) > 60


@pytest.mark.model
def test_a_second_start_knows_its_feeds_and_fetches_nothing_anew(kept: Path) -> None:
    before = {str(entry["feed"]) for entry in entries(kept)}
    done = broadsheet("demo", "--keep", str(kept), "--prepare")
    assert (done.returncode, done.stderr) == (0, "")
    after = entries(kept)
    assert len(after) == 17
    assert {str(entry["feed"]) for entry in after} == before
    assert len(before) == len(sample_server.feeds())


@pytest.mark.model
def test_names_are_one_across_the_edition(kept: Path) -> None:
    named: dict[str, int] = {}
    for entry in entries(kept):
        recognition = entry["recognition"]
        assert isinstance(recognition, dict)
        for entity in recognition["entities"]:
            named[entity["name"]] = named.get(entity["name"], 0) + 1
    for name, articles in {
        "Ingrid Solheim": 5,
        "Pieter van Houten": 5,
        "European Commission": 4,
    }.items():
        assert named[name] >= articles - 1, name


def test_a_throw_away_home_is_gone_at_the_end(tmp_path: Path) -> None:
    """Without a terminal the reader refuses to open; its home goes all the same."""
    done = broadsheet("demo", TMPDIR=str(tmp_path))
    assert done.returncode == 1
    assert "the reader needs a terminal" in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM, signal.SIGINT])
def test_it_is_gone_too_when_we_are_told_to_end(tmp_path: Path, number: int) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "tui", "demo"],
        env=os.environ | {"TMPDIR": str(tmp_path)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while not any(tmp_path.glob("broadsheet-demo-*/data/library.db")):
        assert process.poll() is None
    process.send_signal(number)
    assert process.wait() in (128 + number, 1), "ended, by us or by itself"
    assert list(tmp_path.glob("broadsheet-demo-*")) == []


def test_prepare_needs_a_place_to_stay() -> None:
    done = broadsheet("demo", "--prepare")
    assert done.returncode == 2
    assert done.stderr.startswith("broadsheet: --prepare needs --keep FOLDER")


def test_no_room_for_a_home_is_said() -> None:
    done = broadsheet("demo", "--keep", "/dev/null/x", "--prepare")
    assert done.returncode == 1
    assert done.stderr == (
        "broadsheet: /dev/null/x can't be made (Not a directory); "
        "--keep FOLDER names another place\n"
    )


@pytest.mark.pty
def test_it_opens_reads_and_leaves_nothing(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tui", "demo"]
    with Terminal(command, columns=80, environment={"TMPDIR": str(tmp_path)}) as terminal:
        terminal.wait_for("Nine countries agree")
        assert len(list(tmp_path.glob("broadsheet-demo-*"))) == 1
        terminal.press("enter")
        terminal.wait_for("Clara Whitlow")
        terminal.press("Q")
        assert terminal.wait_for_end() == 0
    assert list(tmp_path.glob("broadsheet-demo-*")) == []
