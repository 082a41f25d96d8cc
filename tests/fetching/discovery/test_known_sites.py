"""`broadsheet add` on the addresses that people copy, before servers that answer as those sites do.

A proxy ends the TLS of all of them with a certificate of the test's own.
"""

import contextlib
import json
import socket
import ssl
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from io import BufferedIOBase
from pathlib import Path
from typing import Any

import pytest

from tests.cli.run import broadsheet
from tests.fetching.feeds.documents import atom, rss
from tests.fetching.http.tls import Certificate, make_certificate

CHANNEL = "UC" + "x" * 22
VIDEOS = "https://www.youtube.com/feeds/videos.xml"
HANDLE = f'<html><script>var d = {{"metadata":{{"externalId":"{CHANNEL}"}}}};</script></html>'
ALTERNATE = '<html><head><link rel="alternate" type="application/rss+xml" href="{}"></head></html>'


def feed(title: str) -> bytes:
    return rss("<item><title>One</title></item>", f"<title>{title}</title>")


def videos(title: str) -> bytes:
    return atom("<entry><id>1</id><title>One</title></entry>", f"<title>{title}</title>")


# What stands at which address; everything else is "not found".
SITES: dict[str, bytes] = {
    f"{VIDEOS}?channel_id={CHANNEL}": videos("A channel"),
    f"{VIDEOS}?playlist_id=PLabc": videos("A playlist"),
    "https://www.youtube.com/@someone": HANDLE.encode(),
    "https://www.reddit.com/r/news/.rss": videos("r/news"),
    "https://social.example/@someone.rss": feed("Someone"),
    "https://github.com/o/r/releases.atom": videos("Release notes"),
    "https://github.com/o/young/releases.atom": atom("", "<title>Release notes</title>"),
    "https://github.com/o/young/commits.atom": videos("Recent commits"),
    "https://letter.substack.com/": ALTERNATE.format("/feed").encode(),
    "https://letter.substack.com/feed": feed("A letter"),
    "https://medium.com/feed/@someone": feed("Stories by someone"),
    "https://bsky.app/profile/someone.example/rss": feed("@someone.example"),
    "https://lemmy.example/feeds/c/news.xml?sort=New": feed("Lemmy - news"),
    "https://forum.example/c/news": ALTERNATE.format("/c/news.rss").encode(),
    "https://forum.example/c/news.rss": feed("A forum"),
}
HOSTS = sorted({url.split("/")[2] for url in SITES})


class _Request(BaseHTTPRequestHandler):
    """The request inside the tunnel, answered from SITES."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        body = SITES.get(f"https://{self.headers['host']}{self.path}")
        self.send_response_only(200 if body is not None else 404)
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")


def tunnel(plain: socket.socket, context: ssl.SSLContext) -> None:
    """One CONNECT, and what comes through it."""
    with contextlib.suppress(OSError), plain:
        head: BufferedIOBase = plain.makefile("rb", 0)  # type: ignore[assignment]
        while head.readline().strip():
            pass
        plain.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        with context.wrap_socket(plain, server_side=True) as secure:
            _Request(secure, ("", 0), None)  # type: ignore[arg-type]


@contextlib.contextmanager
def proxy(certificate: Certificate) -> Iterator[str]:
    """A proxy behind which all of SITES is; gives its address."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate.file, certificate.key)
    listener = socket.create_server(("127.0.0.1", 0))

    def accept() -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = listener.accept()
                threading.Thread(target=tunnel, args=(client, context), daemon=True).start()

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


@pytest.fixture
def network(home: Path, tmp_path: Path) -> Iterator[None]:
    """Settings by which every request ends at SITES."""
    certificate = make_certificate(tmp_path, name=",".join(f"DNS:{host}" for host in HOSTS))
    with proxy(certificate) as address:
        file = home / "config" / "settings.toml"
        file.parent.mkdir(parents=True)
        file.write_text(
            f'[http]\nproxy = "{address}"\nca_file = "{certificate.file}"\n'
            "[entities]\nenabled = false\n"
        )
        yield


def test_what_people_copy_leads_to_a_feed(network: None) -> None:
    wanted = {
        f"https://www.youtube.com/channel/{CHANNEL}": (
            "A channel",
            f"{VIDEOS}?channel_id={CHANNEL}",
        ),
        "youtube.com/playlist?list=PLabc": ("A playlist", f"{VIDEOS}?playlist_id=PLabc"),
        "https://old.reddit.com/r/news": ("r/news", "https://www.reddit.com/r/news/.rss"),
        "@someone@social.example": ("Someone", "https://social.example/@someone.rss"),
        "github.com/o/r": ("Release notes", "https://github.com/o/r/releases.atom"),
        "github.com/o/young": ("Recent commits", "https://github.com/o/young/commits.atom"),
        "https://letter.substack.com/": ("A letter", "https://letter.substack.com/feed"),
        "https://medium.com/@someone/a-story": (
            "Stories by someone",
            "https://medium.com/feed/@someone",
        ),
        "https://bsky.app/profile/someone.example": (
            "@someone.example",
            "https://bsky.app/profile/someone.example/rss",
        ),
        "lemmy.example/c/news": (
            "Lemmy - news",
            "https://lemmy.example/feeds/c/news.xml?sort=New",
        ),
        "forum.example/c/news": ("A forum", "https://forum.example/c/news.rss"),
    }
    done = broadsheet("add", "--no-sync", *wanted)
    said = [line for line in done.stdout.splitlines() if not line.startswith("  also there")]
    assert (done.returncode, done.stderr) == (0, "")
    assert said == [f"subscribed to {title} <{url}>" for title, url in wanted.values()]


def test_a_channel_is_known_by_its_handle_too(network: None) -> None:
    first = broadsheet("add", "--no-sync", "https://www.youtube.com/@someone")
    assert first.stdout == f"subscribed to A channel <{VIDEOS}?channel_id={CHANNEL}>\n"
    again = broadsheet("add", "--no-sync", f"https://www.youtube.com/channel/{CHANNEL}")
    assert again.stdout.startswith("already subscribed to")
    feeds: list[dict[str, Any]] = [
        json.loads(line) for line in broadsheet("feeds", "--json").stdout.splitlines()
    ]
    assert len(feeds) == 1
