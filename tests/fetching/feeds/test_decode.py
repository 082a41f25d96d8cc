"""Encodings: what bytes are counts more than what they are said to be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.fetching.feeds.decode import decode

RUSSIAN = "Это короткий текст на русском языке о погоде и людях в городе, который мы любим."
JAPANESE = "これは日本語のテキストです。天気について書いています。明日は雨が降るでしょう。"


def document(text: str, encoding: str, declared: str = "") -> bytes:
    head = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    return f"{head}<rss><channel><title>{text}</title></channel></rss>".encode(encoding)


@pytest.mark.parametrize(
    ("text", "encoding", "declared"),
    [
        ("café", "utf-8", ""),
        ("café", "iso-8859-1", "iso-8859-1"),
        ("“café”", "cp1252", "iso-8859-1"),  # what the web means by Latin-1
        ("café", "utf-8", "iso-8859-1"),  # a wrong declaration
        ("“café”", "cp1252", "utf-8"),  # a wrong declaration
        ("“café”", "cp1252", ""),
        (RUSSIAN, "koi8-r", "koi8-r"),
        (RUSSIAN, "cp1251", ""),
        (RUSSIAN, "koi8-r", ""),
        (JAPANESE, "shift_jis", "Shift_JIS"),
        (JAPANESE, "euc_jp", ""),
        (JAPANESE, "iso2022_jp", "ISO-2022-JP"),
        ("中国新闻", "gbk", "gb2312"),
        ("שלום", "iso8859-8", "iso-8859-8-i"),
        (RUSSIAN, "cp1251", "win-1251"),
        (JAPANESE, "utf-16", "utf-16"),
        (JAPANESE, "utf-8-sig", "utf-8"),
        (JAPANESE, "utf-16-le", "utf-16"),
        (JAPANESE, "utf-32", ""),
    ],
)
def test_the_text_is_read(text: str, encoding: str, declared: str) -> None:
    assert f"<title>{text}</title>" in decode(document(text, encoding, declared)).text


def test_the_document_is_believed_before_the_server() -> None:
    body = document(RUSSIAN, "koi8-r", "koi8-r")
    assert RUSSIAN in decode(body, "text/xml; charset=windows-1251").text
    assert RUSSIAN in decode(document(RUSSIAN, "koi8-r"), 'text/xml; charset="KOI8-R"').text


def test_one_stray_byte_does_not_spoil_the_rest() -> None:
    body = document("naïve — élan — señor", "utf-8").replace(b"se", b"\x93se")
    read = decode(body)
    assert "naïve — élan — “señor" in read.text
    assert read.damaged


def test_an_encoding_that_does_not_exist_is_no_obstacle() -> None:
    assert "café" in decode(document("café", "utf-8", "klingon")).text
    assert "caf" in decode(document("caf", "utf-8", "hex")).text


@given(st.binary(max_size=400))
def test_no_bytes_raise(body: bytes) -> None:
    decode(body)


@given(st.text(min_size=1).filter(lambda text: not text.startswith("\ufeff")))
def test_utf8_is_always_recognised(text: str) -> None:
    marked = "<rss>é" + text.encode("utf-8", "ignore").decode()
    assert decode(marked.encode()).text == marked
