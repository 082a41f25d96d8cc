"""Files and commands as sources."""

import os
import time
from pathlib import Path

import pytest

from tests.clock import Clock
from tests.fetching.http.conftest import Make
from tui.domain.errors import FetchError, TooLarge
from tui.domain.feeds import Feed, Page, Unchanged
from tui.fetching.http.client import HttpFetcher


async def test_a_file_is_read_and_unchanged_until_it_changes(
    fetcher: HttpFetcher, tmp_path: Path
) -> None:
    file = tmp_path / "my feed.xml"
    file.write_bytes(b"<rss/>")
    url = file.as_uri()
    page = await fetcher.feed(Feed(1, url))
    assert isinstance(page, Page)
    assert (page.body, page.url) == (b"<rss/>", url)
    known = Feed(1, url, validators=page.validators)
    assert isinstance(await fetcher.feed(known), Unchanged)
    os.utime(file, (0, 0))
    assert isinstance(await fetcher.feed(known), Page)


async def test_a_file_that_is_not_there_says_so(fetcher: HttpFetcher, tmp_path: Path) -> None:
    with pytest.raises(FetchError, match="No such file"):
        await fetcher.feed(Feed(1, (tmp_path / "none.xml").as_uri()))


async def test_devices_and_pipes_are_no_feeds(fetcher: HttpFetcher, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path in (pipe, Path("/dev/zero"), tmp_path):
        with pytest.raises(FetchError, match="no file that can be read"):
            await fetcher.feed(Feed(1, path.as_uri()))


async def test_a_file_beyond_the_limit_is_refused(make: Make, tmp_path: Path) -> None:
    file = tmp_path / "large.xml"
    file.write_bytes(b"x" * 1001)
    with pytest.raises(TooLarge):
        await make(limit=1000).feed(Feed(1, file.as_uri()))


async def test_a_commands_output_is_the_document(fetcher: HttpFetcher, clock: Clock) -> None:
    page = await fetcher.feed(Feed(1, "exec:printf '<rss>%s</rss>' $((6 * 7)) | cat"))
    assert isinstance(page, Page)
    assert (page.body, page.fetched) == (b"<rss>42</rss>", clock())


async def test_a_command_that_fails_says_what_it_said(fetcher: HttpFetcher) -> None:
    with pytest.raises(FetchError, match="status 3: no luck") as caught:
        await fetcher.feed(Feed(1, "exec:echo no luck >&2; exit 3"))
    assert caught.value.reason == "exec"


async def test_a_command_never_waits_for_the_terminal(fetcher: HttpFetcher) -> None:
    page = await fetcher.feed(Feed(1, "exec:cat; echo done"))
    assert isinstance(page, Page)
    assert page.body == b"done\n"


async def test_a_command_that_hangs_ends_with_all_that_it_started(
    make: Make, tmp_path: Path
) -> None:
    pids = tmp_path / "pids"
    with pytest.raises(FetchError, match="longer than 1 s"):
        await make(timeout=1).feed(Feed(1, f"exec:sleep 60 & echo $! > {pids}; wait"))
    assert _ended(int(pids.read_text()))


async def test_a_command_that_never_stops_talking_is_ended(make: Make) -> None:
    with pytest.raises(TooLarge):
        await make(limit=100_000).feed(Feed(1, "exec:yes"))


async def test_endless_error_output_does_no_harm(fetcher: HttpFetcher) -> None:
    page = await fetcher.feed(Feed(1, "exec:head -c 5000000 /dev/zero >&2; echo fine"))
    assert isinstance(page, Page)
    assert page.body == b"fine\n"


def _ended(pid: int) -> bool:
    """True when the process is gone, or waits as a zombie for a parent that is not us."""
    for _ in range(100):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        except FileNotFoundError:
            return True
        if state == "Z":
            return True
        time.sleep(0.05)
    return False
