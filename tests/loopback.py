"""A real HTTP/1.1 server on a loopback port, that remembers what it was asked.

with serve(answer) as server:
    ...                       # server.base, server.seen
"""

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Seen:
    """One request. `connection` numbers the TCP connection that it came on, from 1."""

    path: str
    headers: Mapping[str, str]
    connection: int
    host: str = ""


@dataclass(frozen=True)
class Reply:
    """What to answer, after `delay` seconds; not `framed`, its end is the connection's end."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0
    framed: bool = True


Answer = Callable[[Seen], Reply]


@dataclass
class Loopback:
    """A server that runs. `most_open` is how many requests it ever had at once."""

    base: str
    port: int
    seen: list[Seen] = field(default_factory=list)
    most_open: int = 0
    open: int = 0

    def paths(self) -> list[str]:
        """What was asked for, in order."""
        return [seen.path for seen in self.seen]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no news."""


def free_port() -> int:
    """A port where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as once:
        return int(once.getsockname()[1])


@contextlib.contextmanager
def serve(answer: Answer, *, host: str = "127.0.0.1", port: int = 0) -> Iterator[Loopback]:
    """Serve `answer` until the block ends."""
    lock = threading.Lock()
    connections = 0

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # Without this each answer waits for the acknowledgement of its head.
        disable_nagle_algorithm = True
        wbufsize = -1

        def setup(self) -> None:
            nonlocal connections
            super().setup()
            with lock:
                connections += 1
                self.number = connections

        def do_GET(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            seen = Seen(self.path, headers, self.number, headers.get("host", ""))
            with lock:
                server.seen.append(seen)
                server.open += 1
                server.most_open = max(server.most_open, server.open)
            try:
                self.reply(answer(seen))
            finally:
                with lock:
                    server.open -= 1

        def reply(self, reply: Reply) -> None:
            time.sleep(reply.delay)
            # Without the headers Server and Date, which a reply can bring itself.
            self.send_response_only(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            if not reply.framed:
                self.send_header("Connection", "close")
            elif reply.status not in (204, 304):
                self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            if reply.status not in (204, 304):
                self.wfile.write(reply.body)
            self.wfile.flush()

        def log_message(self, *args: Any) -> None:
            """Silent."""

    listener = _Server((host, port), Handler)
    port = listener.server_address[1]
    server = Loopback(f"http://{host}:{port}", port)
    thread = threading.Thread(target=listener.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        listener.shutdown()
        listener.server_close()
        thread.join()
