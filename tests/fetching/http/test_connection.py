"""TLS, HTTP/2, proxies: with real ones."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fetching.http.conftest import Make
from tests.fetching.http.tls import make_certificate, serve_tls
from tests.loopback import Reply, free_port, serve
from tui.domain.errors import FetchError, Unreachable
from tui.domain.feeds import Feed, Page


async def test_http2_is_spoken_where_the_server_can(make: Make, tmp_path: Path) -> None:
    certificate = make_certificate(tmp_path)
    with serve_tls(certificate) as server:
        fetcher = make(ca_file=str(certificate.file))
        page = await fetcher.feed(Feed(1, server.base + "/a"))
        await fetcher.page(server.base + "/b")
        await fetcher.close()
    assert isinstance(page, Page)
    assert (page.body, page.validators.etag) == (b"hello", '"2"')
    assert server.protocols == ["h2"]
    assert server.streams == [(1, "/a"), (3, "/b")]


async def test_a_certificate_of_nobodys_is_refused_with_its_reason(
    make: Make, tmp_path: Path
) -> None:
    with (
        serve_tls(make_certificate(tmp_path)) as server,
        pytest.raises(Unreachable, match=r"signed by itself; http\.ca_file") as caught,
    ):
        await make().page(server.base)
    assert caught.value.reason == "certificate"
    assert server.streams == []


async def test_a_certificate_for_another_name_is_refused(make: Make, tmp_path: Path) -> None:
    certificate = make_certificate(tmp_path, name="DNS:example.org")
    with (
        serve_tls(certificate) as server,
        pytest.raises(Unreachable, match=r"another (address|host name)"),
    ):
        await make(ca_file=str(certificate.file)).page(server.base)


async def test_http_on_a_tls_port_and_the_reverse_say_so(make: Make, tmp_path: Path) -> None:
    with (
        serve(lambda _: Reply(b"x")) as plain,
        pytest.raises(Unreachable, match="No secure connection") as caught,
    ):
        await make().page(f"https://127.0.0.1:{plain.port}/")
    assert caught.value.reason == "tls"


async def test_a_ca_file_that_is_none_says_so(make: Make, tmp_path: Path) -> None:
    file = tmp_path / "ca.pem"
    file.write_text("nothing")
    with pytest.raises(FetchError, match=r"ca\.pem holds no certificate"):
        await make(ca_file=str(file)).page("http://127.0.0.1:1/")


async def test_a_proxy_of_the_settings_gets_the_request(make: Make) -> None:
    with serve(lambda _: Reply(b"from the proxy")) as proxy:
        page = await make(proxy=proxy.base).page("http://news.invalid/story")
    assert page.body == b"from the proxy"
    assert proxy.paths() == ["http://news.invalid/story"]


async def test_a_proxy_of_the_environment_counts_and_no_proxy_too(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serve(lambda _: Reply(b"proxy")) as proxy, serve(lambda _: Reply(b"direct")) as server:
        monkeypatch.setenv("http_proxy", proxy.base)
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        fetcher = make()
        assert (await fetcher.page("http://news.invalid/")).body == b"proxy"
        assert (await fetcher.page(server.base)).body == b"direct"


async def test_a_feeds_own_proxy_counts_for_its_site(make: Make) -> None:
    with (
        serve(lambda _: Reply(b"own")) as own,
        serve(lambda _: Reply(b"usual")) as usual,
        serve(lambda _: Reply(b"direct")) as server,
    ):
        feeds = {
            "http://news.invalid/feed": {"proxy": own.base},
            f"{server.base}/feed": {"proxy": "none"},
            "http://broken:99999999/": {"proxy": own.base},
        }
        fetcher = make(proxy=usual.base, feeds=feeds)
        bodies = [
            (await fetcher.page(url)).body
            for url in ("http://news.invalid/story", "http://other.invalid/", server.base)
        ]
    assert bodies == [b"own", b"usual", b"direct"]


@pytest.mark.parametrize("proxy", ["ftp://x", "nonsense", "http://[::1"])
async def test_a_proxy_that_is_none_says_so(make: Make, proxy: str) -> None:
    with pytest.raises(FetchError, match="must begin with") as caught:
        await make(proxy=proxy).page("http://127.0.0.1:1/")
    assert caught.value.reason == "settings"


async def test_a_proxy_that_is_down_is_not_blamed_on_the_network(make: Make) -> None:
    with pytest.raises(Unreachable) as caught:
        await make(proxy=f"socks5://127.0.0.1:{free_port()}").page("http://news.invalid/")
    assert caught.value.reason in ("proxy", "refused")


@pytest.mark.parametrize("scheme", ["socks5", "socks5h"])
async def test_socks_lets_the_proxy_look_up_the_name(make: Make, scheme: str) -> None:
    with serve(lambda _: Reply(b"through")) as server, socks(server.port) as (port, asked):
        page = await make(proxy=f"{scheme}://127.0.0.1:{port}").page("http://news.invalid/x")
    assert page.body == b"through"
    assert asked == ["news.invalid:80"]
    assert server.paths() == ["/x"]


async def test_a_name_that_does_not_exist_says_so(make: Make) -> None:
    with pytest.raises(Unreachable, match=r"nothing\.invalid") as caught:
        await make().page("http://nothing.invalid/")
    assert caught.value.reason in ("name", "network")


async def test_a_refused_connection_says_so(make: Make) -> None:
    with pytest.raises(Unreachable, match="no server there now") as caught:
        await make().page(f"http://127.0.0.1:{free_port()}/")
    assert caught.value.reason == "refused"


@pytest.mark.parametrize(
    "url",
    [
        "http://[bad/",
        "http://127.0.0.1:99999/",
        "gopher://x/",
        "http:///",
        "http://a..b/",
        "http://u:p@127.0.0.1/",
    ],
)
async def test_what_is_no_address_says_so(make: Make, url: str) -> None:
    with pytest.raises(FetchError):
        await make().page(url)


async def test_a_kept_connection_that_the_server_ended_is_made_anew(make: Make) -> None:
    with fickle() as (base, requests):
        fetcher = make()
        for number in range(4):
            assert (await fetcher.page(f"{base}/{number}")).body == b"ok"
    assert requests == ["/0", "/1 unanswered", "/1", "/2 unanswered", "/2", "/3 unanswered", "/3"]


@contextlib.contextmanager
def fickle() -> Iterator[tuple[str, list[str]]]:
    """A server that answers one request on each connection, and ends it at the second."""
    listener = socket.create_server(("127.0.0.1", 0))
    requests: list[str] = []

    def work() -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            with client:
                for said in ("", " unanswered"):
                    head = client.recv(65536).decode()
                    if not head:
                        break
                    requests.append(head.split()[1] + said)
                    if not said:
                        client.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", requests
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)


@contextlib.contextmanager
def socks(target: int) -> Iterator[tuple[int, list[str]]]:
    """A SOCKS 5 proxy for one connection (RFC 1928), that leads everything to port `target`."""
    listener = socket.create_server(("127.0.0.1", 0))
    asked: list[str] = []

    def work() -> None:
        client, _ = listener.accept()
        with client:
            client.recv(262)
            client.sendall(b"\x05\x00")
            request = client.recv(262)
            length = request[4]
            name = request[5 : 5 + length].decode()
            asked.append(f"{name}:{int.from_bytes(request[5 + length : 7 + length], 'big')}")
            client.sendall(b"\x05\x00\x00\x01\x7f\x00\x00\x01\x00\x00")
            with socket.create_connection(("127.0.0.1", target)) as upstream:
                upstream.sendall(client.recv(65536))
                client.sendall(upstream.recv(65536))

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1], asked
    finally:
        listener.close()
        thread.join(5)
