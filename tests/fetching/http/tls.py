"""Certificates made on the spot, and a small HTTPS server that speaks HTTP/2 or 1.1."""

import contextlib
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import h2.config
import h2.connection
import h2.events


@dataclass(frozen=True)
class Certificate:
    """A certificate with its key; `file` can be trusted as an authority of its own."""

    file: Path
    key: Path


def make_certificate(
    folder: Path, *, name: str = "IP:127.0.0.1", days: int = 2, expired: bool = False
) -> Certificate:
    """A self-signed certificate for `name` (an entry of subjectAltName)."""
    file, key = folder / "cert.pem", folder / "key.pem"
    dates = ["-days", str(days)]
    if expired:
        dates = ["-not_before", "20200101000000Z", "-not_after", "20200201000000Z"]
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    command += ["-nodes", "-keyout", str(key), "-out", str(file), "-subj", "/CN=test"]
    subprocess.run(
        [*command, *dates, "-addext", f"subjectAltName={name}"], check=True, capture_output=True
    )
    return Certificate(file, key)


@dataclass
class Secure:
    """A server that runs. `protocols` are what each connection agreed on."""

    base: str
    port: int
    protocols: list[str | None] = field(default_factory=list)
    streams: list[tuple[int, str]] = field(default_factory=list)


@contextlib.contextmanager
def serve_tls(certificate: Certificate, body: bytes = b"hello") -> Iterator[Secure]:
    """Answer every request with `body`."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate.file, certificate.key)
    context.set_alpn_protocols(["h2"])
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    server = Secure(f"https://127.0.0.1:{port}", port)
    open_sockets: list[socket.socket] = []

    def accept() -> None:
        while True:
            try:
                plain, _ = listener.accept()
            except OSError:
                return
            try:
                secure = context.wrap_socket(plain, server_side=True)
            except (ssl.SSLError, OSError):
                plain.close()
                continue
            open_sockets.append(secure)
            server.protocols.append(secure.selected_alpn_protocol())
            threading.Thread(target=_speak, args=(secure, body, server), daemon=True).start()

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()
        for one in open_sockets:
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()


def _speak(secure: ssl.SSLSocket, body: bytes, server: Secure) -> None:
    connection = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
    connection.initiate_connection()
    with contextlib.suppress(OSError):
        secure.sendall(connection.data_to_send())
        while data := secure.recv(65536):
            for event in connection.receive_data(data):
                if isinstance(event, h2.events.RequestReceived):
                    assert event.stream_id is not None
                    path = dict(event.headers or [])[b":path"].decode()
                    server.streams.append((event.stream_id, path))
                    connection.send_headers(event.stream_id, [(":status", "200"), ("etag", '"2"')])
                    connection.send_data(event.stream_id, body, end_stream=True)
            secure.sendall(connection.data_to_send())
