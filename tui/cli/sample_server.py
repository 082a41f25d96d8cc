"""The sample edition on a loopback port: `config/sample/` with its dates set to now.

    with serve(clock) as base:            # "http://127.0.0.1:PORT"
        for feed in feeds(): print(base + feed.path, feed.folder)

Feeds and pages are templates. `{{base}}` is the server's address; `{{95m:rss}}`, `{{5h:iso}}`,
`{{2h:day}}`, `{{2h:date}}` are times that long ago; `{{title}}`, `{{title:json}}` are fields of a
page's head, escaped; `{{?image}}...{{/image}}` stays only if the field is there. A page's own file
holds the head and the story; the shell around it (`shell`) has the mess of a real site.
"""

import hashlib
import html
import json
import re
import threading
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from tui import resources
from tui.domain.ports import Clock

_FIELD = re.compile(r"\{\{(\w+)(?::(\w+))?\}\}")
_OPTIONAL = re.compile(r"\{\{\?(\w+)\}\}(.*?)\{\{/\1\}\}", re.S)
_AGO = re.compile(r"(\d+)([mh])$")
_PLAIN_NAME = re.compile(r"[a-z0-9][a-z0-9-]*(\.[a-z]+)?$")
_TYPES = {
    ".xml": "application/rss+xml; charset=utf-8",
    ".atom": "application/atom+xml; charset=utf-8",
    ".rdf": "application/rdf+xml; charset=utf-8",
    ".json": "application/feed+json",
    ".png": "image/png",
}
_HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class SampleFeed:
    """A feed of the sample edition: its path on the server, and the folder it belongs in."""

    path: str
    folder: str


def feeds() -> tuple[SampleFeed, ...]:
    """The feeds of the sample edition, in the order of the newspaper."""
    tables = tomllib.loads(resources.read_text("sample/edition.toml"))["feeds"]
    return tuple(SampleFeed(table["path"], table["folder"]) for table in tables)


@dataclass(frozen=True, slots=True)
class Document:
    """What the server sends for one path."""

    body: bytes
    content_type: str

    @property
    def etag(self) -> str:
        """A strong validator of the body."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:16]}"'


class SampleEdition:
    """The documents of the edition as of `now`, linked to each other below `base`."""

    def __init__(self, base: str, now: datetime) -> None:
        self.base, self.now = base, now

    def document(self, path: str) -> Document | None:
        """The document at `path` of the server, or None."""
        name = PurePosixPath(path).name
        if not _PLAIN_NAME.match(name):
            return None
        try:
            match PurePosixPath(path).parts[1:-1]:
                case ("images",):
                    return self._image(name)
                case ("feeds",):
                    return self._feed(name)
                case _:
                    return self._page(path, name)
        except FileNotFoundError:
            return None

    def _image(self, name: str) -> Document:
        data = (resources.config() / "sample" / "images" / name).read_bytes()
        return Document(data, _TYPES[".png"])

    def _feed(self, name: str) -> Document:
        text = self._fill(resources.read_text(f"sample/feeds/{name}"), {})
        kind = _TYPES.get(PurePosixPath(name).suffix, "application/xml")
        return Document(text.encode(), kind)

    def _page(self, path: str, name: str) -> Document:
        head, _, story = resources.read_text(f"sample/pages/{name}.html").partition("\n\n")
        pairs = (line.partition(":") for line in head.splitlines())
        fields = {"lang": "en-GB", "dir": "ltr", "path": path}
        fields |= {key.strip(): value.strip() for key, _, value in pairs}
        shell = resources.read_text(f"sample/shells/{fields.get('shell', 'meridian')}.html")
        shell = _OPTIONAL.sub(lambda part: part[2] if fields.get(part[1]) else "", shell)
        before, after = (self._fill(part, fields) for part in shell.split("{{body}}"))
        return Document((before + self._fill(story, fields) + after).encode(), _HTML)

    def _fill(self, template: str, fields: Mapping[str, str]) -> str:
        def value(found: re.Match[str]) -> str:
            name, form = found[1], found[2]
            if name == "base":
                return self.base
            text = fields.get(name, name)
            if ago := _AGO.match(text):
                return self._time(int(ago[1]), ago[2], form)
            return json.dumps(text, ensure_ascii=False) if form == "json" else html.escape(text)

        return _FIELD.sub(value, template)

    def _time(self, count: int, unit: str, form: str) -> str:
        time = self.now - timedelta(minutes=count * (60 if unit == "h" else 1))
        match form:
            case "rss":
                return format_datetime(time)
            case "iso":
                return time.isoformat(timespec="seconds")
            case "day":
                return f"{time:%A}"
            case _:
                return f"{time.day} {time:%B %Y}"


class _Handler(BaseHTTPRequestHandler):
    """Answers from the server's edition, with validators."""

    protocol_version = "HTTP/1.1"
    server: "_Server"

    def do_GET(self) -> None:
        document = self.server.edition.document(urlsplit(self.path).path)
        if document is None:
            self._answer(404, Document(b"Not here.\n", "text/plain"))
        elif self.headers.get("If-None-Match") == document.etag:
            self._answer(304, document)
        else:
            self._answer(200, document)

    do_HEAD = do_GET

    def _answer(self, status: int, document: Document) -> None:
        self.send_response(status)
        body = b"" if status == 304 else document.body
        if status != 404:
            self.send_header("ETag", document.etag)
            self.send_header("Last-Modified", format_datetime(self.server.edition.now, usegmt=True))
        if status != 304:
            self.send_header("Content-Type", document.content_type)
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """The screen belongs to the reader: nothing is printed."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    edition: SampleEdition

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up early is nothing to print about."""


@contextmanager
def serve(clock: Clock, port: int = 0) -> Iterator[str]:
    """Serve the sample edition, dated to now, on 127.0.0.1 while the block runs.

    Yields the base address. `port` 0 takes a free one; another raises OSError when it is taken.
    """
    server = _Server(("127.0.0.1", port), _Handler)
    base = f"http://127.0.0.1:{server.server_address[1]}"
    # Last-Modified has whole seconds in UTC.
    server.edition = SampleEdition(base, clock().replace(microsecond=0))
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield base
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
