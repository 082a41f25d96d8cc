"""Cookies and passwords: who gets them, and who never does."""

import base64
import os
from pathlib import Path

import pytest

from tests.fetching.http.conftest import Make
from tests.loopback import Reply, Seen, serve
from tui.domain.errors import FetchError, Refused

FAR = "2147483647"


def cookie_file(folder: Path, *cookies: tuple[str, str, str]) -> Path:
    """A cookies.txt with (host, name, value)s, as browsers' extensions export it."""
    file = folder / "cookies.txt"
    lines = ["# Netscape HTTP Cookie File", ""]
    lines += [f"{host}\tFALSE\t/\tFALSE\t{FAR}\t{name}\t{value}" for host, name, value in cookies]
    file.write_text("\n".join(lines) + "\n")
    return file


def auth(seen: Seen) -> str:
    return seen.headers.get("authorization", "")


async def test_cookies_go_to_their_host_only(make: Make, tmp_path: Path) -> None:
    file = cookie_file(tmp_path, ("127.0.0.1", "sid", "mine"), ("example.org", "other", "x"))
    with serve(lambda _: Reply(b"x")) as server, serve(lambda _: Reply(b"x")) as named:
        fetcher = make(cookies=str(file))
        await fetcher.page(server.base)
        await fetcher.page(f"http://localhost:{named.port}/")
    assert server.seen[0].headers["cookie"] == "sid=mine"
    assert "cookie" not in named.seen[0].headers


async def test_a_feeds_own_cookie_file_counts_too(make: Make, tmp_path: Path) -> None:
    file = cookie_file(tmp_path, ("127.0.0.1", "sid", "mine"))
    with serve(lambda _: Reply(b"x")) as server:
        await make(feeds={server.base + "/feed": {"cookies": str(file)}}).page(server.base)
    assert server.seen[0].headers["cookie"] == "sid=mine"


async def test_a_feeds_own_headers_go_to_its_origin_only(make: Make) -> None:
    with serve(lambda _: Reply(b"x")) as other:
        away = Reply(status=302, headers={"Location": f"{other.base}/y"})
        with serve(lambda seen: away if seen.path == "/away" else Reply(b"x")) as server:
            options = {"user_agent": "Lynx", "header": "X-Key: a:b\nAccept-Language:  fr"}
            fetcher = make(feeds={f"{server.base}/feed": options})
            await fetcher.page(f"{server.base}/story")
            await fetcher.page(f"{server.base}/away")
            await fetcher.page(other.base)
    first, headers = server.seen[0].headers, [seen.headers for seen in other.seen]
    assert (first["user-agent"], first["x-key"], first["accept-language"]) == ("Lynx", "a:b", "fr")
    assert all("x-key" not in one and "Broadsheet" in one["user-agent"] for one in headers)


@pytest.mark.parametrize("header", ["no colon", "two words: x", ": x"])
async def test_a_header_that_is_none_says_so(make: Make, header: str) -> None:
    fetcher = make(feeds={"http://127.0.0.1:9/f": {"header": header}})
    with pytest.raises(FetchError, match="must be"):
        await fetcher.page("http://127.0.0.1:9/f")


async def test_devices_and_pipes_are_no_cookie_files(make: Make, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for file in ("/dev/zero", str(pipe), str(tmp_path)):
        with pytest.raises(FetchError, match=r"is no cookies\.txt") as caught:
            await make(cookies=file).page("http://127.0.0.1:9/")
        assert caught.value.reason == "cookies"


@pytest.mark.parametrize("text", ["not a cookie file\n", None])
async def test_a_cookie_file_that_is_none_says_so(
    make: Make, tmp_path: Path, text: str | None
) -> None:
    file = tmp_path / "cookies.txt"
    if text is not None:
        file.write_text(text)
    with (
        serve(lambda _: Reply(b"x")) as server,
        pytest.raises(FetchError, match=r"cookies\.txt") as caught,
    ):
        await make(cookies=str(file)).page(server.base)
    assert (caught.value.reason, server.seen) == ("cookies", [])


async def test_basic_and_bearer_from_a_command(make: Make) -> None:
    with serve(lambda _: Reply(b"x")) as basic, serve(lambda _: Reply(b"x")) as bearer:
        fetcher = make(
            feeds={
                basic.base + "/feed": {"password_command": "echo s3cret | head -1", "user": "me"},
                bearer.base + "/feed": {"password_command": "echo tok", "auth": "bearer"},
            }
        )
        await fetcher.page(basic.base + "/story")
        await fetcher.page(bearer.base + "/feed")
    assert auth(basic.seen[0]) == "Basic " + base64.b64encode(b"me:s3cret").decode()
    assert auth(bearer.seen[0]) == "Bearer tok"


async def test_the_command_runs_once(make: Make, tmp_path: Path) -> None:
    log = tmp_path / "log"
    with serve(lambda _: Reply(b"x")) as server:
        options = {"password_command": f"echo x >> {log}; echo pw"}
        fetcher = make(feeds={server.base: options})
        await fetcher.page(server.base + "/1")
        await fetcher.page(server.base + "/2")
    assert log.read_text().count("x") == 1


async def test_a_password_that_is_refused_is_asked_for_again(make: Make, tmp_path: Path) -> None:
    log = tmp_path / "log"
    with serve(lambda _: Reply(b"", 401)) as server:
        fetcher = make(feeds={server.base: {"password_command": f"echo x >> {log}; echo pw"}})
        for _ in range(2):
            with pytest.raises(Refused, match="did not accept"):
                await fetcher.page(server.base)
    assert log.read_text().count("x") == 2


async def test_without_a_password_401_says_how_to_set_one(make: Make) -> None:
    with (
        serve(lambda _: Reply(b"", 401)) as server,
        pytest.raises(Refused, match="password_command"),
    ):
        await make().page(server.base)


@pytest.mark.parametrize("command", ["exit 1", "true", "echo"])
async def test_a_command_without_a_password_says_so(make: Make, command: str) -> None:
    with (
        serve(lambda _: Reply(b"x")) as server,
        pytest.raises(FetchError, match="password_command gave no password"),
    ):
        await make(feeds={server.base: {"password_command": command}}).page(server.base)
    assert server.seen == []


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
async def test_nothing_of_the_users_follows_a_redirect_to_another_origin(
    make: Make, tmp_path: Path, name: str
) -> None:
    file = cookie_file(tmp_path, ("127.0.0.1", "sid", "mine"))
    with serve(lambda _: Reply(b"x")) as other:
        there = f"http://{name}:{other.port}/"
        with serve(lambda _: Reply(b"", 302, {"Location": there})) as server:
            fetcher = make(cookies=str(file), feeds={server.base: {"password_command": "echo pw"}})
            await fetcher.page(server.base)
    assert auth(server.seen[0]).startswith("Basic")
    assert server.seen[0].headers["cookie"] == "sid=mine"
    assert not {"authorization", "cookie", "referer"} & set(other.seen[0].headers)


async def test_cookies_set_on_the_way_do_not_go_elsewhere(make: Make) -> None:
    with serve(lambda _: Reply(b"x")) as other:
        headers = {"Location": other.base, "Set-Cookie": "track=1; Path=/"}
        with serve(lambda _: Reply(b"", 302, headers)) as server:
            await make().page(server.base)
    assert "cookie" not in other.seen[0].headers
