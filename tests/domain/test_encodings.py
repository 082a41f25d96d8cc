"""Marks and headers."""

import pytest

from tui.domain.encodings import charset_of, codec_of, marked


@pytest.mark.parametrize("name", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_a_mark_names_the_encoding_of_what_follows(name: str) -> None:
    assert marked("\ufeffä".encode(name)) == (name, "ä".encode(name))


def test_without_a_mark_nothing_is_said() -> None:
    assert marked("ä".encode()) is None
    assert marked(b"") is None


@pytest.mark.parametrize(
    ("header", "charset"),
    [
        ("text/html; charset=windows-1251", "windows-1251"),
        ('text/xml; Charset = "koi8-r"', "koi8-r"),
        ("text/html", ""),
        ("", ""),
    ],
)
def test_the_charset_of_a_header(header: str, charset: str) -> None:
    assert charset_of(header) == charset


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("ISO-8859-1", "cp1252"),
        ("latin1", "cp1252"),
        ("iso88592", "iso8859-2"),
        ("iso-8859-11", "cp874"),
        ("windows-874", "cp874"),
        ("GB2312", "gb18030"),
        ("x-gbk", "gb18030"),
        ("big5", "big5hkscs"),
        ("x-sjis", "cp932"),
        ("Windows-31J", "cp932"),
        ("ks_c_5601-1987", "cp949"),
        ("x-cp1251", "cp1251"),
        ("win-1250", "cp1250"),
        ("x-mac-cyrillic", "mac-cyrillic"),
        (" UTF8 ", "utf-8"),
        ("klingon", ""),
        ("", ""),
        ("hex", ""),
        ("idna", ""),
        ("unicode_escape", ""),
        ("utf-7", ""),
    ],
)
def test_labels_mean_what_browsers_take_them_for(label: str, codec: str) -> None:
    assert codec_of(label) == codec
