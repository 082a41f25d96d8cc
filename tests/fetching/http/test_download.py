"""Files to the disk: whole, resumed, begun anew, refused; never a wrong one under the right name."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.clock import Clock
from tests.loopback import Reply, Seen, serve
from tui.domain.errors import BrokenBody, FetchError, Gone, Unreachable
from tui.fetching.http.download import Downloads
from tui.settings import Duration, HttpSettings

BODY = bytes(range(256)) * 2000
ETAG = {"ETag": '"v1"'}


@pytest.fixture
async def downloads(clock: Clock) -> AsyncIterator[Downloads]:
    one = Downloads(HttpSettings(timeout=Duration(5)), {}, "Broadsheet/test", clock)
    yield one
    await one.close()


def whole(seen: Seen) -> Reply:
    """A server that knows ranges."""
    if seen.headers.get("if-range") == '"v1"':
        have = int(seen.headers["range"].removeprefix("bytes=").rstrip("-"))
        if have >= len(BODY):
            return Reply(b"", 416, {"Content-Range": f"bytes */{len(BODY)}"})
        rest = {"Content-Range": f"bytes {have}-{len(BODY) - 1}/{len(BODY)}"}
        return Reply(BODY[have:], 206, {**ETAG, **rest})
    return Reply(BODY, headers=ETAG)


def cut(seen: Seen) -> Reply:
    """A server that hangs up half-way."""
    return Reply(BODY[:1000], headers={**ETAG, "Content-Length": str(len(BODY))}, framed=False)


async def test_a_file_arrives_whole_and_nothing_else_stays(
    downloads: Downloads, tmp_path: Path
) -> None:
    told: list[tuple[int, int]] = []
    with serve(whole) as server:
        size = await downloads.save(
            f"{server.base}/a.mp3",
            tmp_path / "a.mp3",
            lambda done, total: told.append((done, total)),
        )
    assert size == len(BODY)
    assert (tmp_path / "a.mp3").read_bytes() == BODY
    assert told[-1] == (len(BODY), len(BODY))
    assert [file.name for file in tmp_path.iterdir()] == ["a.mp3"]


async def test_what_was_cut_goes_on_where_it_ended(downloads: Downloads, tmp_path: Path) -> None:
    file = tmp_path / "a.mp3"
    with serve(cut) as server, pytest.raises(FetchError):
        await downloads.save(f"{server.base}/a.mp3", file)
    assert not file.exists()
    with serve(whole) as server:
        await downloads.save(f"{server.base}/a.mp3", file)
        assert server.seen[0].headers["range"] == "bytes=1000-"
    assert file.read_bytes() == BODY
    assert [left.name for left in tmp_path.iterdir()] == ["a.mp3"]


async def test_a_part_that_is_the_whole_is_taken(downloads: Downloads, tmp_path: Path) -> None:
    (tmp_path / "a.mp3.part").write_bytes(BODY)
    (tmp_path / "a.mp3.part.validator").write_text('"v1"')
    with serve(whole) as server:
        assert await downloads.save(f"{server.base}/a.mp3", tmp_path / "a.mp3") == len(BODY)
    assert (tmp_path / "a.mp3").read_bytes() == BODY


async def test_another_file_of_that_name_begins_anew(downloads: Downloads, tmp_path: Path) -> None:
    (tmp_path / "a.mp3.part").write_bytes(b"of an older file")
    (tmp_path / "a.mp3.part.validator").write_text('"v0"')
    with serve(whole) as server:
        await downloads.save(f"{server.base}/a.mp3", tmp_path / "a.mp3")
        assert server.seen[0].headers["if-range"] == '"v0"'
    assert (tmp_path / "a.mp3").read_bytes() == BODY


async def test_a_wrong_part_is_thrown_away(downloads: Downloads, tmp_path: Path) -> None:
    def confused(seen: Seen) -> Reply:
        return Reply(b"xxx", 206, {"Content-Range": "bytes 5-7/8"})

    (tmp_path / "a.mp3.part").write_bytes(b"1234567")
    (tmp_path / "a.mp3.part.validator").write_text('"v1"')
    with serve(confused) as server, pytest.raises(BrokenBody, match="try again"):
        await downloads.save(f"{server.base}/a.mp3", tmp_path / "a.mp3")
    assert not (tmp_path / "a.mp3").exists() and not (tmp_path / "a.mp3.part").exists()


async def test_redirects_lead_there(downloads: Downloads, tmp_path: Path) -> None:
    def moved(seen: Seen) -> Reply:
        return whole(seen) if seen.path == "/b" else Reply(b"", 302, {"Location": "/b"})

    with serve(moved) as server:
        await downloads.save(f"{server.base}/a", tmp_path / "a.mp3")
    assert (tmp_path / "a.mp3").read_bytes() == BODY


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (Reply(b"no", 410), Gone),
        (Reply(BODY, headers={"Content-Encoding": "gzip"}), BrokenBody),
        (Reply(b"", 302, {"Location": "/a"}), FetchError),
        (Reply(b"", 302, {"Location": "file:///etc/passwd"}), FetchError),
    ],
)
async def test_what_is_no_file_leaves_none(
    downloads: Downloads, tmp_path: Path, reply: Reply, error: type[FetchError]
) -> None:
    with serve(lambda seen: reply) as server, pytest.raises(error):
        await downloads.save(f"{server.base}/a", tmp_path / "a.mp3")
    assert list(tmp_path.iterdir()) == []


async def test_addresses_that_are_none(downloads: Downloads, tmp_path: Path) -> None:
    with pytest.raises(Unreachable):
        await downloads.save("ftp://x.example/a.mp3", tmp_path / "a.mp3")


async def test_a_disk_that_does_not_take_it(downloads: Downloads, tmp_path: Path) -> None:
    with serve(whole) as server, pytest.raises(OSError, match="No such file"):
        await downloads.save(f"{server.base}/a", tmp_path / "nowhere" / "a.mp3")
