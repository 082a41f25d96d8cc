"""A real Miniflux, started by `.ci/run` (or by hand: `.ci/miniflux start FOLDER`), for tests."""

import os
import re
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest

ADMIN = ("admin", "test123456")


class Miniflux:
    """One user of a running Miniflux, whose Google Reader API is switched on."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.user = f"reader{secrets.token_hex(4)}"
        self.password = "a password of 16"
        self.api = httpx.Client(base_url=base, auth=ADMIN)
        self._create()
        self.api.auth = httpx.BasicAuth(self.user, self.password)

    def _create(self) -> None:
        account = {"username": self.user, "password": self.password}
        self.api.post("/v1/users", json=account).raise_for_status()
        with httpx.Client(base_url=self.base, follow_redirects=True) as browser:
            sign_in = {**_csrf(browser.get("/").text), **account}
            browser.post("/login", data=sign_in).raise_for_status()
            wanted = {
                **_csrf(browser.get("/integrations").text),
                "googlereader_enabled": "1",
                "googlereader_username": self.user,
                "googlereader_password": self.password,
            }
            browser.post("/integration", data=wanted).raise_for_status()

    def subscribe(self, url: str) -> None:
        """Let it fetch a feed now."""
        categories = self.api.get("/v1/categories").json()
        body = {"feed_url": url, "category_id": categories[0]["id"]}
        self.api.post("/v1/feeds", json=body).raise_for_status()

    def entries(self) -> dict[str, dict[str, object]]:
        """Its entries by title."""
        found = self.api.get("/v1/entries", params={"limit": 1000}).json()["entries"]
        return {entry["title"]: entry for entry in found}

    def mark(self, title: str, status: str) -> None:
        """Set "read" or "unread" as its web page would."""
        body = {"entry_ids": [self.entries()[title]["id"]], "status": status}
        self.api.put("/v1/entries", json=body).raise_for_status()

    def star(self, title: str) -> None:
        """Turn the star of an entry over."""
        number = self.entries()[title]["id"]
        self.api.put(f"/v1/entries/{number}/bookmark").raise_for_status()


def _csrf(page: str) -> dict[str, str]:
    found = re.search(r'name="csrf" value="([^"]+)"', page)
    assert found, page[:300]
    return {"csrf": found[1]}


@pytest.fixture
def miniflux() -> Iterator[Miniflux]:
    """A fresh user; skips where no Miniflux runs."""
    base = os.environ.get("BROADSHEET_TEST_MINIFLUX")
    if not base:
        pytest.skip("no Miniflux: BROADSHEET_TEST_MINIFLUX is not set (.ci/miniflux starts one)")
    server = Miniflux(base)
    yield server
    server.api.close()


@contextmanager
def feed_of(count: int) -> Iterator[str]:
    """A feed with `count` entries ("Entry 0" is the oldest) on loopback; yields its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            assert isinstance(self.server, ThreadingHTTPServer)
            base = f"http://127.0.0.1:{self.server.server_port}"
            items = "".join(
                f"<item><title>Entry {n}</title><link>{base}/entry/{n}</link>"
                f"<guid>entry-{n}</guid><description>Text {n}.</description>"
                f"<pubDate>Mon, 0{n % 9 + 1} Jun 2026 08:{n % 60:02}:00 GMT</pubDate></item>"
                for n in range(count)
            )
            body = (
                '<?xml version="1.0"?><rss version="2.0"><channel><title>Loopback</title>'
                f"<link>{base}/</link><description>For tests</description>{items}</channel></rss>"
            ).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/rss+xml")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Tests are quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/feed.xml"
        server.shutdown()
        thread.join()
