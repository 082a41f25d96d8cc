"""What a feed puts into its titles and pages never reaches the terminal as a command, and never
becomes markup or an action."""

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.terminal import Terminal

pytestmark = pytest.mark.pty

BROADSHEET = str(Path(sys.executable).parent / "broadsheet")
ATTACKS = {
    "esc": "Esc \x1b[2J\x1b[31mred",
    "osc52": "Clip \x1b]52;c;ZXZpbA==\x07board",
    "c1": "C1 \x9b31m\x9d52;c;ZXZpbA==\x9c here",
    "title": "Window \x1b]0;pwned\x07title",
    "dcs": "Dcs \x1bP+q544e\x1b\\ here",
    "bidi": "Bidi \u202egnp.exe\u2066 \u200fhere",
    "markup": "Markup [TODO] [/b] [@click=app.quit]quit[/] [red]x",
    "report": "Report \x1b[6n\x1b[c\x1b[5n here",
}
# XML can't carry most controls; feeds of the real world do it by references and in JSON.
_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Evil \x1b]0;feed\x07 feed",
}


class Server(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        import json

        host = self.headers["Host"]
        if self.path == "/feed.json":
            entries = [
                {"id": name, "title": title, "url": f"http://{host}/{name}", "content_text": title}
                for name, title in ATTACKS.items()
            ]
            kind, body = "application/feed+json", json.dumps({**_FEED, "items": entries})
        else:
            attack = ATTACKS.get(self.path.strip("/"), "")
            text = "".join(f"<p>{attack} {attack} says paragraph {n}.</p>" for n in range(9))
            kind, body = "text/html", f"<title>{attack}</title><article>{text}</article>"
        data = body.encode()
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def evil_home(tmp_path: Path) -> Iterator[Path]:
    """A home with the hostile feed and its pages in it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    home = tmp_path / "evil"
    url = f"http://127.0.0.1:{server.server_port}/feed.json"
    try:
        for command in (["add", url], ["sync", "--all"]):
            subprocess.run(
                [BROADSHEET, *command],
                env={**os.environ, "BROADSHEET_HOME": str(home)},
                stdin=subprocess.DEVNULL,
                check=True,
                capture_output=True,
                timeout=120,
            )
        yield home
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


# What we send ourselves, and nothing else: SGR, moves, erasing, regions, modes, DSR 5, links; once, at
# the start, DA1.
_OURS = re.compile(
    rb"\x1b\[[\d;]*[mHABCDGdJKXSTr]|\x1b\[\?(?:25|7|1000|1002|1006|1049|2004|2026)[hl]|\x1b\[5n"
    rb"|\x1b\[\?2026\$p|\x1b\[[<>]\d*u|\x1b\]8;[^;]*;[^\x00-\x1f\x7f]*\x1b\\"
)


def test_nothing_of_a_feed_is_obeyed(evil_home: Path) -> None:
    with Terminal(
        [BROADSHEET, "--offline"],
        columns=150,
        rows=40,
        environment={"BROADSHEET_HOME": str(evil_home)},
    ) as terminal:
        terminal.wait_for("Markup [TODO]")
        seen = terminal.text()
        for _ in ATTACKS:
            terminal.press("enter")
            terminal.settle()
            seen += terminal.text()
            terminal.press("J")
            terminal.settle()
        terminal.press("Q")
        assert terminal.wait_for_end() == 0
        raw = bytes(terminal.raw)
    assert "[/b]" in seen
    assert "[@click=app.quit]" in seen
    for whole in ("Clip", "Window", "says paragraph"):
        assert whole in seen
    left = _OURS.sub(b"", raw.replace(b"\x1b[c", b"", 1))
    assert b"\x1b" not in left
    text = left.decode()
    assert not re.search(
        "[\x00-\x07\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200f]", text
    )
    assert b"ZXZpbA==\x07" not in raw
