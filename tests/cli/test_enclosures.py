"""`broadsheet enclosures`: listed, downloaded once under names that are safe, and what fails."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.run import broadsheet
from tests.loopback import Loopback, Reply, Seen, serve

FEED = """<rss version="2.0"><channel><title>Radio / Norrvik</title>
<item><title>../../First: "hour"</title><guid>1</guid><pubDate>Tue, 24 Nov 2026 08:00:00 GMT</pubDate>
<enclosure url="BASE/one.mp3?token=x" type="audio/mpeg" length="2500000"/>
<enclosure url="BASE/two" type="video/mp4"/></item>
<item><title>Second</title><guid>2</guid><pubDate>Mon, 23 Nov 2026 08:00:00 GMT</pubDate>
<enclosure url="BASE/gone.mp3" type="audio/mpeg"/></item>
<item><title>Text only</title><guid>3</guid></item>
</channel></rss>"""


@pytest.fixture
def radio() -> Iterator[Loopback]:
    def answer(seen: Seen) -> Reply:
        if seen.path == "/feed":
            return Reply(FEED.replace("BASE", f"http://{seen.host}").encode())
        return Reply(b"gone", 404) if "gone" in seen.path else Reply(seen.path.encode() * 1000)

    with serve(answer) as server:
        assert broadsheet("add", "--no-sync", f"{server.base}/feed").returncode == 0
        assert broadsheet("sync", "--no-articles", "--quiet").returncode == 0
        yield server


def test_they_are_listed(radio: Loopback) -> None:
    done = broadsheet("enclosures")
    first, second, third = done.stdout.splitlines()
    assert first.startswith("2026-11-24     2.5 MB  ")
    assert first.endswith(f"{radio.base}/one.mp3?token=x")
    assert second.endswith("/two") and third.endswith("/gone.mp3")
    values = [json.loads(line) for line in broadsheet("enclosures", "--json").stdout.splitlines()]
    assert [(v["title"], v["type"], v["length"]) for v in values][1:] == [
        ('../../First: "hour"', "video/mp4", None),
        ("Second", "audio/mpeg", None),
    ]
    assert broadsheet("enclosures", "--limit", "1").stdout == f"{first}\n"
    assert broadsheet("enclosures", "--query", "is:read").stdout == ""


def test_they_are_downloaded_once(radio: Loopback, tmp_path: Path) -> None:
    folder = tmp_path / "Podcasts"
    done = broadsheet("enclosures", "--to", str(folder))
    assert done.returncode == 1
    assert f"{radio.base}/gone.mp3: " in done.stderr and done.stderr.count("\n") == 1
    files = sorted(str(file.relative_to(folder)) for file in folder.rglob("*.*"))
    assert len(files) == 2
    assert all(file.startswith("Radio - Norrvik/2026-11-24 ") for file in files)
    assert [Path(file).suffix for file in files] == [".mp3", ".mp4"]
    assert (folder / files[0]).read_bytes() == b"/one.mp3?token=x" * 1000
    before = len(radio.seen)
    again = broadsheet("enclosures", "--to", str(folder), "--query", "title:first")
    assert again.returncode == 0
    assert again.stdout.count("is here already") == 2
    assert len(radio.seen) == before


def test_a_folder_that_cannot_be(radio: Loopback, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = broadsheet("enclosures", "--to", str(tmp_path / "file"), "--limit", "1")
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1 and "can't write" in done.stderr


def test_offline_and_downloading_exclude_each_other() -> None:
    assert broadsheet("--offline", "enclosures", "--to", "x").returncode == 5
