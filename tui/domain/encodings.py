"""What says which encoding a body has: its byte order mark, and labels as the web means them."""

import codecs
import re

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Labels of the web (encoding.spec.whatwg.org, "Names and labels") that Python does not know, or for
# which browsers use a superset; by Python's name or by the label in lower case.
_MEANT = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "windows-874": "cp874",
    "dos-874": "cp874",
    "iso-8859-8-i": "iso8859-8",
    "logical": "iso8859-8",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "x-gbk": "gb18030",
    "big5": "big5hkscs",
    "cn-big5": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "shift_jis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "x-euc-jp": "euc_jp",
    "euc_kr": "cp949",
    "windows-949": "cp949",
    "koi": "koi8-r",
    "koi8": "koi8-r",
    "koi8-ru": "koi8-u",
    "x-mac-roman": "mac-roman",
    "x-mac-cyrillic": "mac-cyrillic",
    "x-mac-ukrainian": "mac-cyrillic",
    "unicode-1-1-utf-8": "utf-8",
    "unicode20utf8": "utf-8",
    "x-unicode20utf8": "utf-8",
}
_WINDOWS = re.compile(r"(?:x-)?(?:cp|win(?:dows)?)[-_]?(125\d)")
_ISO = re.compile(r"iso[-_]?8859[-_]?(\d{1,2})")
# Python's own encodings, which are none of the web; some take a very long time.
_NOT_OF_THE_WEB = frozenset(
    ("idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape", "utf-7")
)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.I)


def marked(body: bytes) -> tuple[str, bytes] | None:
    """The encoding that a byte order mark names and the body without the mark; None without one."""
    for mark, name in _MARKS:
        if body.startswith(mark):
            return name, body[len(mark) :]
    return None


def charset_of(content_type: str) -> str:
    """The charset of a Content-Type header as it is written there, or ""."""
    found = _CHARSET.search(content_type)
    return found[1] if found else ""


def codec_of(label: str) -> str:
    """Python's name of the encoding that the web means by `label`; "" where it means none."""
    label = label.strip().lower()
    name = _MEANT.get(label) or _WINDOWS.sub(r"cp\1", _ISO.sub(r"iso8859-\1", label))
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        return ""
    if not found._is_text_encoding or found.name.replace("_", "-") in _NOT_OF_THE_WEB:
        return ""
    return _MEANT.get(found.name, found.name)
