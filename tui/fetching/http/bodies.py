"""Content encodings, decoded in bounded steps: a few hundred bytes can stand for gigabytes.

The bytes on the line are read first, up to the limit; then each encoding is undone with the same
limit on what comes out. So no step ever holds more than twice the limit, and a body that ends
before its encoding does is noticed (httpx gives such a body back as if it were whole).
"""

import contextlib
import io
import re
import zlib
from collections.abc import Callable

import brotli
import zstandard

from tui.domain.errors import BrokenBody, TooLarge

ACCEPT_ENCODING = "gzip, br, zstd"
# RFC 9659: a zstd content encoding must not need a window of more than 8 MB.
_ZSTD_WINDOW = 8 << 20
# A zstd block is 128 kB at most and 4 bytes at least: 256 bytes of input give 8 MB at most.
_ZSTD_STEP = 256
# RFC 1952, 2.3: two bytes of identity and the only method there is.
_GZIP = b"\x1f\x8b\x08"
_GZIP_NAMES = ("gzip", "x-gzip")
_PLAIN = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,99}[<{]")
# Nobody encodes more often than this in good faith.
_MOST_ENCODINGS = 3


def decode(body: bytes, encoding: str, limit: int) -> bytes:
    """`body` without the encodings named in a Content-Encoding header.

    gzip is undone where the header forgot it too, and plain markup that the header calls gzip is
    left as it is. Raises TooLarge when more than `limit` bytes come out,
    BrokenBody when an encoding is unknown, damaged, or ends too early.
    """
    names = [name.strip().lower() for name in encoding.split(",") if name.strip()]
    if len(names) > _MOST_ENCODINGS:
        raise BrokenBody("The server encoded its answer too often.", reason="encoding")
    for name in reversed(names):
        if name == "identity" or not body or (name in _GZIP_NAMES and _PLAIN.match(body)):
            continue
        body = _undone(body, name, limit)
    if body.startswith(_GZIP):
        with contextlib.suppress(BrokenBody):  # then it only looks like gzip
            return _undone(body, "gzip", limit)
    return body


def _undone(body: bytes, name: str, limit: int) -> bytes:
    undo = _DECODERS.get(name)
    if undo is None:
        said = f'The server sent the encoding "{name[:40]}", which was not asked for.'
        raise BrokenBody(said, reason="encoding")
    try:
        return undo(body, limit)
    except (zlib.error, brotli.error, zstandard.ZstdError, EOFError) as error:
        said = f"The answer is not the {name} that its header says."
        raise BrokenBody(said, reason="encoding") from error


def too_large(limit: int) -> TooLarge:
    """The error for a body beyond `limit` bytes."""
    return TooLarge(f"The answer is larger than {limit / 1e6:g} MB (http.limit).", reason="size")


def _cut_short(name: str) -> BrokenBody:
    return BrokenBody(f"The answer was cut short inside its {name} encoding.", reason="truncated")


def _gzip(body: bytes, limit: int) -> bytes:
    parts: list[bytes] = []
    room = limit
    # A gzip body may be several in a row (RFC 1952); what follows them is padding.
    while body[:2] == b"\x1f\x8b" or not parts:
        decoder = zlib.decompressobj(zlib.MAX_WBITS | 16)
        parts.append(decoder.decompress(body, room + 1))
        room -= len(parts[-1])
        if room < 0:
            raise too_large(limit)
        if not decoder.eof:
            raise _cut_short("gzip")
        body = decoder.unused_data
    return b"".join(parts)


def _deflate(body: bytes, limit: int) -> bytes:
    # RFC 9110 means zlib; some servers send it bare.
    wrapped = body[0] & 0x0F == 8 and int.from_bytes(body[:2], "big") % 31 == 0
    decoder = zlib.decompressobj(zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS)
    decoded = decoder.decompress(body, limit + 1)
    if len(decoded) > limit:
        raise too_large(limit)
    if not decoder.eof:
        raise _cut_short("deflate")
    return decoded


def _brotli(body: bytes, limit: int) -> bytes:
    decoder = brotli.Decompressor()
    parts: list[bytes] = []
    size = 0
    feed = body
    while not decoder.is_finished():
        part = decoder.process(feed, output_buffer_limit=limit + 1 - size)
        feed = b""
        size += len(part)
        if size > limit:
            raise too_large(limit)
        if not part and not decoder.is_finished() and decoder.can_accept_more_data():
            raise _cut_short("br")
        parts.append(part)
    return b"".join(parts)


def _zstd(body: bytes, limit: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    source = io.BytesIO(body)
    decoder = None
    rest = b""
    while step := rest or source.read(_ZSTD_STEP):
        if decoder is None:
            decoder = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW).decompressobj()
        parts.append(decoder.decompress(step))
        size += len(parts[-1])
        if size > limit:
            raise too_large(limit)
        rest = b""
        if decoder.eof:
            rest, decoder = decoder.unused_data, None
    if decoder is not None:
        raise _cut_short("zstd")
    return b"".join(parts)


_DECODERS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
