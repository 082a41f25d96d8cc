"""Marks and headers."""

import pytest

from tui.domain.encodings import charset_of, marked


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
