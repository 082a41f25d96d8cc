"""Which encoding a feed's bytes are in: what they are counts more than what they are said to be.

Servers and XML declarations are wrong often, and in one direction: bytes that are valid UTF-8 and
not plain ASCII are UTF-8, whatever the labels say. A few broken bytes don't change that.
"""

import codecs
import re
from dataclasses import dataclass

from tui.domain.encodings import charset_of, codec_of, marked

# The first bytes of "<?xml" or "<rss" (XML 1.0, appendix F), without a mark.
_SHAPES = (
    (b"\x00\x00\x00<", "utf-32-be"),
    (b"<\x00\x00\x00", "utf-32-le"),
    (b"\x00<\x00", "utf-16-be"),
    (b"<\x00", "utf-16-le"),
    (b"Lo\xa7\x94", "cp037"),
)
_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']|<meta[^>]{0,200}?charset\s*=\s*["']?([\w.:-]{1,40})""",
    re.IGNORECASE,
)
# What a detector may choose from: encodings in which feeds were published.
_LIKELY = "cp1251 koi8_r cp932 euc_jp gb18030 big5 euc_kr cp1253 cp1255 cp1256 cp1250 cp1254 cp874".split()
_HIGH = re.compile(rb"[\x80-\xff]")
_SEQUENCE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_SAMPLE = 20_000
_ENOUGH = 24  # bytes with the high bit, for a detector to have something to go by
_CYRILLIC = ("cp1251", "koi8_r")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the encoding it was read in, and whether bytes did not fit into that."""

    text: str
    encoding: str
    damaged: bool = False


def decode(body: bytes, content_type: str = "") -> Decoded:
    """The text of `body`; never fails."""
    if (sure := marked(body)) is not None:
        return _read(sure[1], sure[0])
    for shape, name in _SHAPES:
        if body.startswith(shape):
            return _read(body, name)
    declared = _declared(body, content_type)
    if body.isascii():
        # ISO-2022-JP and HZ hide behind ASCII bytes.
        hiding = (name for name in declared if name.startswith(("iso2022", "hz")))
        return _read(body, next(hiding, "utf-8"))
    try:
        return Decoded(body.decode("utf-8"), "utf-8", damaged=declared[:1] not in ([], ["utf-8"]))
    except UnicodeDecodeError:
        pass
    others = [name for name in declared if name != "utf-8"]
    return _read(body, others[0]) if others else _undeclared(body)


def _declared(body: bytes, content_type: str) -> list[str]:
    """The encodings that the document and the server say, as far as they exist."""
    found = _DECLARED.search(body[:2048])
    names = [(found[1] or found[2]).decode("ascii")] if found else []
    names += filter(None, [charset_of(content_type)])
    # A declaration that could be read at all is not in UTF-16 or UTF-32.
    known = filter(None, map(codec_of, names))
    return [name for name in known if not name.startswith(("utf-16", "utf-32"))]


def _read(body: bytes, encoding: str) -> Decoded:
    if encoding == "utf-8":
        return _mostly_utf8(body)
    try:
        return Decoded(body.decode(encoding), encoding)
    except UnicodeDecodeError:
        return Decoded(body.decode(encoding, "replace"), encoding, damaged=True)


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """What browsers of old showed for a byte that is no UTF-8."""
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(_STRAY := "broadsheet-cp1252", _as_windows)


def _mostly_utf8(body: bytes) -> Decoded:
    """UTF-8 in which a stray byte is what Windows-1252 says."""
    try:
        return Decoded(body.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return Decoded(body.decode("utf-8", _STRAY), "utf-8", damaged=True)


def _undeclared(body: bytes) -> Decoded:
    """Bytes that are not UTF-8 and don't say what they are.

    Where most letters have the high bit, the script is not Latin and a detector is asked.
    """
    high = len(_HIGH.findall(body[: 4 * _SAMPLE]))
    if sum(map(len, _SEQUENCE.findall(body[: 4 * _SAMPLE]))) > high * 0.7:
        return _mostly_utf8(body)
    text = re.sub(rb"<[^<>]*>", b"", body[:_SAMPLE])
    high, letters = len(_HIGH.findall(text)), len(re.findall(rb"[a-zA-Z]", text))
    if high >= _ENOUGH and high > letters * 0.5 and (name := _detected(text)):
        return Decoded(body.decode(name, "replace"), name, damaged=True)
    return Decoded(body.decode("cp1252", "replace"), "cp1252", damaged=True)


def _detected(text: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(text, cp_isolation=_LIKELY).best()
    name = best.encoding if best else ""
    if name in _CYRILLIC:
        # Their letters are the same bytes in the other case, and most letters are small.
        return max(
            _CYRILLIC, key=lambda other: sum(map(str.islower, text.decode(other, "replace")))
        )
    return name
