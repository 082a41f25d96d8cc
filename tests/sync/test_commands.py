"""`broadsheet sync`, `feeds` and `pack` as a user and a cron job run them."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli.run import broadsheet
from tests.clock import Clock
from tests.loopback import Loopback, Reply, Seen, free_port, serve
from tests.sync.rooms import library, rss
from tests.terminal import Terminal
from tui import resources
from tui.cli import parser
from tui.domain.editions import Edition
from tui.domain.events import FeedDone, SyncFinished, SyncStarted, from_json
from tui.domain.feeds import FeedState
from tui.sync.client import EngineClient
from tui.sync.lock import only_sync

STORY = b"<!doctype html><html><body><article><h1>e</h1>" + b"<p>A story of some words. </p>" * 60


@pytest.fixture(autouse=True)
def quick(home: Path) -> None:
    """No model: names are the business of others."""
    (home / "config").mkdir(parents=True)
    (home / "config" / "settings.toml").write_text("[entities]\nenabled = false\n")


def answer(seen: Seen) -> Reply:
    name = seen.path.strip("/")
    if name.startswith("feed"):
        return Reply(rss(("e", datetime.now(UTC))).replace(b"News", f"News {name}".encode()))
    return Reply(b"", 404) if name == "missing" else Reply(STORY)


@pytest.fixture
def server() -> Iterator[Loopback]:
    with serve(answer) as one:
        yield one


def subscribe(*urls: str) -> None:
    with library(Clock()) as (shelf, _):
        for url in urls:
            shelf.subscribe(url)


def test_a_round_prints_a_line_a_feed_and_a_sum(server: Loopback) -> None:
    subscribe(server.base + "/feed1", server.base + "/feed2")
    done = broadsheet("sync")
    lines = done.stdout.splitlines()
    assert sorted(lines[:2]) == ["News feed1: 1 new", "News feed2: 1 new"]
    assert lines[2].startswith("2 feeds, 2 new, 2 articles, ")
    assert (done.returncode, done.stderr) == (0, "")
    again = broadsheet("sync", "--all")
    assert "News feed1: 0 new" in again.stdout


def test_what_failed_is_said_and_the_rest_is_done(server: Loopback) -> None:
    subscribe(server.base + "/feed", server.base + "/missing")
    done = broadsheet("sync", "--quiet", "--no-articles")
    assert (done.returncode, done.stdout) == (1, "")
    assert "has nothing at this address (404)" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_json_is_events(server: Loopback) -> None:
    subscribe(server.base + "/feed")
    done = broadsheet("sync", "--json", "--no-articles")
    events = [from_json(line) for line in done.stdout.splitlines()]
    assert events[0] == SyncStarted(1, 0)
    assert isinstance(events[-1], SyncFinished)
    assert any(isinstance(event, FeedDone) and event.new == 1 for event in events)


def test_only_the_feeds_that_are_named(server: Loopback) -> None:
    subscribe(server.base + "/feed1", server.base + "/feed2")
    done = broadsheet("sync", "--no-articles", "feed2")
    assert done.stdout.splitlines()[0] == "News feed2: 1 new"
    wrong = broadsheet("sync", "feed9")
    assert (wrong.returncode, "no feed is called" in wrong.stderr) == (1, True)


def test_exit_statuses_of_lock_and_network(server: Loopback) -> None:
    port = free_port()
    subscribe(*(f"http://127.{n}.0.1:{port}/feed" for n in range(3)))
    offline = broadsheet("sync")
    assert (offline.returncode, "offline" in offline.stderr) == (5, True)
    assert broadsheet("--offline", "sync").returncode == 5
    with library(Clock()) as (_, paths), only_sync(paths.sync_lock):
        locked = broadsheet("sync")
    assert locked.returncode == 4
    assert str(os.getpid()) in locked.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_round_and_keeps_what_is_done(number: int) -> None:
    def slowly(seen: Seen) -> Reply:
        return Reply(rss(("e", None)), delay=60 if seen.path == "/slow" else 0)

    with serve(slowly) as quick_one, serve(slowly) as slow_one:
        subscribe(quick_one.base + "/quick", slow_one.base + "/slow")
        process = subprocess.Popen(
            [sys.executable, "-m", "tui", "sync", "--no-articles"],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        assert process.stdout.readline() == "News: 1 new\n"
        process.send_signal(number)
        rest, _ = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "interrupted, what was done is kept" in rest
    with library(Clock()) as (shelf, _):
        states = {feed.url: feed.state for feed in shelf.feeds()}
    assert states[quick_one.base + "/quick"] is FeedState.OK
    assert states[slow_one.base + "/slow"] is FeedState.NEW


def test_feeds_are_listed_the_worst_first(server: Loopback) -> None:
    subscribe(server.base + "/feed", server.base + "/missing")
    broadsheet("sync", "--no-articles")
    lines = broadsheet("feeds").stdout.splitlines()
    assert "failing" in lines[1]
    assert "(404)" in lines[2]
    assert "Since" in lines[2]
    assert "ok" in lines[4]
    first, second = map(json.loads, broadsheet("feeds", "--json").stdout.splitlines())
    assert (first["state"], second["state"], second["unread"]) == ("failing", "ok", 1)
    assert first["since"].endswith("+00:00")
    assert datetime.fromisoformat(first["nextTry"]) > datetime.now(UTC)


def test_only_feeds_with_errors_are_listed_and_the_doctor_counts_them() -> None:
    def hostile(seen: Seen) -> Reply:
        if seen.path == "/well":
            return Reply(rss(("e", None)))
        return Reply(b"", 404) if seen.path == "/gone" else Reply(rss(("e", None))[:-10])

    with serve(hostile) as server:
        subscribe(*(f"{server.base}/{name}" for name in ("well", "gone", "cut")))
        said = broadsheet("sync", "--no-articles").stdout
        broadsheet("sync", "--no-articles", "--all", "--quiet")
    assert "News: 1 new; the feed is damaged: " in said
    listed = broadsheet("feeds", "--errors").stdout
    assert f"{server.base}/gone" in listed
    assert f"{server.base}/well" not in listed
    assert ", 2 tries." in listed
    assert "the feed is damaged: " in listed
    rows = [
        json.loads(line) for line in broadsheet("feeds", "--errors", "--json").stdout.splitlines()
    ]
    assert [(row["state"], row["errors"]) for row in rows] == [("failing", 2), ("ok", 0)]
    doctor = broadsheet("--offline", "doctor").stdout
    assert "1 failing, 1 damaged" in doctor


def test_a_feed_can_be_changed_from_the_command_line(server: Loopback) -> None:
    subscribe(server.base + "/feed", server.base + "/missing")
    broadsheet("sync", "--no-articles")
    assert "now called Mine" in broadsheet("feeds", "--rename", "1", "Mine").stdout
    assert "now in World" in broadsheet("feeds", "--move", "Mine", "World").stdout
    assert "due now" in broadsheet("feeds", "--retry", "missing").stdout
    broadsheet("sync", "--no-articles")
    assert server.paths().count("/missing") == 2
    assert server.paths().count("/feed") == 1
    assert "Unsubscribed from" in broadsheet("feeds", "--remove", "missing").stdout
    (feed,) = map(json.loads, broadsheet("feeds", "--json").stdout.splitlines())
    assert (feed["title"], feed["folder"]) == ("Mine", "World")


def test_a_feed_rests_until_it_is_woken(server: Loopback) -> None:
    subscribe(server.base + "/feed")
    assert "not fetched any more" in broadsheet("feeds", "--pause", "1").stdout
    assert broadsheet("sync", "--all").stdout.startswith("0 feeds")
    assert json.loads(broadsheet("feeds", "--json").stdout)["state"] == "paused"
    broadsheet("feeds", "--resume", "1")
    assert broadsheet("sync").stdout.splitlines()[-1].startswith("1 feed, 1 new")


def test_a_server_without_a_password_is_said_once(home: Path) -> None:
    with (home / "config" / "settings.toml").open("a") as settings:
        settings.write('[server]\nurl = "http://127.0.0.1:9/"\nuser = "me"\n')
    done = broadsheet("sync", "--quiet")
    (line,) = done.stderr.splitlines()
    assert line.startswith("Server: the settings have no password_command for it. ")


def test_without_feeds_it_says_how_to_begin() -> None:
    done = broadsheet("feeds")
    assert (done.returncode, "broadsheet add URL" in done.stdout) == (0, True)


def test_a_pack_names_what_is_missing_and_travels_in_a_file(
    server: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    subscribe(server.base + "/feed")
    file = tmp_path / "train.zip"
    done = broadsheet("pack", "--for", "1h", "--to", str(file))
    assert done.returncode == 0, done.stderr
    assert "1 of 1 ready; " in done.stdout
    assert f"{file}: 1 entries, 0 pictures" in done.stdout
    other = tmp_path / "other"
    taken = broadsheet("import", str(file), BROADSHEET_HOME=str(other))
    assert taken.returncode == 0, taken.stderr
    monkeypatch.setenv("BROADSHEET_HOME", str(other))
    with library(Clock()) as (shelf, _):
        (headline,) = shelf.window(Edition(), 0, 5).headlines
    assert headline.text_here


def test_a_pack_of_unclear_size_is_refused() -> None:
    done = broadsheet("pack", "--max", "large")
    assert (done.returncode, "expected a size" in done.stderr) == (2, True)


async def test_the_engine_of_the_command_line_serves_its_client(server: Loopback) -> None:
    subscribe(server.base + "/feed")
    client = EngineClient()
    heard = []
    stream = client.events()

    async def listen(until: Callable[[object], bool]) -> None:
        async with asyncio.timeout(60):
            async for event in stream:
                heard.append(event)
                if until(event):
                    return

    listening = asyncio.ensure_future(listen(lambda event: isinstance(event, SyncFinished)))
    await asyncio.sleep(0)
    client.sync()
    await listening
    await client.close()
    finished = heard[-1]
    assert isinstance(finished, SyncFinished)
    assert (finished.new, finished.articles) == (1, 1)


def test_the_systemd_units_run_a_command_that_exists() -> None:
    unit = resources.read_text("systemd/broadsheet-sync.service")
    (line,) = [line for line in unit.splitlines() if line.startswith("ExecStart=")]
    args = parser.build().parse_args(line.split()[1:])
    assert (args.command, args.quiet) == ("sync", True)
    assert "SuccessExitStatus=1 4 5" in unit
    assert "[Timer]" in resources.read_text("systemd/broadsheet-sync.timer")


@pytest.mark.pty
def test_on_a_terminal_there_is_a_bar_and_failures_stand_above_it() -> None:
    def hostile(seen: Seen) -> Reply:
        if seen.path == "/bad":
            return Reply(b"", 500)
        return Reply(
            rss(("e", None)).replace(b"News", b"[red]&#27;]52;c;aGk=&#7;[/b] News"), delay=0.3
        )

    with serve(hostile) as one:
        subscribe(one.base + "/feed", one.base + "/bad")
        with Terminal([sys.executable, "-m", "tui", "sync", "--no-articles"]) as terminal:
            terminal.wait_for("2 feeds, 1 new")
            assert "(500)" in terminal.text()
            assert terminal.wait_for_end() == 1
            assert b"\x1b]52" not in terminal.raw
            assert b"2/2" in terminal.raw
