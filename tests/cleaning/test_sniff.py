"""What is no page: told before it costs a worker its time, or a reader a screen of noise."""

import random

import pytest

from tui.cleaning.sniff import is_binary

_NOISE = random.Random(1).randbytes(4000)


@pytest.mark.parametrize(
    "head", [b"", b"\x89PNG\r\n\x1a\n", b"\x7fELF\x02\x01\x01\x00", b"GIF89a\x01\x00"]
)
def test_data_is_binary(head: bytes) -> None:
    assert is_binary(head + _NOISE)


def test_a_pdf_is_binary_however_it_begins() -> None:
    assert is_binary(b"%PDF-1.7\n% all in ASCII")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        "Nur Text, größer als nichts".encode("latin-1"),
        "文字だけの文".encode("shift_jis"),
        "ISO-2022: 文字".encode("iso2022_jp"),
        b"<p>A stray \x00 or \x1f is a mistake, not data",
        "<html><p>without a mark</p>".encode("utf-16-le"),
        "text with a mark".encode("utf-16"),
    ],
)
def test_text_is_not(body: bytes) -> None:
    assert not is_binary(body)
