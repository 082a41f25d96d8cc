"""Encodings: header, byte order mark, meta, detection; and trees of anything."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.cleaning.decode import decode, parse
from tui.cleaning.tree import text_of

RUSSIAN = "Мэр города объявил о ремонте моста через реку, закрытого с прошлой зимы."


@pytest.mark.parametrize("name", ["utf-8", "windows-1251", "koi8-r", "iso-8859-5"])
def test_the_header_is_believed(name: str) -> None:
    body = f"<p>{RUSSIAN}</p>".encode(name)
    assert RUSSIAN in decode(body, f"text/html; charset={name}")[0]


def test_a_byte_order_mark_beats_the_header() -> None:
    body = codecs.BOM_UTF16_LE + "naïve".encode("utf-16-le")
    assert decode(body, "text/html; charset=latin-1") == ("naïve", "utf-16-le")


def test_meta_is_believed_where_no_header_speaks() -> None:
    body = b"<meta http-equiv=content-type content='text/html; charset=windows-1251'>"
    assert decode(body + RUSSIAN.encode("windows-1251"))[0].endswith(RUSSIAN)


def test_utf8_that_calls_itself_latin1_is_utf8() -> None:
    body = "<meta charset='iso-8859-1'><p>Zürich, café, naïve</p>".encode()
    assert "Zürich, café" in decode(body)[0]


def test_latin1_means_windows_1252_on_the_web() -> None:
    assert decode(b"\x93quoted\x94", "text/html; charset=ISO-8859-1")[0] == "“quoted”"


def test_without_any_word_the_bytes_decide() -> None:
    body = f"<p>{RUSSIAN * 5}</p>".encode("windows-1251")
    assert RUSSIAN in decode(body)[0]


def test_unknown_and_binary_codecs_are_not_used() -> None:
    assert decode(b"plain", "text/html; charset=nonsense")[0] == "plain"
    assert decode(b"plain", "text/html; charset=base64")[0] == "plain"


@given(st.binary(max_size=400), st.text(max_size=30))
def test_any_bytes_give_a_text(body: bytes, content_type: str) -> None:
    text, name = decode(body, content_type)
    assert isinstance(text, str)
    codecs.lookup(name)


@given(st.text(max_size=300))
def test_any_text_gives_a_tree_or_none(text: str) -> None:
    root = parse(text)
    assert root is None or isinstance(root.tag, str)


def test_forbidden_characters_cost_nothing_else() -> None:
    root = parse("<p>a\x00b\x0cc</p>")
    assert root is not None
    assert text_of(root) == "ab c"
