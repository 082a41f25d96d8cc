"""What says without a doubt which encoding a body has: its byte order mark, and the HTTP header."""

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
