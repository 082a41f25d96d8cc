"""What went wrong on the way to a server, said so that a person can act on it.

httpx wraps the cause (socket, ssl) once or twice; the chain of exceptions is searched for it.
"""

import errno
import re
import socket
import ssl
from collections.abc import Iterator

import httpx

from tui.domain.errors import BrokenBody, FetchError, Unreachable
from tui.domain.text import clean_line

# X509_V_ERR_* that happen in practice, in words; others keep OpenSSL's own.
_TRUST = "http.ca_file can name it as trusted"
_CERTIFICATES = {
    9: "it is not valid yet (is this machine's clock right?)",
    10: "it has expired",
    18: f"it is signed by itself; {_TRUST}",
    19: f"its chain ends in an unknown authority; {_TRUST}",
    20: f"its authority is unknown; {_TRUST}",
    21: "its chain can't be checked; the server left a certificate out",
    23: "it was revoked",
    62: "it is for another host name",
    64: "it is for another address",
}
_NO_NETWORK = frozenset(
    {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL}
)


def explain(error: BaseException, host: str, seconds: float) -> FetchError:
    """The FetchError for what httpx (or asyncio) raised while talking to `host`.

    `reason` is one of proxy, certificate, tls, name, network, refused, timeout, truncated,
    protocol, address, connection.
    """
    causes = list(_chain(error))
    for cause in causes:
        if isinstance(cause, httpx.ProxyError):
            return _unreachable("proxy", f"The proxy let nothing through to {host}: {_say(cause)}")
        if isinstance(cause, ssl.SSLCertVerificationError):
            why = _CERTIFICATES.get(cause.verify_code, cause.verify_message)
            return _unreachable("certificate", f"The certificate of {host} is not accepted: {why}.")
        if isinstance(cause, ssl.SSLError):
            return _unreachable("tls", f"No secure connection to {host}: {_say(cause)}")
        if isinstance(cause, socket.gaierror):
            return _name(cause, host)
    # A host with several addresses fails on each in its own way; a refusal tells the most.
    if any(isinstance(cause, ConnectionRefusedError) for cause in causes):
        return _unreachable("refused", f"{host} refused the connection: no server there now.")
    if any(isinstance(cause, OSError) and cause.errno in _NO_NETWORK for cause in causes):
        return _unreachable("network", f"There is no way to {host}: is the network up?")
    if any(isinstance(cause, TimeoutError | httpx.TimeoutException) for cause in causes):
        return _unreachable("timeout", f"{host} did not answer in full within {seconds:g} s.")
    return _by_kind(error, host)


def _by_kind(error: BaseException, host: str) -> FetchError:
    if isinstance(error, httpx.RemoteProtocolError):
        message = str(error)
        if "complete message body" in message or "incomplete chunked" in message:
            return BrokenBody(f"{host} closed the connection in mid-answer.", reason="truncated")
        if "buffer too long" in message:
            return _unreachable("protocol", f"{host} sent more headers than anybody reads.")
        return _unreachable("protocol", f"{host} did not answer in HTTP: {_say(error)}")
    if isinstance(error, httpx.InvalidURL | httpx.UnsupportedProtocol | UnicodeError):
        return _unreachable("address", f"This address can't be fetched: {_say(error)}")
    said = f": {_say(error)}" if str(error) else " in mid-answer."
    return _unreachable("connection", f"The connection to {host} broke{said}")


def _name(cause: socket.gaierror, host: str) -> FetchError:
    if cause.errno == socket.EAI_AGAIN:
        return _unreachable("network", f"The name {host} can't be looked up: is the network up?")
    return _unreachable("name", f"The name {host} does not exist.")


def _unreachable(reason: str, message: str) -> FetchError:
    return Unreachable(message, reason=reason)


def _say(error: BaseException) -> str:
    # h11 quotes what it got, as Python would write it: of no use to a reader.
    said = re.sub(r":? ?bytearray\(.*", ".", str(error))
    return clean_line(said, 120) or type(error).__name__


def _chain(error: BaseException) -> Iterator[BaseException]:
    """`error`, what caused it, and the members of groups."""
    pending: list[BaseException | None] = [error]
    seen: set[int] = set()
    while pending:
        current = pending.pop(0)
        if current is None or id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        if isinstance(current, BaseExceptionGroup):
            pending.extend(current.exceptions)
        pending.extend((current.__cause__, current.__context__))
