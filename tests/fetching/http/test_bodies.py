"""Encodings: whole ones come back, cut ones are noticed, bombs stay small."""

import contextlib
import gzip
import subprocess
import sys
import zlib
from collections.abc import Callable

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from tui.domain.errors import BrokenBody, TooLarge
from tui.fetching.http.bodies import decode

ENCODERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "br": brotli.compress,
    "zstd": zstandard.ZstdCompressor().compress,
    "deflate": zlib.compress,
}
LIMIT = 1_000_000
encodings = st.sampled_from(sorted(ENCODERS))


@given(st.binary(max_size=5000), encodings)
def test_what_was_encoded_comes_back(body: bytes, encoding: str) -> None:
    assert decode(ENCODERS[encoding](body), encoding, LIMIT) == body


@given(st.binary(min_size=1, max_size=500), encodings, encodings)
def test_encodings_are_undone_in_reverse(body: bytes, first: str, second: str) -> None:
    twice = ENCODERS[second](ENCODERS[first](body))
    assert decode(twice, f"{first}, {second.upper()}", LIMIT) == body


@given(st.binary(min_size=20, max_size=5000), encodings, st.data())
def test_a_body_cut_short_is_noticed(body: bytes, encoding: str, data: st.DataObject) -> None:
    whole = ENCODERS[encoding](body)
    cut = data.draw(st.integers(1, len(whole) - 1))
    with pytest.raises(BrokenBody):
        decode(whole[:cut], encoding, LIMIT)


@given(st.binary(max_size=300), encodings)
def test_any_bytes_are_refused_or_bounded(body: bytes, encoding: str) -> None:
    with contextlib.suppress(BrokenBody, TooLarge):
        assert len(decode(body, encoding, 10_000)) <= 10_000


@given(encodings, st.integers(1, 3000))
def test_the_limit_is_exact(encoding: str, size: int) -> None:
    body = ENCODERS[encoding](b"a" * size)
    assert len(decode(body, encoding, size)) == size
    with pytest.raises(TooLarge):
        decode(body, encoding, size - 1)


def test_gzip_members_in_a_row_are_one_body_and_padding_is_none() -> None:
    body = gzip.compress(b"one ") + gzip.compress(b"two") + b"\0" * 20
    assert decode(body, "gzip", LIMIT) == b"one two"


def test_zstd_frames_in_a_row_are_one_body() -> None:
    frame = ENCODERS["zstd"]
    assert decode(frame(b"one ") + frame(b"two"), "zstd", LIMIT) == b"one two"


def test_bare_deflate_is_understood() -> None:
    encoder = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    body = encoder.compress(b"hello") + encoder.flush()
    assert decode(body, "deflate", LIMIT) == b"hello"


def test_gzip_and_its_header_need_not_agree() -> None:
    feed = b"\xef\xbb\xbf <rss/>"
    assert decode(gzip.compress(feed), "", LIMIT) == feed
    assert decode(gzip.compress(gzip.compress(feed)), "gzip", LIMIT) == feed
    assert decode(feed, "gzip", LIMIT) == feed
    assert decode(gzip.compress(b"\x1f\x8b\x08 no gzip"), "gzip", LIMIT) == b"\x1f\x8b\x08 no gzip"
    with pytest.raises(TooLarge):
        decode(gzip.compress(b"a" * 1000), "", 999)


@pytest.mark.parametrize("encoding", ["foo", "gzip, foo", "gzip, gzip, gzip, gzip"])
def test_encodings_nobody_asked_for_are_refused(encoding: str) -> None:
    with pytest.raises(BrokenBody):
        decode(gzip.compress(b"x"), encoding, LIMIT)


def test_a_zstd_window_beyond_the_standard_is_refused() -> None:
    wide = zstandard.ZstdCompressionParameters(window_log=27, compression_level=1)
    body = zstandard.ZstdCompressor(compression_params=wide).compressobj()
    stream = body.compress(b"a" * 1000) + body.flush()
    with pytest.raises(BrokenBody):
        decode(stream, "zstd", LIMIT)


BOMBS = """
import gzip, io, resource, sys, zlib, brotli, zstandard
from tui.domain.errors import TooLarge
from tui.fetching.http.bodies import decode

def gz(chunks):
    encoder = zlib.compressobj(9, wbits=31)
    return b"".join(map(encoder.compress, chunks)) + encoder.flush()

def br(chunks):
    encoder = brotli.Compressor(quality=5)
    return b"".join(map(encoder.process, chunks)) + encoder.finish()

def zs(chunks):
    encoder = zstandard.ZstdCompressor(level=3).compressobj()
    return b"".join(map(encoder.compress, chunks)) + encoder.flush()

zeros = bytes(1 << 20)
for name, make in {"gzip": gz, "br": br, "zstd": zs}.items():
    bomb = make(zeros for _ in range(150))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for names, body in ((name, bomb), (name + ", gzip", gz([bomb]))):
        try:
            decode(body, names, 10_000_000)
        except TooLarge:
            pass
        else:
            sys.exit(f"{names} was not refused")
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    if grown > 40:
        sys.exit(f"{name} took {grown:.0f} MB")
"""


def test_bombs_of_150_megabytes_take_no_more_than_a_few_times_the_limit() -> None:
    done = subprocess.run(
        [sys.executable, "-c", BOMBS], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
